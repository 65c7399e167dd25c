// The claims of a certificate in a QR code: which member has which key is in docs/formats.md. What is read
// here, written again by `encodeContents`, has to give the same bytes.

import { CborMap, encode } from "./cbor.js";
import { NotPresented, claimsFault, isRandomUuid } from "./claims.js";
import { isNumber, isRegion } from "./codes.js";
import { bodyDid } from "./did.js";
import { fromHex, hex } from "./encoding.js";
import { attainedOf, documentTypeOf, readAttained, readDocumentType, readRoute, routeNumberOf } from "./qr_attained.js";
import { dateOfDays, daysOfDate } from "./time.js";

// iat, cti (RFC 8392 section 4), and the first claim key of private use.
const [IAT, CTI, CERTIFICATE] = [6, 7, -65537];
/** Whole seconds whose microseconds fit 64 bits. */
const SECONDS_MAX = 9_223_372_036_854;

const text = (value) => (typeof value === "string" ? value : undefined);
const whole = (max) => (value) => (typeof value === "number" && value >= 0 && value <= max ? value : undefined);
const number = (value) => (isNumber(value) ? value : undefined);
const date = (value) => (typeof value === "number" ? (dateOfDays(value) ?? undefined) : undefined);
const bytes16 = (value) => (value instanceof Uint8Array && value.length === 16 ? value : undefined);
const uuid = (value) => {
  const digits = bytes16(value);
  return digits && hex(digits).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};
const uuidBytes = (id) => fromHex(id.replaceAll("-", ""));
const region = (value) => {
  const code = typeof value === "number" && value >= 0 ? String(value).padStart(6, "0") : "";
  return isRegion(code) ? code : undefined;
};
const place = (value) => {
  const u32 = whole(2 ** 32 - 1);
  const [list, index] = Array.isArray(value) && value.length === 2 ? value.map(u32) : [];
  return list === undefined || index === undefined ? undefined : { list, index };
};

/** A member that has to be there; throws `NotPresented`. */
const need = (value, member) => {
  if (value === undefined) {
    throw new NotPresented("form-other", "qr", member);
  }
  return value;
};

/** Whether what is left out was left out in its order. */
const inOrder = ({ holderName, documentType, session, bodyName }) =>
  documentType === null ? session === null && bodyName === null : holderName !== null;

/** The claims of a value: `{claims, created, prefix}`. Throws `NotPresented`, which names the member. */
export const readContents = (value) => {
  const contents = need(value instanceof CborMap ? value : undefined, "claims");
  const certificate = contents.get(CERTIFICATE);
  const it = need(certificate instanceof CborMap ? certificate : undefined, "certificate");
  const seconds = contents.get(IAT);
  const created = need(typeof seconds === "number" && Math.abs(seconds) <= SECONDS_MAX ? seconds : undefined, "iat");
  const required = (key, read, member) => need(it.get(key) === undefined ? undefined : read(it.get(key)), member);
  const optional = (key, read, member, absent = null) => (it.get(key) === undefined ? absent : required(key, read, member));
  const publicId = required(2, uuid, "body");
  const claims = {
    complete: false,
    number: required(3, number, "number"),
    holderName: optional(4, text, "holder.name"),
    documentType: optional(5, readDocumentType, "holder.document_type"),
    documentLast4: required(6, text, "holder.document_last4"),
    what: required(7, readAttained, "attainment"),
    route: required(8, readRoute, "route"),
    standard: null,
    region: required(9, region, "region"),
    regionName: null,
    did: required(1, (host) => bodyDid(host, publicId) ?? undefined, "host"),
    bodyName: optional(10, (zh) => (text(zh) === undefined ? undefined : { zh, en: null }), "issuer.name"),
    creditCode: null,
    session: optional(11, text, "session"),
    assessedOn: required(12, date, "assessed_on"),
    issuedOn: required(13, date, "issued_on"),
    issue: optional(14, whole(65535), "issue", 1),
    supersedes: optional(15, number, "supersedes"),
    twin: optional(16, number, "twin"),
    status: required(17, place, "status"),
    scores: null,
  };
  need(claimsFault(claims) === null ? true : undefined, claimsFault(claims));
  // An enterprise's certificate has a twin, and here it is always disclosed.
  need(claims.what.kind === "enterprise" && claims.twin === null ? undefined : true, "twin");
  need(inOrder(claims) ? true : undefined, "left out");
  const id = uuid(contents.get(CTI));
  claims.id = need(id !== undefined && isRandomUuid(id) ? id : undefined, "cti");
  return { claims, created, prefix: required(18, bytes16, "credential") };
};

/** The bytes of claims. */
export const encodeContents = ({ claims, created, prefix }) => {
  const { did, status } = claims;
  const members = [
    [1, did.host],
    [2, uuidBytes(did.publicId)],
    [3, claims.number],
    [4, claims.holderName],
    [5, claims.documentType === null ? null : documentTypeOf(claims.documentType)],
    [6, claims.documentLast4],
    [7, attainedOf(claims.what)],
    [8, routeNumberOf(claims.route)],
    [9, Number(claims.region)],
    [10, claims.bodyName?.zh ?? null],
    [11, claims.session],
    [12, daysOfDate(claims.assessedOn)],
    [13, daysOfDate(claims.issuedOn)],
    [14, claims.issue === 1 ? null : claims.issue],
    [15, claims.supersedes],
    [16, claims.twin],
    [17, [status.list, status.index]],
    [18, prefix],
  ];
  const certificate = new CborMap(members.filter(([, value]) => value !== null));
  return encode(
    new CborMap([
      [IAT, created],
      [CTI, uuidBytes(claims.id)],
      [CERTIFICATE, certificate],
    ]),
  );
};
