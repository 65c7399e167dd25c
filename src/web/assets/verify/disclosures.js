// Selective disclosure (RFC 9901): a token and its disclosures, and the payload that they give together. A
// disclosure is base64url of `[salt, name, value]`, of an array's element `[salt, value]`; the digest that
// speaks of it stands in `_sd` of its object, or in `{"...": digest}` in its place in an array.

import { isObject } from "./canonical.js";
import { base64Url, bytesOf, fromBase64Url, sha256 } from "./encoding.js";
import { parse } from "./strict_json.js";

const DISCLOSURES_MAX = 64;
const DISCLOSURE_BYTES_MAX = 16 * 1024;
/** Deepest nesting of a payload with its disclosures in place. */
const DEPTH_MAX = 64;
const [SD, SD_ALG, ELEMENT] = ["_sd", "_sd_alg", "..."];

/** A payload and disclosures that do not fit together, or are none. */
export class InvalidDisclosures extends Error {}

const refuse = () => {
  throw new InvalidDisclosures();
};

/** `{jwt, disclosures, keyBinding}`, each as it is spelt; `null` if it is no SD-JWT in compact form. */
export const split = (text) => {
  const [jwt, ...disclosures] = text.split("~");
  const keyBinding = disclosures.pop();
  return keyBinding === undefined || disclosures.length > DISCLOSURES_MAX ? null : { jwt, disclosures, keyBinding };
};

/** `{text, salt, name, value, digest}`; `name` is null for an element. Throws what `parse` throws, too. */
export const readDisclosure = async (text) => {
  const content = parse(fromBase64Url(text) ?? refuse(), DISCLOSURE_BYTES_MAX);
  const ofMember = Array.isArray(content) && content.length === 3;
  const ofElement = Array.isArray(content) && content.length === 2;
  const [salt, name] = ofMember || ofElement ? content : [];
  if (typeof salt !== "string" || (ofMember && typeof name !== "string")) {
    refuse();
  }
  const digest = base64Url(await sha256(bytesOf(text)));
  return { text, salt, name: ofMember ? name : null, value: content.at(-1), digest };
};

class Processing {
  constructor(disclosures) {
    this.atHand = new Map(disclosures.map((it) => [it.digest, it]));
    this.seen = new Set();
    this.used = 0;
  }

  value(value, depth) {
    if (depth > DEPTH_MAX) {
      refuse();
    }
    if (Array.isArray(value)) {
      return this.array(value, depth + 1);
    }
    return isObject(value) ? this.object(value, depth + 1) : value;
  }

  object(object, depth) {
    const digests = Object.hasOwn(object, SD) ? object[SD] : [];
    if (Object.hasOwn(object, ELEMENT) || !Array.isArray(digests)) {
      refuse();
    }
    const whole = Object.create(null);
    for (const [name, value] of Object.entries(object).filter(([it]) => it !== SD)) {
      whole[name] = this.value(value, depth);
    }
    for (const digest of digests) {
      const disclosure = this.disclosed(digest);
      if (disclosure === undefined) {
        continue;
      }
      const { name, value } = disclosure;
      if (name === null || name === SD || name === ELEMENT || Object.hasOwn(whole, name)) {
        refuse();
      }
      whole[name] = this.value(value, depth);
    }
    return whole;
  }

  array(array, depth) {
    const whole = [];
    for (const element of array) {
      if (!isObject(element) || !Object.hasOwn(element, ELEMENT)) {
        whole.push(this.value(element, depth));
        continue;
      }
      const disclosure = Object.keys(element).length === 1 ? this.disclosed(element[ELEMENT]) : refuse();
      if (disclosure !== undefined) {
        whole.push(disclosure.name === null ? this.value(disclosure.value, depth) : refuse());
      }
    }
    return whole;
  }

  /** The disclosure a digest speaks of, if it is at hand. */
  disclosed(digest) {
    if (typeof digest !== "string" || this.seen.has(digest)) {
      refuse();
    }
    this.seen.add(digest);
    const found = this.atHand.get(digest);
    this.used += found === undefined ? 0 : 1;
    return found;
  }
}

/** The payload with every disclosure in its place and without digests (section 7.1, step 3). */
export const process = (payload, disclosures) => {
  const processing = new Processing(disclosures);
  if (payload[SD_ALG] !== "sha-256" || processing.atHand.size !== disclosures.length) {
    refuse();
  }
  const whole = processing.value(payload, 0);
  if (processing.used !== disclosures.length) {
    refuse();
  }
  delete whole[SD_ALG];
  return whole;
};
