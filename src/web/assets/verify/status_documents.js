// Status lists (W3C Bitstring Status List 1.0) and their details, as bodies sign them; the grammar is in
// docs/formats.md. What is read here has the right form; whose key signed it is for `known.js` to judge.

import { isObject, firstDifference } from "./canonical.js";
import { isNumber, wholeNumber } from "./codes.js";
import { InvalidProof, JCS, detach, judge, keyIdOf } from "./data_integrity.js";
import { parseDid, statusListUrl } from "./did.js";
import { fromBase64Url } from "./encoding.js";
import { isDate, parseDateTime } from "./time.js";
import { isDocumentSignature, members, signedDocumentHolds } from "./trust_list.js";

const BYTES = 131072 / 8;
const DETAILS = "skill-ledger/v1/status-details";
const STATES = ["valid", "suspended", "superseded", "revoked", "cancelled", "forfeited", "voided"];

/** Whether nothing follows a state. */
export const isFinal = (state) => state !== "valid" && state !== "suspended";

const crc32 = (bytes) => {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
  }
  return ~crc >>> 0;
};

/** Inflates one gzip member of exactly 16 KiB; `null` for anything else. Stops at the first byte beyond. */
const inflate = async (packed) => {
  if (packed.length < 18) {
    return null;
  }
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const bits = new Uint8Array(BYTES);
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      if (length + value.length > BYTES) {
        await reader.cancel();
        return null;
      }
      bits.set(value, length);
      length += value.length;
    }
  } catch {
    return null;
  }
  // Where a stream lets something follow the member, its end is not that of these bits.
  const end = new DataView(packed.buffer, packed.byteOffset + packed.length - 8);
  const whole = length === BYTES && end.getUint32(4, true) === BYTES && end.getUint32(0, true) === crc32(bits);
  return whole ? bits : null;
};

/** Whether the bit of an index is set, bit 0 leftmost. */
export const isSet = (list, index) => (list.bits[index >> 3] & (0x80 >> (index & 7))) !== 0;

const readList = async (document) => {
  const { issuer, id, validFrom, validUntil, credentialSubject: subject } = document;
  const did = parseDid(issuer);
  const number = typeof id === "string" ? /\/status\/(\d+)-(revocation|suspension)\.json$/.exec(id) : null;
  const [from, until] = [parseDateTime(validFrom), parseDateTime(validUntil)];
  const encoded = subject?.encodedList;
  if (did === null || number === null || from === null || until === null || typeof encoded !== "string") {
    return null;
  }
  const [list, purpose] = [wholeNumber(number[1], 2 ** 32 - 1), number[2]];
  const packed = encoded.startsWith("u") ? fromBase64Url(encoded.slice(1)) : null;
  const bits = packed === null || list === null ? null : await inflate(packed);
  if (bits === null) {
    return null;
  }
  const url = statusListUrl(did, list, purpose);
  const rendered = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    id: url,
    type: ["VerifiableCredential", "BitstringStatusListCredential"],
    issuer: did.text,
    validFrom,
    validUntil,
    credentialSubject: { id: `${url}#list`, type: "BitstringStatusList", statusPurpose: purpose, encodedList: encoded },
  };
  return firstDifference(rendered, document) === null ? { did, url, from, until, bits } : null;
};

/** A signed list as `{did, url, from, until, bits, keyId, holds}`; `null` if it has not the form of one. */
export const parseStatusList = async (value) => {
  let detached;
  try {
    detached = detach(value, [JCS]);
  } catch (error) {
    if (error instanceof InvalidProof) {
      return null;
    }
    throw error;
  }
  const list = await readList(detached.document);
  const keyId = list === null ? null : keyIdOf(detached.verificationMethod, list.did);
  return keyId === null ? null : { ...list, keyId, holds: (await judge(detached, keyId)).holds };
};

const isWhole = (max) => (value) => Number.isSafeInteger(value) && value >= 0 && value <= max;
const isEntry = members(
  { index: isWhole(2 ** 32 - 1), state: (state) => STATES.includes(state) },
  { ground: (ground) => typeof ground === "string", on: isDate, successor: isNumber, issue: isWhole(65535) },
);
const isTime = (at) => parseDateTime(at) !== null;
const isDetails = members({
  kind: (kind) => kind === DETAILS,
  did: (did) => parseDid(did) !== null,
  list: isWhole(2 ** 32 - 1),
  as_of_position: isWhole(Number.MAX_SAFE_INTEGER),
  valid_from: isTime,
  valid_until: isTime,
  entries: (entries) =>
    Array.isArray(entries) && entries.every((entry, at) => isEntry(entry) && (at === 0 || entries[at - 1].index < entry.index)),
});

/** Signed details as `{did, list, from, entries, keyId, holds}`; `null` if they have not the form. */
export const parseStatusDetails = async (value) => {
  const envelope = members({ status_details: isDetails, signature: isDocumentSignature });
  if (!isObject(value) || !envelope(value)) {
    return null;
  }
  const { status_details: details, signature } = value;
  return {
    did: details.did,
    list: details.list,
    from: parseDateTime(details.valid_from),
    entries: details.entries,
    keyId: signature.key_id,
    holds: await signedDocumentHolds(DETAILS, details, signature),
  };
};
