// A report, laid out for reading: verdict, certificate, one line per check.

import { element, fromTemplate } from "./element.js";
import { LANGUAGE, OTHER_TAG, both, said } from "./language.js";
import { parseDateTime, showInChina } from "./time.js";
import vocabulary from "./vocabulary.js";

/** What decided: the first failed check, else the missing proof, else the first that could not be made. */
const sentence = ({ checks }) => {
  const first = (result) => checks.find((check) => check.result === result && check.code !== "inclusion-not-asked");
  const unproved = checks.find((check) => check.check === "inclusion" && check.result === "unknown");
  const deciding = first("fail") ?? unproved ?? first("unknown");
  return deciding ? deciding[LANGUAGE] : said("web-all-passed", { count: checks.length });
};

const fact = (field, value, { beside = null, wide = false } = {}) => {
  const other = beside && element("span", { class: "beside", lang: OTHER_TAG }, beside);
  const label = element("dt", {}, said(`web-field-${field}`));
  return element("div", { class: wide && "wide" }, label, element("dd", {}, value, other));
};
const withCode = (text, code) => said("web-with-code", { text, code });
const named = (field, name, code = null) => {
  const { shown, beside } = both(name);
  return fact(field, code === null ? shown : withCode(shown, code), { beside, wide: true });
};

const documentOf = ({ document_type: type, document_last4: last }) => {
  const shown = LANGUAGE === "en" ? (vocabulary.documents[type] ?? type) : type;
  return said("web-document-ending", { type: shown, last });
};

const scoresOf = ({ scores }) => {
  const given = vocabulary.components.filter(({ code }) => scores?.[code] !== undefined);
  return given.map(({ code }) => said(`web-score-${code}`, { score: scores[code] })).join(" · ");
};

/** What is attested, by kind: a level only where there is one. */
const attained = (certificate) => {
  const { kind, occupation, level, item, enterprise, work_type: workType } = certificate;
  const facts = kind === "level" ? [] : [named("kind", certificate.certificate)];
  if (enterprise) {
    facts.push(named("certificate-name", enterprise.name));
  }
  if (item) {
    facts.push(named("item", item, item.code));
  }
  if (occupation?.zh) {
    facts.push(named("occupation", occupation, occupation.code));
  }
  if (workType) {
    facts.push(fact("work-type", workType));
  }
  if (level) {
    const { shown, beside } = both(level);
    facts.push(fact("level", shown, { beside }));
  } else if (enterprise) {
    facts.push(fact("grade", enterprise.grade, { beside: said("web-own-grade") }));
  } else {
    facts.push(fact("level", said("web-no-level")));
  }
  return facts;
};

/** Whether the holder has kept something to himself, which is not the same as its not being there. */
const isPartial = ({ complete }, coat) => coat === "sd-jwt-vc" && !complete;

const factsOf = (certificate, coat) => {
  const { standard, body, route, document_type: type, document_last4: last } = certificate;
  const facts = [];
  const put = (field, value, how) => value && facts.push(fact(field, value, how));
  /** What every certificate has: said to be kept where it is. */
  const always = (field, value, how) => {
    const kept = isPartial(certificate, coat) && element("span", { class: "kept" }, said("verify-not-disclosed"));
    put(field, value || kept, how);
  };
  always("name", certificate.name);
  always("document", type && last && documentOf(certificate));
  always("number", certificate.number, { wide: !isPartial(certificate, coat) && !last });
  facts.push(...attained(certificate));
  if (route?.code !== "assessment") {
    always("route", route && both(vocabulary.routes.find((it) => it.code === route.code)).shown);
  }
  put("twin", certificate.twin);
  put("scores", scoresOf(certificate), { wide: true });
  if (body.zh) {
    facts.push(named("body", body));
  } else {
    always("body", null, { wide: true });
  }
  always("credit-code", body.credit_code);
  always("standard", standard && withCode(standard.code, standard.edition));
  always("assessed-on", certificate.assessed_on);
  put("issued-on", certificate.issued_on);
  if (certificate.issue > 1) {
    put("issue", said("web-issue-n", { n: certificate.issue }));
  }
  return facts;
};

const line = ({ check, result, ...told }) => {
  const title = element("h3", {}, `${said(`verify-check-${check}`)} `, element("span", { class: "word" }, said(`web-result-${result}`)));
  return element("li", { class: `check ${result}` }, fromTemplate(`sign-${result}`), element("div", {}, title, element("p", {}, told[LANGUAGE])));
};

/**
 * The section of one answer. `about` has the file's name, the second it was checked at, and the words
 * about what was fetched.
 */
export const resultView = (answer, { name, now, notes, nth }) => {
  const { outcome, coat, certificate, checks } = answer;
  const id = `verdict-${nth}`;
  const heading = element("h1", { id }, said(`web-outcome-${outcome}`));
  const verdict = element("div", { class: "verdict" }, fromTemplate(`mark-${outcome}`), element("div", {}, heading, element("p", { class: "sentence" }, sentence(answer))));
  const asOf = [
    name && said("verify-page-file", { name }),
    coat && said(`coat-${coat}`),
    answer.as_of && said("verify-page-as-of", { time: showInChina(parseDateTime(answer.as_of)) }),
    said("web-checked-at", { time: showInChina(now) }),
  ];
  const shown = certificate && [
    element("h2", {}, said("web-certificate")),
    element("dl", { class: "facts" }, factsOf(certificate, coat)),
    isPartial(certificate, coat) && element("p", { class: "small" }, said("verify-page-partial")),
    element("p", { class: "small" }, said("verify-page-as-in-file")),
  ];
  const again = element("button", { type: "button", class: "quiet", "data-again": true }, said("verify-page-again"));
  const print = element("button", { type: "button", class: "quiet", "data-print": true }, said("verify-page-print"));
  return element(
    "section",
    { class: `result ${outcome}`, "aria-labelledby": id, tabindex: "-1", "data-focus": true },
    verdict,
    element("p", { class: "as-of" }, asOf.filter(Boolean).map((text) => element("span", {}, text))),
    shown,
    element("h2", {}, said("web-checks")),
    element("ul", { class: "checks" }, checks.map(line)),
    element("ul", { class: "notes" }, notes.map((text) => element("li", {}, text))),
    element("div", { class: "row actions" }, again, print),
  );
};
