// What somebody has put in: a file or a text, told by its content and never by its name.

import { parse } from "./strict_json.js";
import { isObject } from "./canonical.js";

export const FILE_BYTES_MAX = 64 * 1024 * 1024;
export const PROOF_MAGIC = "c2sp.org/tlog-proof@v1";
const KIND_MAX = 64 * 1024 * 1024;

const startsWith = (bytes, start) => start.every((byte, at) => bytes[at] === byte);
const ascii = (text) => [...text].map((char) => char.charCodeAt(0));

const kindOfJson = (bytes) => {
  let value;
  try {
    value = parse(bytes, KIND_MAX);
  } catch {
    // Not to be read: as a certificate it is told why.
    return "certificate";
  }
  if (!isObject(value)) {
    return "certificate";
  }
  if (Object.hasOwn(value, "trust_list")) {
    return "trust-list";
  }
  const isList = Array.isArray(value.type) && value.type.includes("BitstringStatusListCredential");
  return isList || Object.hasOwn(value, "status_details") ? "status" : "certificate";
};

/** Whether a picture has a certificate in it (Open Badges 3.0, section 5.3), by its beginning or its keyword. */
const isBadge = (bytes) => {
  const text = startsWith(bytes, [0xef, 0xbb, 0xbf]) ? bytes.subarray(3) : bytes;
  const head = String.fromCharCode(...text.subarray(0, 64)).trimStart();
  if (head.startsWith("<svg") || head.startsWith("<?xml")) {
    return true;
  }
  const keyword = ascii("iTXtopenbadgecredential\0");
  const last = startsWith(bytes, [0x89, ...ascii("PNG")]) ? bytes.length - keyword.length : -1;
  for (let at = 0; at <= last; at += 1) {
    if (bytes[at] === keyword[0] && startsWith(bytes.subarray(at, at + keyword.length), keyword)) {
      return true;
    }
  }
  return false;
};

/** `certificate` in whatever coat, `proof`, `trust-list`, `status`, `image`, or `carrier`: a PDF or a badge. */
export const kindOf = (bytes) => {
  if (startsWith(bytes, ascii("%PDF-")) || isBadge(bytes)) {
    return "carrier";
  }
  if (startsWith(bytes, [0x89, ...ascii("PNG")]) || startsWith(bytes, [0xff, 0xd8, 0xff])) {
    return "image";
  }
  if (startsWith(bytes, ascii("RIFF")) && startsWith(bytes.subarray(8), ascii("WEBP"))) {
    return "image";
  }
  if (startsWith(bytes, ascii(PROOF_MAGIC))) {
    return "proof";
  }
  return kindOfJson(bytes);
};
