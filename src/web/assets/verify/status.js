// Check (iv): what the body's status lists say of the certificate.

import { fail, pass, unknown } from "./report.js";
import { isFinal, isSet } from "./status_documents.js";
import { showInChina } from "./time.js";

const ENDED = ["superseded", "revoked", "cancelled", "forfeited", "voided"];

const ended = (detail, asOf) => {
  const code = ENDED.includes(detail?.state) ? `status-${detail.state}` : "status-ended";
  return fail("status", code, {
    ground: detail?.ground ?? "—",
    on: detail?.on ?? "—",
    successor: detail?.successor ?? "—",
    as_of: showInChina(asOf),
  });
};

/** The line, and what may be shown beside the certificate: `{check, asOf, state, detail}`. */
export const judgeStatus = (claims, known) => {
  const cannot = (code, args) => ({ check: unknown("status", code, args), asOf: null, state: null, detail: null });
  const { did, status: place } = claims;
  if (known.trust === null) {
    return cannot("status-trust-unknown");
  }
  const { from: detailsFrom, entry: detail } = known.detailsAt(did, place);

  // An end is final: a list that says so counts however old it is.
  const revocation = known.list(did, place.list, "revocation");
  if (typeof revocation === "string") {
    return cannot(revocation);
  }
  const end = detail !== null && isFinal(detail.state) ? detail : null;
  if (isSet(revocation, place.index) || end !== null) {
    const asOf = end === null ? revocation.from : Math.max(detailsFrom, revocation.from);
    return { check: ended(end, asOf), asOf, state: end?.state ?? "ended", detail: end };
  }
  const suspension = known.list(did, place.list, "suspension");
  if (typeof suspension === "string") {
    return cannot(suspension);
  }
  for (const list of [revocation, suspension]) {
    const code = known.outOfTime(list);
    if (code !== null) {
      return cannot(code, { as_of: showInChina(list.from), until: showInChina(list.until) });
    }
  }
  const asOf = Math.min(revocation.from, suspension.from);
  const as_of = showInChina(asOf);
  if (isSet(suspension, place.index)) {
    const why = detail?.state === "suspended" ? detail : null;
    const code = why?.ground === undefined ? "status-suspended" : "status-suspended-why";
    const check = fail("status", code, { ground: why?.ground ?? "", as_of });
    return { check, asOf, state: "suspended", detail: why };
  }
  // Details older than the lists may still speak of a suspension that has ended.
  const reissued = detail?.issue === undefined ? null : detail;
  const newer = reissued !== null && reissued.issue > claims.issue;
  const check = newer ? pass("status", "status-good-reissued", { issue: reissued.issue, as_of }) : pass("status", "status-good", { as_of });
  return { check, asOf, state: "valid", detail: reissued };
};
