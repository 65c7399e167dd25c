// The codes and texts that certificates and trust lists are made of, each in its one spelling.

import { isObject } from "./canonical.js";
import vocabulary from "./vocabulary.js";

const CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const weighted = (weights, values) => weights.reduce((sum, weight, at) => sum + weight * values[at], 0);

/** 统一社会信用代码 (GB 32100-2015), with the organisation code in it (GB 11714-1997). */
export const isCreditCode = (text) => {
  if (typeof text !== "string" || !/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(text)) {
    return false;
  }
  const values = [...text].map((char) => CREDIT_ALPHABET.indexOf(char));
  const organisation = [...text.slice(8, 16)].map((char) => parseInt(char, 36));
  const check = (11 - (weighted(ORGANISATION_WEIGHTS, organisation) % 11)) % 11;
  return values[17] === (31 - (weighted(CREDIT_WEIGHTS, values) % 31)) % 31 && text[16] === (check === 10 ? "X" : String(check));
};

/** 证书编号 */
export const isNumber = (text) => typeof text === "string" && /^[A-Z0-9]{8,40}$/.test(text);

/** Scores by component, one at least: out of a hundred, in tenths. */
export const areScores = (scores) =>
  isObject(scores) &&
  Object.keys(scores).length > 0 &&
  Object.entries(scores).every(
    ([of, score]) => vocabulary.components.some(({ code }) => code === of) && typeof score === "string" && /^(?:(?:0|[1-9]\d?)\.\d|100\.0)$/.test(score),
  );

/** GB/T 2260; only the province has to be one. */
export const isRegion = (text) => typeof text === "string" && /^\d{6}$/.test(text) && vocabulary.provinces.includes(text.slice(0, 2));

/** Whether what lies in `inner` lies in `outer`: a code that ends in zeros covers what it begins. */
export const covers = (outer, inner) => inner.startsWith(outer.replace(/^(\d\d)0000$/, "$1").replace(/^(\d{4})00$/, "$1"));

/** Not empty, at most 200 characters, NFC, without control, direction and zero-width characters. */
export const isPlain = (text) =>
  typeof text === "string" &&
  text !== "" &&
  [...text].length <= 200 &&
  text.normalize("NFC") === text &&
  !/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u.test(text);

/** A decimal number without sign or leading zero, at most `max`; else `null`. */
export const wholeNumber = (text, max) => {
  const value = typeof text === "string" && /^(?:0|[1-9]\d{0,15})$/.test(text) ? Number(text) : NaN;
  return value <= max ? value : null;
};
