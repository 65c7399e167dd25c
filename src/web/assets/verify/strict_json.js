// JSON read strictly, for bytes that a stranger hands in.
//
// Refused though RFC 8259 allows them: duplicate member names, numbers with a fraction or an exponent,
// integers beyond ±(2^53 − 1), nesting deeper than 32. Lone surrogates, a byte order mark and anything
// after the value are refused too. Objects have no prototype, so no name in them means anything else.

import { textOf } from "./encoding.js";

const DEPTH_MAX = 32;

/** Why bytes were not read: `too-large`, `not-json`, `duplicate-key`, `unsafe-number`, `too-deep`. */
export class InvalidJson extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

const refuse = (reason) => {
  throw new InvalidJson(reason);
};

const ESCAPED = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const code = (char) => char.charCodeAt(0);
const [QUOTE, BACKSLASH, MINUS, ZERO, NINE] = ['"', "\\", "-", "0", "9"].map(code);

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  peek() {
    while ([0x20, 0x09, 0x0a, 0x0d].includes(this.bytes[this.at])) {
      this.at += 1;
    }
    return this.at < this.bytes.length ? String.fromCharCode(this.bytes[this.at]) : "";
  }

  take(char) {
    if (this.peek() !== char) {
      refuse("not-json");
    }
    this.at += 1;
  }

  value(depth) {
    switch (this.peek()) {
      case "{":
        return this.object(depth);
      case "[":
        return this.array(depth);
      case '"':
        return this.string();
      case "t":
        return this.word("true", true);
      case "f":
        return this.word("false", false);
      case "n":
        return this.word("null", null);
      default:
        return this.number();
    }
  }

  word(word, value) {
    for (const char of word) {
      if (this.bytes[this.at] !== code(char)) {
        refuse("not-json");
      }
      this.at += 1;
    }
    return value;
  }

  object(depth) {
    if (depth === DEPTH_MAX) {
      refuse("too-deep");
    }
    this.take("{");
    const object = Object.create(null);
    if (this.peek() === "}") {
      this.at += 1;
      return object;
    }
    for (;;) {
      if (this.peek() !== '"') {
        refuse("not-json");
      }
      const name = this.string();
      this.take(":");
      const value = this.value(depth + 1);
      if (name in object) {
        refuse("duplicate-key");
      }
      object[name] = value;
      if (this.peek() !== ",") {
        this.take("}");
        return object;
      }
      this.at += 1;
    }
  }

  array(depth) {
    if (depth === DEPTH_MAX) {
      refuse("too-deep");
    }
    this.take("[");
    const array = [];
    if (this.peek() === "]") {
      this.at += 1;
      return array;
    }
    for (;;) {
      array.push(this.value(depth + 1));
      if (this.peek() !== ",") {
        this.take("]");
        return array;
      }
      this.at += 1;
    }
  }

  string() {
    this.at += 1;
    let text = "";
    let from = this.at;
    const flush = () => {
      const part = textOf(this.bytes.subarray(from, this.at));
      return part ?? refuse("not-json");
    };
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === undefined || byte < 0x20) {
        refuse("not-json");
      }
      if (byte === QUOTE) {
        text += flush();
        this.at += 1;
        return text;
      }
      if (byte === BACKSLASH) {
        text += flush();
        text += this.escape();
        from = this.at;
      } else {
        this.at += 1;
      }
    }
  }

  escape() {
    const char = String.fromCharCode(this.bytes[this.at + 1] ?? 0);
    this.at += 2;
    if (char !== "u") {
      return ESCAPED[char] ?? refuse("not-json");
    }
    const unit = this.unit();
    if (unit < 0xd800 || unit > 0xdfff) {
      return String.fromCharCode(unit);
    }
    // A pair of surrogates, or nothing.
    const follows = this.bytes[this.at] === BACKSLASH && this.bytes[this.at + 1] === code("u");
    if (unit > 0xdbff || !follows) {
      refuse("not-json");
    }
    this.at += 2;
    const low = this.unit();
    return low >= 0xdc00 && low <= 0xdfff ? String.fromCharCode(unit, low) : refuse("not-json");
  }

  unit() {
    const digits = String.fromCharCode(...this.bytes.subarray(this.at, this.at + 4));
    if (!/^[0-9A-Fa-f]{4}$/.test(digits)) {
      refuse("not-json");
    }
    this.at += 4;
    return parseInt(digits, 16);
  }

  number() {
    const from = this.at;
    const digit = () => this.bytes[this.at] >= ZERO && this.bytes[this.at] <= NINE;
    if (this.bytes[this.at] === MINUS) {
      this.at += 1;
    }
    if (!digit()) {
      refuse("not-json");
    }
    // Whatever may belong to a number; the grammar is checked on the whole.
    while (digit() || [".", "e", "E", "+", "-"].some((char) => this.bytes[this.at] === code(char))) {
      this.at += 1;
    }
    const text = String.fromCharCode(...this.bytes.subarray(from, Math.min(this.at, from + 1000)));
    const value = Number(text);
    if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) || !Number.isFinite(value)) {
      refuse("not-json");
    }
    if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value) || Object.is(value, -0)) {
      refuse("unsafe-number");
    }
    return value;
  }
}

/** Reads one JSON value of at most `bytesMax` bytes. */
export const parse = (bytes, bytesMax) => {
  if (bytes.length > bytesMax) {
    refuse("too-large");
  }
  const reader = new Reader(bytes);
  const value = reader.value(0);
  if (reader.peek() !== "") {
    refuse("not-json");
  }
  return value;
};
