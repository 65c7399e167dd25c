// Proofs of inclusion (C2SP tlog-proof), the checkpoints in them (C2SP tlog-checkpoint), and the public
// entry that is proved. Positions are BigInt: a size has 64 bits. The grammar is in docs/formats.md.

import { bytesOf, concat, fromBase64, fromHex, same, sha256, textOf } from "./encoding.js";
import { NOTE_BYTES_MAX } from "./note.js";

const MAGIC = "c2sp.org/tlog-proof@v1";
const PROOF_BYTES_MAX = NOTE_BYTES_MAX + 16 * 1024;
const HASHES_MAX = 63;
const ENTRY_BYTES_MAX = 2048;
const COATS_MAX = 8;

const decimal = (text) => {
  const value = /^(?:0|[1-9]\d{0,19})$/.test(text ?? "") ? BigInt(text) : null;
  return value !== null && value < 1n << 64n ? value : null;
};
const hashOf = (text) => {
  const bytes = fromBase64(text ?? "-");
  return bytes !== null && bytes.length === 32 ? bytes : null;
};

/** The head that a note's text states: `{origin, size, root}`; `null` if it is none. */
export const parseCheckpoint = (text) => {
  if (!text.endsWith("\n")) {
    return null;
  }
  const [origin, size, root, ...extensions] = text.slice(0, -1).split("\n");
  const head = { origin, size: decimal(size), root: hashOf(root) };
  const good = origin !== "" && head.size !== null && head.root !== null && !extensions.includes("");
  return good ? head : null;
};

/** A proof file as `{extra, index, hashes, checkpoint}`; `null` if it is none. */
export const parseProof = (bytes) => {
  const text = bytes.length <= PROOF_BYTES_MAX ? textOf(bytes) : null;
  const at = text === null ? -1 : text.indexOf("\n\n");
  if (at < 0) {
    return null;
  }
  const [magic, ...lines] = text.slice(0, at).split("\n");
  let extra = null;
  if (lines[0]?.startsWith("extra ")) {
    extra = fromBase64(lines.shift().slice(6));
    if (extra === null) {
      return null;
    }
  }
  const index = lines[0]?.startsWith("index ") ? decimal(lines.shift().slice(6)) : null;
  const hashes = lines.map(hashOf);
  if (magic !== MAGIC || index === null || hashes.includes(null) || hashes.length > HASHES_MAX) {
    return null;
  }
  return { extra, index, hashes, checkpoint: bytesOf(text.slice(at + 2)) };
};

const nodeHash = (left, right) => sha256(concat(Uint8Array.of(1), left, right));

/** Whether the entry stands at the index under the head (RFC 9162 section 2.1.3.2). */
export const isIncluded = async (entry, proof, head) => {
  if (proof.index >= head.size) {
    return false;
  }
  let hash = await sha256(concat(Uint8Array.of(0), entry));
  let [f, s] = [proof.index, head.size - 1n];
  for (const step of proof.hashes) {
    if (s === 0n) {
      return false;
    }
    if (f & 1n || f === s) {
      hash = await nodeHash(step, hash);
      while (!(f & 1n) && f !== 0n) {
        [f, s] = [f >> 1n, s >> 1n];
      }
    } else {
      hash = await nodeHash(hash, step);
    }
    [f, s] = [f >> 1n, s >> 1n];
  }
  return s === 0n && same(hash, head.root);
};

// Exactly the bytes that a writer makes: these members, this order, no white space. What commits to coats
// by their own digest has `v` 2.
const GROUP = "[a-z]+(?:_[a-z]+)*";
const HASH = "[0-9a-f]{64}";
const ENTRY = new RegExp(
  `^\\{"v":(?<v>[12]),"type":"(?<type>${GROUP}\\.${GROUP})","at":(?<at>0|-?[1-9]\\d{0,18}),"digest":"${HASH}"` +
    `(?:,"credential":"(?<credential>${HASH})","key":"(?<key>z[A-Za-z0-9]{0,127})"(?:,"coats":\\{(?<coats>[^{}]+)\\})?` +
    `|,"document":"${HASH}")?\\}$`,
);
const COAT = new RegExp(`^"([a-z]+(?:-[a-z]+)*)":"(${HASH})"$`);
const ISSUES = ["certificate.issued", "certificate.reissued"];

/** Digests by the names of coats; `null` unless each stands once, in order. */
const readCoats = (text) => {
  const coats = text.split(",").map((part) => COAT.exec(part));
  const rising = coats.every((coat, at) => coat !== null && coat[1].length <= 32 && (at === 0 || coats[at - 1][1] < coat[1]));
  return rising && coats.length <= COATS_MAX ? new Map(coats.map(([, name, hash]) => [name, fromHex(hash)])) : null;
};

/**
 * A public entry as `{type, at, credential, key, coats}`; the last three only where it issues a
 * certificate. `null` if the bytes are none. `at` is in microseconds.
 */
export const parseEntry = (bytes) => {
  const parts = bytes.length <= ENTRY_BYTES_MAX ? ENTRY.exec(textOf(bytes) ?? "")?.groups : null;
  if (!parts || parts.type.length > 64) {
    return null;
  }
  const entry = { type: parts.type, at: Number(parts.at), credential: null, key: null, coats: new Map() };
  if (parts.credential !== undefined) {
    entry.credential = fromHex(parts.credential);
    entry.key = parts.key;
  }
  if (parts.coats !== undefined) {
    entry.coats = readCoats(parts.coats);
  }
  const shaped = (parts.v === "2") === (parts.coats !== undefined) && entry.coats !== null;
  return shaped && ISSUES.includes(entry.type) === (entry.credential !== null) ? entry : null;
};
