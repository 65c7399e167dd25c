// What a certificate in hand discloses, apart from any form: all of its claims, or a part. A member that is
// null is not disclosed, or not there. And what bytes are that are no certificate.

import { attainmentTexts } from "./attainment.js";
import { isNumber, isPlain, isRegion } from "./codes.js";
import { isUuid } from "./did.js";

export const STATUS_ENTRIES = 131072;

const known = (value) => value !== null;

/** Whether a claim set can stand in a certificate. Of what is not disclosed nothing is asked. */
export const claimsHold = (claims) => {
  const { standard, bodyName, status, what, twin, documentLast4 } = claims;
  const optional = [claims.holderName, claims.documentType, documentLast4, claims.regionName, claims.session, bodyName?.en ?? null];
  const texts = [...optional.filter(known), ...attainmentTexts(what)];
  if (known(standard)) {
    texts.push(standard.code, standard.edition);
  }
  if (known(bodyName)) {
    texts.push(bodyName.zh);
  }
  const numbers = [claims.number, claims.supersedes, twin];
  // 一试双证: an enterprise's certificate always has a twin, what has no level never.
  const paired = { level: true, enterprise: known(twin) || !claims.complete }[what.kind] ?? !known(twin);
  return (
    texts.every(isPlain) &&
    (!known(documentLast4) || [...documentLast4].length <= 4) &&
    numbers.filter(known).every(isNumber) &&
    paired &&
    (!known(twin) || twin !== claims.number) &&
    isRegion(claims.region) &&
    known(claims.issuedOn) &&
    claims.issue >= 1 &&
    status.list >= 1 &&
    known(status.index)
  );
};

/** Whether a text is a random UUID (version 4). */
export const isRandomUuid = (text) => isUuid(text) && text[14] === "4";

/** Bytes that are no certificate: the code of the report's line and, with `form-other`, the place. */
export class NotPresented extends Error {
  constructor(code, coat, place = null) {
    super(code);
    this.code = code;
    this.coat = coat;
    this.place = place;
  }
}
