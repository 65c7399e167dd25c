// The trust list: what a verifier pins. Signed with the authority's `trust` key; its file also carries
// status lists and details, each with a signature of its own. The grammar is in docs/formats.md. A list
// with a member that is not named here is refused: it may mean that less is to be accepted.

import { isItem, isOccupation, levelOf } from "./attainment.js";
import { canonical, equal, isObject } from "./canonical.js";
import { covers, isCreditCode, isRegion } from "./codes.js";
import { isUuid, parseDid } from "./did.js";
import { bytesOf, hex, sha256, signatureOf } from "./encoding.js";
import { keyOf, multikeyBytes, verify } from "./ed25519.js";
import { parseVerifierKey } from "./note.js";
import { InvalidJson, parse } from "./strict_json.js";
import { parseDateTime } from "./time.js";

const KIND = "skill-ledger/v1/trust-list";
export const TRUST_FILE_BYTES_MAX = 256 * 1024 * 1024;

const PURPOSES = ["certificate", "status", "trust", "log", "witness", "request", "approval"];

// Shapes: a test of a value, and objects of exactly such members.
const isText = (value) => typeof value === "string";
const isPosition = (value) => Number.isSafeInteger(value) && value >= 0;
const maybe = (shape) => (value) => value === null || shape(value);
const listOf = (shape) => (value) => Array.isArray(value) && value.every(shape);
const someOf = (shape) => (value) => listOf(shape)(value) && value.length > 0;
export const members = (required, optional = {}) => (value) => {
  const shapes = { ...required, ...optional };
  const has = (name) => Object.hasOwn(value, name);
  const known = (name) => Object.hasOwn(shapes, name) && shapes[name](value[name]);
  return isObject(value) && Object.keys(required).every(has) && Object.keys(value).every(known);
};

export const isDocumentSignature = members({
  key_id: (id) => isText(id) && keyOf(id) !== null,
  suite: (suite) => suite === "ed25519",
  value: isText,
});
// Whether the key is one to accept is asked when something is signed with it: there are thousands.
const isKey = (id) => isText(id) && multikeyBytes(id) !== null;
const isName = members({ zh: isText }, { en: isText });
const stretch = { from_position: isPosition, to_position: maybe(isPosition) };
const isLevel = (level) => (isText(level) ? levelOf(level)?.digit === null : (levelOf(String(level))?.digit ?? null) === level);
const isScope = members(
  { occupations: listOf(isOccupation), levels: listOf(isLevel), regions: listOf(isRegion), ...stretch },
  { work_types: someOf(members({ occupation: isOccupation, name: isText })), items: someOf(isItem) },
);
const isBody = members({
  did: (did) => parseDid(did) !== null,
  name: isName,
  credit_code: isCreditCode,
  scopes: listOf(isScope),
  run_offs: listOf(members({ session: isText, ...stretch })),
  suspensions: listOf(members(stretch)),
  keys: listOf(
    members({
      key_id: isKey,
      purpose: (purpose) => PURPOSES.includes(purpose),
      ...stretch,
      compromised_from_position: maybe(isPosition),
    }),
  ),
  status_lists: listOf(isText),
});
const isLogKey = members({ vkey: isText, ...stretch, compromised_from_position: maybe(isPosition) });
const isList = members({
  kind: (kind) => kind === KIND,
  ledger: (id) => isText(id) && isUuid(id),
  as_of_position: isPosition,
  issued_at: (at) => parseDateTime(at) !== null,
  authority: members({ name: isName, region: isRegion, trust_key: isKey }),
  log: members({ origin: isText, keys: listOf((key) => isText(key) || isLogKey(key)) }),
  bodies: listOf(isBody),
});
const isFile = members(
  { trust_list: () => true, signature: () => true },
  { status_lists: Array.isArray, status_details: Array.isArray, checkpoint: maybe(isText) },
);
/** Why a file is no trust list: `trust-malformed` or `trust-forged`. */
export class InvalidTrustFile extends Error {}

