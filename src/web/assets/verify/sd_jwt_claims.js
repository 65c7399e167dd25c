// A certificate's claims as the payload of an SD-JWT VC: what is always disclosed, and what the holder
// discloses or keeps. docs/formats.md says what stands where; what is read here has to be written again alike.

import { isItem, isOccupation, levelOf, routeOf } from "./attainment.js";
import { canonicalSha256, isObject } from "./canonical.js";
import { render } from "./certificate.js";
import { areScores, isCreditCode, isNumber, isRegion, wholeNumber } from "./codes.js";
import { bodyDid, isUuid } from "./did.js";
import { base64Url, fromBase64Url, same } from "./encoding.js";
import { isDate } from "./time.js";
import vocabulary from "./vocabulary.js";

const U32_MAX = 2 ** 32 - 1;
/** The last second of the year 9999. */
const SECONDS_MAX = 253_402_300_799;

// Readers: what a value says, `undefined` for another form.
const text = (value) => (typeof value === "string" ? value : undefined);
const when = (test) => (value) => (test(value) ? value : undefined);
const whole = (max) => when((value) => Number.isSafeInteger(value) && value >= 0 && value <= max);
const flat = (value) => (isObject(value) && Object.values(value).every((it) => typeof it === "string") ? value : {});
const name = (value) => {
  const { zh, en = null } = flat(value);
  return zh === undefined ? undefined : { zh, en };
};
const standard = (value) => {
  const { kind, code, edition } = flat(value);
  const known = Object.hasOwn(vocabulary.standards, kind ?? "") && code !== undefined && edition !== undefined;
  return known ? { kind, code, edition } : undefined;
};
const body = (value) => {
  const parts = typeof value === "string" ? /^https:\/\/(.*?)\/bodies\/(.*)$/s.exec(value) : null;
  return (parts && isUuid(parts[2]) && bodyDid(parts[1], parts[2])) || undefined;
};
const place = (value) => {
  const { idx, uri } = value?.status_list ?? {};
  const list = typeof uri === "string" ? /.*\/status\/(\d+)\.jwt$/s.exec(uri)?.[1] : undefined;
  const read = { list: wholeNumber(list, U32_MAX), index: whole(U32_MAX)(idx) };
  return read.list === null || read.index === undefined ? undefined : read;
};
const digest = (value) => {
  const bytes = typeof value === "string" ? fromBase64Url(value) : null;
  return bytes?.length === 32 ? bytes : undefined;
};

const vct = (did, kind) => `https://${did.host}/vct/${kind}`;
const written = ({ zh, en }) => (en === null ? { zh } : { zh, en });

/** The claims that the holder may keep: the member of the claims, its reader, its writer. */
const KEPT = {
  holder_name: ["holderName", text],
  document_type: ["documentType", text],
  document_last4: ["documentLast4", text],
  certificate_number: ["number", when(isNumber)],
  route: ["route", (value) => routeOf(value) ?? undefined, (route) => route.code],
  standard: ["standard", standard],
  region_name: ["regionName", text],
  body_name: ["bodyName", name, written],
  credit_code: ["creditCode", when(isCreditCode)],
  session: ["session", text],
  assessed_on: ["assessedOn", when(isDate)],
  supersedes: ["supersedes", when(isNumber)],
  twin: ["twin", when(isNumber)],
  credential_id: ["id", when((value) => typeof value === "string" && isUuid(value))],
  scores: ["scores", when(areScores)],
};
/** Those that not every certificate has. */
const OPTIONAL = ["session", "supersedes", "twin", "scores", "certificate"];

export const mayBeKept = (name) => Object.hasOwn(KEPT, name);

const attained = (kind, { get, kept }) =>
  ({
    level: () => ({
      kind,
      occupation: get("occupation", when(isOccupation)),
      name: get("occupation_name", name),
      workType: kept("work_type", text),
      level: get("level", (code) => levelOf(code) ?? undefined),
    }),
    "special-skill": () => ({ kind, item: get("item", when(isItem)), name: get("item_name", name) }),
    "micro-skill": () => ({
      kind,
      item: get("item", when(isItem)),
      name: get("item_name", name),
      of: kept("occupation", when(isOccupation)),
    }),
    enterprise: () => ({
      kind,
      name: get("enterprise_certificate_name", name),
      grade: get("enterprise_grade", text),
      occupation: get("occupation", when(isOccupation)),
      occupationName: get("occupation_name", name),
    }),
  })[kind]();

/** The claims of a payload with its disclosures in place: `{claims, created, digest}`; `null` for none. */
export const readClaims = async (payload) => {
  const get = (member, read) => (Object.hasOwn(payload, member) ? read(payload[member]) : undefined);
  const kept = (member, read) => (Object.hasOwn(payload, member) ? read(payload[member]) : null);
  const did = get("iss", body);
  const kind = Object.keys(vocabulary.kinds).find((it) => did !== undefined && vct(did, it) === payload.vct);
  if (kind === undefined) {
    return null;
  }
  const what = attained(kind, { get, kept });
  const claims = {
    what,
    did,
    // It is the certificate, and names none.
    certificate: null,
    status: get("status", place),
    region: get("region", when(isRegion)),
    issuedOn: get("issued_on", when(isDate)),
    issue: get("issue", whole(65535)),
  };
  for (const [member, [field, read]] of Object.entries(KEPT)) {
    claims[field] = kept(member, read);
  }
  const read = { claims, created: get("iat", whole(SECONDS_MAX)), digest: get("credential_sha256", digest) };
  if ([read, claims, what].some((it) => Object.values(it).includes(undefined))) {
    return null;
  }
  const nothingKept = Object.entries(claims).every(([field, value]) => OPTIONAL.includes(field) || value !== null);
  claims.complete = nothingKept && same(await canonicalSha256(render(claims)), read.digest);
  return read;
};

const writtenAttainment = (what) =>
  ({
    level: () => ({
      occupation: what.occupation,
      occupation_name: written(what.name),
      ...(what.workType === null ? {} : { work_type: what.workType }),
      level: what.level.code,
      level_name: { zh: what.level.zh, en: what.level.en },
    }),
    "special-skill": () => ({ item: what.item, item_name: written(what.name) }),
    "micro-skill": () => ({ item: what.item, item_name: written(what.name), ...(what.of === null ? {} : { occupation: what.of }) }),
    enterprise: () => ({
      enterprise_certificate_name: written(what.name),
      enterprise_grade: what.grade,
      occupation: what.occupation,
      occupation_name: written(what.occupationName),
    }),
  })[what.kind]();

/** The claims that nobody can keep to himself. */
export const openClaims = ({ claims, created, digest: sha }) => {
  const { did, status, what } = claims;
  return {
    iss: `https://${did.host}/bodies/${did.publicId}`,
    vct: vct(did, what.kind),
    iat: created,
    status: { status_list: { idx: status.index, uri: `https://${did.host}/bodies/${did.publicId}/status/${status.list}.jwt` } },
    credential_sha256: base64Url(sha),
    region: claims.region,
    issued_on: claims.issuedOn,
    issue: claims.issue,
    ...writtenAttainment(what),
  };
};

/** Everything that is disclosed, as one object without digests. */
export const disclosedClaims = (content) => {
  const disclosed = openClaims(content);
  for (const [member, [field, , write = (value) => value]] of Object.entries(KEPT)) {
    if (content.claims[field] !== null) {
      disclosed[member] = write(content.claims[field]);
    }
  }
  return disclosed;
};
