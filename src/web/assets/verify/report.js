// What a verification says: the same answer, member for member, as the command line's `--json` and the
// server's `/v1/verify`. The words are the server's own; `vocabulary.js` carries them.

import { dateTime } from "./time.js";
import vocabulary from "./vocabulary.js";

/** A message in both languages, its variables filled; an unknown key shows itself. */
export const words = (key, args = {}) => {
  const both = vocabulary.messages[key] ?? [key, key];
  const [zh, en] = both.map((text) => text.replace(/\{\$(\w+)\}/g, (variable, name) => String(args[name] ?? variable)));
  return { zh, en };
};

const line = (result) => (check, code, args = {}) => ({ check, result, code, args, counts: true });
export const pass = line("pass");
export const fail = line("fail");
export const unknown = line("unknown");

const named = (name) => ({ zh: name.zh, en: name.en ?? null });
const coded = (code, name) => ({ code, ...named(name) });

/** A certificate as it may be shown: only after its signature held. */
const certificateJson = ({ claims, state, detail }) => {
  const { what, route } = claims;
  const occupation = {
    level: () => coded(what.occupation, what.name),
    enterprise: () => coded(what.occupation, what.occupationName),
    "micro-skill": () => (what.of === null ? null : { code: what.of }),
    "special-skill": () => null,
  }[what.kind]();
  const certificate = vocabulary.kinds[what.kind];
  const level = what.level ?? null;
  return {
    kind: what.kind,
    certificate: { zh: certificate.zh, en: certificate.en },
    complete: claims.complete,
    number: claims.number,
    name: claims.holderName,
    document_type: claims.documentType,
    document_last4: claims.documentLast4,
    occupation,
    work_type: what.workType ?? null,
    level: level && { code: level.digit ?? level.code, zh: level.zh, en: level.en },
    item: what.item === undefined ? null : coded(what.item, what.name),
    enterprise: what.kind === "enterprise" ? { name: named(what.name), grade: what.grade } : null,
    route: route && { code: route.code, zh: route.zh },
    standard: claims.standard,
    region: { code: claims.region, name: claims.regionName },
    body: { did: claims.did.text, ...(claims.bodyName === null ? { zh: null, en: null } : named(claims.bodyName)), credit_code: claims.creditCode },
    session: claims.session,
    assessed_on: claims.assessedOn,
    issued_on: claims.issuedOn,
    issue: claims.issue,
    newest_issue: detail?.issue ?? null,
    supersedes: claims.supersedes,
    twin: claims.twin,
    scores: claims.scores,
    state,
    ground: detail?.ground ?? null,
    since: detail?.on ?? null,
    successor: detail?.successor ?? null,
  };
};

/** The whole answer. `shown` is null unless the signature held; `language` is that of `detail`. */
export const report = (coat, checks, asOf, shown, language) => {
  const any = (result) => checks.some((check) => check.result === result && (check.counts || result === "fail"));
  const outcome = any("fail") ? "invalid" : any("unknown") ? "unknown" : "valid";
  return {
    coat,
    outcome,
    checks: checks.map(({ check, result, code, args }) => {
      const said = words(`verify-${code}`, args);
      return { check, result, code, detail: said[language], ...said };
    }),
    as_of: asOf === null ? null : dateTime(asOf),
    certificate: shown === null ? null : certificateJson(shown),
  };
};

/** The answer about a file that was not read: `form-too-large` or `form-unreadable`. */
export const notRead = (code, language) => report(null, [unknown("form", code)], null, null, language);
