// One certificate through all checks, as `src/verify/pipeline.rs` has them.
//
// Order: form, signature, place in the log; then what depends on the place (accreditation, key,
// compromise), then status and dates. Nothing after a bad signature is shown.

import { gradeZh } from "./attainment.js";
import { NotPresented } from "./claims.js";
import { present } from "./coats.js";
import { findPlace } from "./place.js";
import { fail, pass, report, unknown } from "./report.js";
import { judgeStatus } from "./status.js";
import { dateInChina } from "./time.js";
import { holds, keyOfBody, scopeCovers } from "./trust_list.js";

/** The body and the key that signed, from the trust list: `{body, key}` or `{check}`. */
const signer = ({ claims, keyId }, known, { position }) => {
  const body = known.bodyOf(claims.did.text);
  const key = keyOfBody(body, keyId, "certificate");
  if (key !== null) {
    return { body, key };
  }
  // A body or key newer than the list is not in it.
  const asOf = known.trust.as_of_position;
  if (position !== null && position > asOf) {
    return { check: unknown("signature", "signature-trust-older", { as_of: asOf }) };
  }
  return { check: fail("signature", body === null ? "signature-body-unknown" : "signature-key-not-of-body") };
};

/** Why a position cannot be judged by this trust list, as a line; `null` if it can. */
const unjudged = ({ position }, { as_of_position: asOf }, check) => {
  if (position === null) {
    return unknown(check, "position-unknown");
  }
  return position <= asOf ? null : unknown(check, "position-beyond-trust", { position, as_of: asOf });
};

/** Whether only what holds at the trust list's own position is asked for. */
const asClaimed = (place) => !place.asked && place.position === null;

/** Check (ii). */
const accreditation = (claims, body, place, trust) => {
  const id = "accreditation";
  // A body may be renamed; its credit code stays. A body that signs under another's is lying.
  if (claims.creditCode !== null && claims.creditCode !== body.credit_code) {
    return fail(id, "accreditation-other-body", { body: body.name.zh });
  }
  const covering = body.scopes.filter((scope) => scopeCovers(scope, claims.what, claims.region));
  const outOfScope = () =>
    fail(id, "accreditation-out-of-scope", {
      occupation: claims.what.name.zh,
      level: gradeZh(claims.what),
      region: claims.regionName ?? claims.region,
    });
  if (asClaimed(place)) {
    const at = trust.as_of_position;
    if (covering.length === 0) {
      return outOfScope();
    }
    const open = covering.some((scope) => holds(scope, at)) && !body.suspensions.some((it) => holds(it, at));
    return open ? pass(id, "accreditation-claimed", { as_of: at }) : unknown(id, "accreditation-claimed-ended", { as_of: at });
  }
  const doubt = unjudged(place, trust, id);
  if (doubt !== null) {
    return doubt;
  }
  const { position } = place;
  if (body.suspensions.some((it) => holds(it, position))) {
    return fail(id, "accreditation-suspended", { position });
  }
  if (covering.some((scope) => holds(scope, position))) {
    return pass(id, "accreditation-good", { position });
  }
  if (!covering.some((scope) => scope.from_position <= position)) {
    return outOfScope();
  }
  // A scope that held once, and the authority's leave to finish this session.
  if (body.run_offs.some((leave) => leave.session === claims.session && holds(leave, position))) {
    return pass(id, "accreditation-run-off", { position });
  }
  if (!claims.complete && claims.session === null) {
    return unknown(id, "accreditation-session-hidden", { position });
  }
  return fail(id, "accreditation-ended", { position });
};

const keyValidity = (key, place, trust) => {
  const id = "key-validity";
  if (asClaimed(place) && key.to_position === null) {
    return pass(id, "key-in-use", { as_of: trust.as_of_position });
  }
  const doubt = unjudged(place, trust, id);
  if (doubt !== null) {
    return doubt;
  }
  const { position } = place;
  const args = { position, from: key.from_position, to: key.to_position ?? "—" };
  if (holds(key, position)) {
    return pass(id, "key-good", args);
  }
  return fail(id, position < key.from_position ? "key-too-early" : "key-retired", args);
};

/** Check (v). */
const keyCompromise = (key, place, trust) => {
  const id = "key-compromise";
  const from = key.compromised_from_position;
  const none = () => pass(id, "compromise-none", { as_of: trust.as_of_position });
  if (asClaimed(place) && from === null) {
    return none();
  }
  const doubt = unjudged(place, trust, id);
  if (doubt !== null || from === null) {
    return doubt ?? none();
  }
  if (place.position >= from) {
    return fail(id, "compromise-before", { from });
  }
  // Whoever holds both keys puts a certificate at any place he likes.
  return place.logKeyDoubtful ? unknown(id, "compromise-of-both", { from }) : pass(id, "compromise-later", { from });
};

const dates = ({ issuedOn: issued }, { now }) =>
  issued > dateInChina(now) ? fail("dates", "dates-future", { issued }) : pass("dates", "dates-good", { issued });

/** Judges what `present` gave, or threw, with the proof that came beside it, or null. */
export const judgePresented = async (presented, proof, known, language) => {
  const { trustCheck, trust } = known;
  if (presented instanceof NotPresented) {
    const { code, coat, place } = presented;
    const check = code === "form-too-large" ? unknown("form", code) : fail("form", code, place === null ? {} : { place });
    return report(coat, [trustCheck, check], null, null, language);
  }
  const { coat, claims } = presented;
  const form = pass("form", "form-good");
  const hidden = (check) => report(coat, [trustCheck, form, check], null, null, language);
  if (!presented.holds) {
    return hidden(fail("signature", "signature-bad"));
  }
  if (trust === null) {
    return hidden(unknown("signature", "signature-trust-unknown"));
  }
  const place = await findPlace(presented, proof, trust, known.policy.requireLog);
  const { body, key, check } = signer(presented, known, place);
  if (check !== undefined) {
    return hidden(check);
  }
  const status = judgeStatus(claims, known);
  const checks = [
    trustCheck,
    form,
    pass("signature", "signature-good", { body: body.name.zh }),
    accreditation(claims, body, place, trust),
    place.check,
    status.check,
    keyValidity(key, place, trust),
    keyCompromise(key, place, trust),
    dates(claims, known),
  ];
  return report(coat, checks, status.asOf, { claims, state: status.state, detail: status.detail }, language);
};

/** Verifies one certificate: bytes in, the answer out. */
export const verify = async (bytes, proof, known, language = "zh") => {
  let presented;
  try {
    presented = await present(bytes);
  } catch (error) {
    if (!(error instanceof NotPresented)) {
      throw error;
    }
    presented = error;
  }
  return judgePresented(presented, proof, known, language);
};
