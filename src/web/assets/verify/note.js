// Signed notes and verifier keys of a log (C2SP signed-note; the grammar is in docs/formats.md).
//
//   note      = text LF signature+           ; text ends with LF, then one blank line
//   signature = "— " name " " base64(key id ‖ signature) LF
//   vkey      = name "+" hex(key id) "+" base64(0x01 ‖ public key)

import { bytesOf, concat, fromBase64, hex, same, sha256, textOf } from "./encoding.js";
import { verify } from "./ed25519.js";

export const NOTE_BYTES_MAX = 64 * 1024;
const SIGNATURES_MAX = 64;
const LOG_KEY = 0x01;

const nameIsGood = (name) => name !== "" && bytesOf(name).length <= 255 && !/[\s\p{Cc}+]/u.test(name);
const textIsGood = (text) => text.endsWith("\n") && !/[^\P{Cc}\n]/u.test(text);

/** A log's verifier key as `{name, id, publicKey}`; `null` for anything else, a witness's key too. */
export const parseVerifierKey = async (text) => {
  const parts = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(text);
  const typed = parts && fromBase64(parts[3]);
  if (!typed || typed.length !== 33 || typed[0] !== LOG_KEY || !nameIsGood(parts[1])) {
    return null;
  }
  const hash = await sha256(concat(bytesOf(`${parts[1]}\n`), typed));
  const id = hash.slice(0, 4);
  return hex(id) === parts[2] ? { name: parts[1], id, publicKey: typed.slice(1) } : null;
};

const signatureLine = (line) => {
  const parts = /^\u2014 ([^ ]*) (.*)$/s.exec(line);
  const blob = parts && fromBase64(parts[2]);
  if (!blob || blob.length < 5 || !nameIsGood(parts[1])) {
    return null;
  }
  return { name: parts[1], keyId: blob.slice(0, 4), signature: blob.slice(4) };
};

/** A note as `{text, signatures}`; `null` if it is none. */
export const parseNote = (bytes) => {
  const whole = bytes.length <= NOTE_BYTES_MAX ? textOf(bytes) : null;
  // The last blank line: the text may hold blank lines itself.
  const at = whole === null ? -1 : whole.lastIndexOf("\n\n");
  if (at < 0) {
    return null;
  }
  const text = whole.slice(0, at + 1);
  const lines = whole.slice(at + 2);
  if (!textIsGood(text) || !lines.endsWith("\n")) {
    return null;
  }
  const signatures = lines.slice(0, -1).split("\n").map(signatureLine);
  const good = signatures.length <= SIGNATURES_MAX && !signatures.includes(null);
  return good ? { text, signatures } : null;
};

/**
 * Whether a log's key has signed the note: `signed`, `absent`, or `bad` where a signature under its name
 * and id does not verify, which spoils the note.
 */
export const signedBy = async (note, key) => {
  const own = note.signatures.filter((line) => line.name === key.name && same(line.keyId, key.id));
  for (const line of own) {
    if (!(await verify(key.publicKey, bytesOf(note.text), line.signature))) {
      return "bad";
    }
  }
  return own.length > 0 ? "signed" : "absent";
};
