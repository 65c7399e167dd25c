// The canonical bytes of a JSON value (JCS, RFC 8785), and whether two values are the same.

import { bytesOf, sha256 } from "./encoding.js";

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** The canonical text. Numbers are safe integers here: nothing else is read, nothing else is made. */
export const canonical = (value) => {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(",")}]`;
  }
  if (isObject(value)) {
    // The order of RFC 8785 is that of UTF-16 units, as JavaScript sorts.
    const members = Object.keys(value).sort();
    return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
  }
  return JSON.stringify(value);
};

export const canonicalSha256 = (value) => sha256(bytesOf(canonical(value)));

export const equal = (a, b) => {
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, at) => equal(item, b[at]));
  }
  if (isObject(a)) {
    const names = Object.keys(a);
    return isObject(b) && names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && equal(a[name], b[name]));
  }
  return a === b;
};

/**
 * Where two values first differ, as a JSON pointer made of the expected value's names only: the other's
 * are a stranger's text. `null` if they are the same.
 */
export const firstDifference = (expected, actual) => {
  if (equal(expected, actual)) {
    return null;
  }
  let names = [];
  if (isObject(expected) && isObject(actual)) {
    names = Object.keys(expected).sort();
  } else if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    names = expected.keys();
  }
  for (const name of names) {
    if (!Object.hasOwn(actual, name)) {
      return `/${name}`;
    }
    const inner = firstDifference(expected[name], actual[name]);
    if (inner !== null) {
      return `/${name}${inner}`;
    }
  }
  return "/";
};
