// CBOR (RFC 8949) as far as certificates use it: integers, byte strings, texts, arrays, maps, in their one
// spelling (section 4.2.1: shortest heads, definite lengths). The order and the number of a map's keys is
// for whoever reads it to judge, by writing it again.
//
// Integers beyond ±(2^53 − 1) are read as BigInt: nothing here has them.

import { bytesOf, concat, textOf } from "./encoding.js";

/** Deepest that arrays and maps stand in one another. */
const DEPTH_MAX = 3;
const [UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP] = [0, 1, 2, 3, 4, 5];
/** After what additional information the argument follows, in how many bytes. */
const WIDTHS = { 24: 1, 25: 2, 26: 4, 27: 8 };

/** A map as its pairs, in their order. */
export class CborMap {
  constructor(pairs) {
    this.pairs = pairs;
  }

  /** The first value under an integer key; `undefined` if there is none. */
  get(key) {
    return this.pairs.find(([it]) => it === key)?.[1];
  }
}

class Refused extends Error {}
const refuse = () => {
  throw new Refused();
};

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  take(length) {
    if (length > this.bytes.length - this.at) {
      refuse();
    }
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** An argument of so many bytes that fewer could not hold. */
  argument(width) {
    const value = this.take(width).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    const least = width === 1 ? 24n : 1n << BigInt(4 * width);
    return value < least ? refuse() : value;
  }

  head() {
    const [first] = this.take(1);
    const [major, low] = [first >> 5, first & 31];
    if (low < 24) {
      return [major, low];
    }
    const wide = this.argument(WIDTHS[low] ?? refuse());
    return [major, wide <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(wide) : wide];
  }

  value(depth) {
    const [major, argument] = this.head();
    const items = (count) => {
      // Every item has one byte at least.
      if (depth === DEPTH_MAX || count > this.bytes.length - this.at) {
        refuse();
      }
      return Array.from({ length: Number(count) }, () => this.value(depth + 1));
    };
    switch (major) {
      case UNSIGNED:
        return argument;
      case NEGATIVE:
        return typeof argument === "bigint" || argument === Number.MAX_SAFE_INTEGER ? -1n - BigInt(argument) : -1 - argument;
      case BYTES:
        return this.take(argument);
      case TEXT:
        return textOf(this.take(argument)) ?? refuse();
      case ARRAY:
        return items(argument);
      case MAP: {
        const flat = items(typeof argument === "bigint" ? refuse() : argument * 2);
        return new CborMap(Array.from({ length: argument }, (_, at) => [flat[2 * at], flat[2 * at + 1]]));
      }
      default:
        return refuse();
    }
  }
}

/** The value of bytes in their one spelling; `undefined` for other bytes. */
export const decode = (bytes) => {
  const reader = new Reader(bytes);
  try {
    const value = reader.value(0);
    return reader.at === bytes.length ? value : undefined;
  } catch (error) {
    if (error instanceof Refused) {
      return undefined;
    }
    throw error;
  }
};

const head = (major, argument) => {
  const wide = BigInt(argument);
  const width = wide < 24n ? 0 : [1, 2, 4, 8].find((it) => wide < 1n << BigInt(8 * it));
  const low = width === 0 ? Number(wide) : 24 + [1, 2, 4, 8].indexOf(width);
  const rest = Array.from({ length: width }, (_, at) => Number((wide >> BigInt(8 * (width - 1 - at))) & 255n));
  return Uint8Array.of((major << 5) | low, ...rest);
};

/** The bytes of a value: an integer, bytes, a text, an array, a `CborMap`. */
export const encode = (value) => {
  if (typeof value === "number" || typeof value === "bigint") {
    return value < 0 ? head(NEGATIVE, -1n - BigInt(value)) : head(UNSIGNED, value);
  }
  if (value instanceof Uint8Array) {
    return concat(head(BYTES, value.length), value);
  }
  if (typeof value === "string") {
    const text = bytesOf(value);
    return concat(head(TEXT, text.length), text);
  }
  if (Array.isArray(value)) {
    return concat(head(ARRAY, value.length), ...value.map(encode));
  }
  return concat(head(MAP, value.pairs.length), ...value.pairs.flat().map(encode));
};
