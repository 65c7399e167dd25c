// Check (iii): where in the log the certificate stands, and whether the head under which that is proved
// counts: which of the log's keys vouches for it, by the lives of the keys that the trust list says.

import { same } from "./encoding.js";
import { parseNote, signedBy } from "./note.js";
import { fail, pass, unknown } from "./report.js";
import { showInChina } from "./time.js";
import { isIncluded, parseCheckpoint, parseEntry, parseProof } from "./tlog_proof.js";

const CHECK = "inclusion";
const WHOLE_DOCUMENT = ["vc-json", "vc-json-rdfc"];

/** The digest by which an entry of the log is about a certificate in this coat; `null` if it is about none. */
export const committedBy = (entry, coat) => (WHOLE_DOCUMENT.includes(coat) ? entry.credential : entry.coats.get(coat)) ?? null;

const signs = (key, size) => key.from_position <= size && (key.to_position === null || size < key.to_position);
const isVoid = (key, size) => key.compromised_from_position !== null && key.compromised_from_position <= size;

/** `{key, head}`: the key that vouches, one that was never compromised where there is one; else `{doubt}`. */
const vouches = async (bytes, trust, index) => {
  const notSigned = { doubt: fail(CHECK, "inclusion-checkpoint") };
  const note = parseNote(bytes);
  const head = note && parseCheckpoint(note.text);
  if (!head || head.origin !== trust.log.origin) {
    return notSigned;
  }
  const signers = [];
  for (const key of trust.logKeys) {
    const signed = await signedBy(note, key.key);
    if (signed === "bad") {
      return notSigned;
    }
    if (signed === "signed") {
      signers.push(key);
    }
  }
  const counting = signers.filter((key) => signs(key, head.size) && !isVoid(key, head.size));
  if (counting.length > 0) {
    return { head, key: counting.find((key) => key.compromised_from_position === null) ?? counting[0] };
  }
  if (signers.length === 0) {
    const underItsName = note.signatures.some((line) => line.name === trust.log.origin);
    const newer = head.size > trust.as_of_position;
    return underItsName && newer ? { doubt: unknown(CHECK, "inclusion-log-key-unknown", { as_of: trust.as_of_position }) } : notSigned;
  }
  const [key] = signers;
  const from = key.compromised_from_position;
  if (head.size < key.from_position) {
    return { doubt: fail(CHECK, "inclusion-log-key-early", { from: key.from_position }) };
  }
  if (isVoid(key, head.size)) {
    // What was logged before the compromise may well be good: a newer proof shows it.
    const before = index + 1n < from;
    return { doubt: before ? unknown(CHECK, "inclusion-log-key-compromised", { from }) : fail(CHECK, "inclusion-log-key-void", { from }) };
  }
  return { doubt: fail(CHECK, "inclusion-log-key-retired", { to: key.to_position }) };
};

/** The position and the line: `{position, check, logKeyDoubtful, asked}`; no position without a good proof. */
export const findPlace = async (credential, proofBytes, trust, asked) => {
  const without = (check) => ({ position: null, check, logKeyDoubtful: false, asked });
  if (proofBytes === null) {
    const notAsked = { ...unknown(CHECK, "inclusion-not-asked"), counts: false };
    return without(asked ? unknown(CHECK, "inclusion-no-proof") : notAsked);
  }
  const proof = parseProof(proofBytes);
  const entry = proof?.extra ? parseEntry(proof.extra) : null;
  if (entry === null) {
    return without(fail(CHECK, "inclusion-malformed"));
  }
  const { doubt, key, head } = await vouches(proof.checkpoint, trust, proof.index);
  if (doubt !== undefined) {
    return without(doubt);
  }
  if (!(await isIncluded(proof.extra, proof, head))) {
    return without(fail(CHECK, "inclusion-path"));
  }
  // The path shows that the entry is in the log; the entry must be about this certificate.
  const { coat, digest, keyId, claims } = credential;
  const committed = committedBy(entry, coat);
  const type = claims.issue === 1 ? "certificate.issued" : "certificate.reissued";
  if (committed === null || !same(committed, digest) || entry.key !== keyId || entry.type !== type) {
    return without(fail(CHECK, "inclusion-entry"));
  }
  const position = Number(proof.index) + 1;
  const time = showInChina(Math.floor(entry.at / 1e6));
  const check = pass(CHECK, "inclusion-good", { position, time, size: head.size, origin: head.origin });
  return { position, check, logKeyDoubtful: key.compromised_from_position !== null, asked };
};