/** The keys of the log, each with its life; `null` if one is of another log or written in a second way. */
const readLogKeys = async ({ origin, keys }) => {
  const whole = { from_position: 0, to_position: null, compromised_from_position: null };
  const lives = keys.map((key) => (isText(key) ? { vkey: key, ...whole } : key));
  const written = keys.every((key, at) => isText(key) || !equal(lives[at], { vkey: key.vkey, ...whole }));
  const read = await Promise.all(lives.map(async (life) => ({ ...life, key: await parseVerifierKey(life.vkey) })));
  return written && read.every(({ key }) => key !== null && key.name === origin) ? read : null;
};

/** Whether every identifier stands once and every key, of whomever, has one purpose. */
const isUnambiguous = (list, logKeys) => {
  const dids = list.bodies.map((body) => body.did);
  const ids = [list.authority.trust_key, ...list.bodies.flatMap((body) => body.keys.map((key) => key.key_id))];
  const keys = [...ids.map((id) => hex(multikeyBytes(id))), ...logKeys.map(({ key }) => hex(key.publicKey))];
  return new Set(dids).size === dids.length && new Set(keys).size === keys.length;
};

/** Whether the key that a signature names signed a document of ours. */
export const signedDocumentHolds = async (kind, document, signature) => {
  const value = signatureOf(signature.value);
  return value !== null && verify(keyOf(signature.key_id), bytesOf(`${kind}\n${canonical(document)}`), value);
};

/** Reads a file without believing any of it; throws `InvalidTrustFile`. */
export const parseTrustFile = (bytes) => {
  let file;
  try {
    file = parse(bytes, TRUST_FILE_BYTES_MAX);
  } catch (error) {
    throw error instanceof InvalidJson ? new InvalidTrustFile("trust-malformed") : error;
  }
  if (!isFile(file)) {
    throw new InvalidTrustFile("trust-malformed");
  }
  return file;
};

/** The list of a file, if it is signed by the key it names; throws `InvalidTrustFile`. */
export const openTrustList = async ({ trust_list: list, signature }) => {
  const logKeys = isList(list) ? await readLogKeys(list.log) : null;
  if (logKeys === null || !isUnambiguous(list, logKeys) || !isDocumentSignature(signature)) {
    throw new InvalidTrustFile("trust-malformed");
  }
  const { trust_key: key } = list.authority;
  if (signature.key_id !== key || !(await signedDocumentHolds(KIND, list, signature))) {
    throw new InvalidTrustFile("trust-forged");
  }
  return { ...list, logKeys, issuedAt: parseDateTime(list.issued_at), fingerprint: hex(await sha256(multikeyBytes(key))) };
};

/** One of a body's keys, if it is for this purpose. */
export const keyOfBody = (body, id, purpose) => body?.keys.find((key) => key.key_id === id && key.purpose === purpose) ?? null;

/** Whether a stretch `[from, to)` holds a position. */
export const holds = ({ from_position: from, to_position: to }, position) => from <= position && (to === null || position < to);

/** Whether a scope covers what a certificate attests, in a region, whatever the position. */
export const scopeCovers = (scope, what, region) => {
  const ofOccupation = (scope.work_types ?? []).filter((it) => it.occupation === what.occupation);
  const level = () => scope.levels.some((it) => levelOf(String(it)) === what.level);
  const workType = () => ofOccupation.length === 0 || ofOccupation.some((it) => it.name === what.workType);
  const named = {
    level: () => scope.occupations.includes(what.occupation) && level() && workType(),
    enterprise: () => scope.occupations.includes(what.occupation),
    "special-skill": () => (scope.items ?? []).includes(what.item),
    "micro-skill": () => (scope.items ?? []).includes(what.item),
  }[what.kind]();
  return named && scope.regions.some((outer) => covers(outer, region));
};
