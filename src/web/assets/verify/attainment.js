// What a certificate attests, as an Open Badges achievement: one face a kind. The constant texts of the
// form come from `vocabulary.js`, which the server makes from the same source as the certificates.

import { termUrl } from "./did.js";
import vocabulary from "./vocabulary.js";

const { frameworks, kinds, levels, routes } = vocabulary;

/** Codes as they stand in certificates, in their one spelling. */
export const isOccupation = (text) => typeof text === "string" && /^[1-8]-\d\d-\d\d-\d\d$/.test(text);
export const isItem = (text) => typeof text === "string" && /^(?=.{2,40}$)[A-Z0-9](?:[A-Z0-9-]*[A-Z0-9])$/.test(text);
export const levelOf = (code) => levels.find((level) => level.code === code) ?? null;
export const routeOf = (code) => routes.find((route) => route.code === code) ?? null;

export const alignment = (id, name, url, code, title, framework) => ({
  id: `${id}#${name}`,
  type: ["Alignment"],
  targetName: title,
  targetUrl: url,
  targetCode: code,
  targetFramework: framework,
});

const term = (id, did, name, code, title, framework) => {
  const aligned = alignment(id, name, termUrl(did, name, code), code, title.zh, framework);
  return title.en === null ? aligned : { ...aligned, targetDescription: title.en };
};

const english = (name) => name.en ?? name.zh;

/** Name, description, 工种 and alignments of what is attested. */
export const face = (what, id, did) => {
  switch (what.kind) {
    case "level": {
      const { zh, en, code } = what.level;
      return {
        name: `${what.name.zh} ${zh}`,
        description: `${english(what.name)}, ${en}`,
        specialization: what.workType,
        alignments: [
          term(id, did, "occupation", what.occupation, what.name, frameworks.catalogue),
          term(id, did, "level", code, { zh, en }, frameworks.levels),
        ],
      };
    }
    case "special-skill":
      return {
        name: what.name.zh,
        description: `${english(what.name)}, special vocational skill without level`,
        specialization: null,
        alignments: [term(id, did, "special-skill", what.item, what.name, frameworks.special_skills)],
      };
    case "micro-skill": {
      const alignments = [term(id, did, "micro-skill", what.item, what.name, frameworks.micro_skills)];
      if (what.of !== null) {
        const url = termUrl(did, "occupation", what.of);
        alignments.push(alignment(id, "occupation", url, what.of, what.of, frameworks.catalogue));
      }
      const description = `${english(what.name)}, micro-skill without level`;
      return { name: what.name.zh, description, specialization: null, alignments };
    }
    default: {
      const url = termUrl(did, "certificate", "enterprise");
      const own = alignment(id, "enterprise", url, what.grade, what.name.zh, frameworks.enterprise);
      return {
        name: `${what.name.zh} ${what.grade}`,
        description: `${english(what.name)}, ${what.grade}: the enterprise's own grade, not a vocational skill level`,
        specialization: null,
        alignments: [
          what.name.en === null ? own : { ...own, targetDescription: what.name.en },
          term(id, did, "occupation", what.occupation, what.occupationName, frameworks.catalogue),
        ],
      };
    }
  }
};

/**
 * What an achievement attests, and by which route: `{what, route}`, `null` where a member is missing or
 * of another form. Says nothing of members it does not look at.
 */
export const readAchievement = (achievement) => {
  const kind = Object.keys(kinds).find((name) => kinds[name].achievement === achievement?.achievementType);
  const route = routes.find((it) => it.narrative === achievement?.criteria?.narrative);
  const aligned = achievement?.alignment;
  if (kind === undefined || route === undefined || !Array.isArray(aligned)) {
    return null;
  }
  const text = (value) => (typeof value === "string" ? value : null);
  const code = (nth) => aligned[nth]?.targetCode;
  const name = (nth) => {
    const zh = text(aligned[nth]?.targetName);
    return zh === null ? undefined : { zh, en: text(aligned[nth].targetDescription) };
  };
  const occupation = (nth) => (isOccupation(code(nth)) ? code(nth) : undefined);
  const item = isItem(code(0)) ? code(0) : undefined;
  const what = {
    level: () => {
      const workType = text(achievement.specialization);
      return { kind, occupation: occupation(0), name: name(0), workType, level: levelOf(code(1)) ?? undefined };
    },
    "special-skill": () => ({ kind, item, name: name(0) }),
    "micro-skill": () => ({ kind, item, name: name(0), of: aligned.length === 4 ? occupation(1) : null }),
    enterprise: () => ({ kind, name: name(0), grade: text(code(0)) ?? undefined, occupation: occupation(1), occupationName: name(1) }),
  }[kind]();
  return Object.values(what).includes(undefined) ? null : { what, route };
};

/** The texts in it with the member each is; English names and work types may be null. */
export const attainmentTexts = (what) => {
  const both = (member, name) => [
    [member, name.zh],
    [member, name.en],
  ];
  return {
    level: () => [...both("occupation_name", what.name), ["work_type", what.workType]],
    "special-skill": () => both("item_name", what.name),
    "micro-skill": () => both("item_name", what.name),
    enterprise: () => [...both("name", what.name), ["grade", what.grade], ...both("occupation_name", what.occupationName)],
  }[what.kind]();
};

/** The grade, in Chinese, as a sentence about it names it. */
export const gradeZh = (what) =>
  ({
    level: () => what.level.zh,
    "special-skill": () => "专项职业能力（无等级）",
    "micro-skill": () => "微技能（无等级）",
    enterprise: () => `${what.grade}（企业自定等级）`,
  })[what.kind]();
