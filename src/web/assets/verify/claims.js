// What a certificate in hand discloses, apart from any form: all of its claims, or a part. A member that is
// null is not disclosed, or not there. And what bytes are that are no certificate.

import { attainmentTexts } from "./attainment.js";
import { isPlain } from "./codes.js";
import { isUuid } from "./did.js";

const STATUS_ENTRIES = 131072;

/** Every text of a claim set with the member it is, in the order they are looked at; some are null. */
const texts = ({ standard, bodyName, ...claims }) => [
  ["holder.name", claims.holderName],
  ["holder.document_type", claims.documentType],
  ["holder.document_last4", claims.documentLast4],
  ["standard.code", standard?.code ?? null],
  ["standard.edition", standard?.edition ?? null],
  ["region_name", claims.regionName],
  ["issuer.name", bodyName?.zh ?? null],
  ["issuer.name", bodyName?.en ?? null],
  ["session", claims.session],
  ...attainmentTexts(claims.what),
];

/** 一试双证: an enterprise's certificate always has a twin, what has no level never. */
const isPaired = ({ what, twin, number, complete }) => {
  const paired = { level: true, enterprise: twin !== null || !complete }[what.kind] ?? twin === null;
  return paired && (twin === null || twin !== number);
};

/**
 * The member for which a claim set cannot stand in a certificate; `null` if it can. Of what is not disclosed
 * nothing is asked.
 */
export const claimsFault = (claims) => {
  const [fault] = texts(claims).find(([, text]) => text !== null && !isPlain(text)) ?? [];
  if (fault !== undefined) {
    return fault;
  }
  const { documentLast4, issue, scores, status } = claims;
  const others = [
    ["holder.document_last4", documentLast4 === null || [...documentLast4].length <= 4],
    ["twin", isPaired(claims)],
    ["scores", Object.values(scores ?? {}).every((score) => Number(score) >= 60)],
    ["issue", issue >= 1],
    ["status", status.list >= 1 && status.index < STATUS_ENTRIES],
  ];
  return others.find(([, holds]) => !holds)?.[0] ?? null;
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
