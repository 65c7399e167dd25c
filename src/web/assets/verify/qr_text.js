// The text in a QR code: `HTTPS://HOST/V#` and the certificate in digits, 17 for 7 bytes. The grammar is in
// docs/formats.md.

import { NotPresented } from "./claims.js";
import { concat, textOf } from "./encoding.js";

/** What a tagged COSE_Sign1 begins with: tag 18, an array of four. */
const COSE_SIGN1 = [0xd2, 0x84];
const ADDRESS = /^https:\/\/[a-z0-9.:-]{1,259}\/v$/i;
const TEXT_BYTES_MAX = 10_233;
const GROUP = 17;
/** Digits for a last group of so many bytes. */
const DIGITS = [0, 3, 5, 8, 10, 13, 15, 17];

const refuse = (code) => {
  throw new NotPresented(code, "qr");
};

/** Whether bytes are not the text of a code, but what stands in it. */
export const isCose = (bytes) => COSE_SIGN1.every((byte, at) => bytes[at] === byte);

const bytesOfGroup = (group) => {
  const size = DIGITS.indexOf(group.length);
  const value = BigInt(group);
  if (size < 0 || value >> BigInt(8 * size) !== 0n) {
    refuse("form-qr-digits");
  }
  return Uint8Array.from({ length: size }, (_, at) => Number((value >> BigInt(8 * (size - 1 - at))) & 255n));
};

/** The COSE_Sign1 out of a file: the bytes themselves, or the text of a code. Throws `NotPresented`. */
export const coseOf = (bytes) => {
  if (isCose(bytes)) {
    return bytes;
  }
  const text = textOf(bytes)?.replace(/^[ \t\n\f\r]+|[ \t\n\f\r]+$/g, "");
  if (text === undefined || text.length > TEXT_BYTES_MAX) {
    refuse("form-not-qr");
  }
  const at = text.indexOf("#");
  const payload = text.slice(at + 1);
  if ((at >= 0 && !ADDRESS.test(text.slice(0, at))) || !/^\d+$/.test(payload)) {
    refuse("form-not-qr");
  }
  if (!payload.startsWith("1")) {
    refuse("form-qr-version");
  }
  const groups = payload.slice(1).match(new RegExp(`\\d{1,${GROUP}}`, "g")) ?? [];
  return concat(...groups.map(bytesOfGroup));
};
