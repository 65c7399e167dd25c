// Which coat a certificate in hand wears: told by its first characters, and read by that coat's reader.

import { readCertificate } from "./certificate.js";
import { readQr } from "./qr_certificate.js";
import { isCose } from "./qr_text.js";
import { readSdJwt } from "./sd_jwt.js";

const HEAD = 1024;
const SPACE = [0x20, 0x09, 0x0a, 0x0c, 0x0d];

/** What bytes would be, if they are a certificate at all. */
export const coatOf = (bytes) => {
  const from = bytes.findIndex((byte) => !SPACE.includes(byte));
  const head = from < 0 ? "" : String.fromCharCode(...bytes.subarray(from, from + HEAD));
  if (isCose(bytes) || /^https:\/\//i.test(head) || /^\d{100}/.test(head)) {
    return "qr";
  }
  return head.startsWith("ey") ? "sd-jwt-vc" : "vc-json";
};

const trimmed = (bytes) => {
  const isText = (byte) => !SPACE.includes(byte);
  return bytes.subarray(Math.max(0, bytes.findIndex(isText)), bytes.findLastIndex(isText) + 1);
};

const READERS = { qr: readQr, "sd-jwt-vc": (bytes) => readSdJwt(trimmed(bytes)), "vc-json": readCertificate };

/** What is presented, in whatever coat, and whether its signature holds; throws `NotPresented`. */
export const present = (bytes) => READERS[coatOf(bytes)](bytes);
