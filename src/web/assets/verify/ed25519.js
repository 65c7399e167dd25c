// Ed25519, strictly: the browser's own check (WebCrypto), and in front of it what browsers leave open.
//
// Refused whatever the browser says: a key or R that is not the one encoding of its point, a key or R
// of small order, a key with a part of small order, S not below the order of the group. What is left is
// accepted or refused alike by every library, and by the command line's `verify_strict`.

import { base58, concat, fromBase58, hex } from "./encoding.js";

const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (a) => ((a % P) + P) % P;
const power = (base, exponent) => {
  let result = 1n;
  for (let b = mod(base), e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) {
      result = (result * b) % P;
    }
    b = (b * b) % P;
  }
  return result;
};
const D = mod(-121665n * power(121666n, P - 2n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);

// The canonical encodings of the eight points of small order; their six other encodings are not
// canonical (`decode` refuses those).
const SMALL_ORDER = new Set([
  "0100000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0000000000000000000000000000000000000000000000000000000000000080",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
]);

const littleEndian = (bytes) => BigInt(`0x${hex(Uint8Array.from(bytes).reverse())}`);

/** The point of 32 bytes (RFC 8032 section 5.1.3) as [x, y]; `null` if they are not its one encoding. */
const decode = (bytes) => {
  const whole = littleEndian(bytes);
  const sign = whole >> 255n;
  const y = whole & (2n ** 255n - 1n);
  if (y >= P) {
    return null;
  }
  const [u, v] = [mod(y * y - 1n), mod(D * y * y + 1n)];
  let x = mod(u * v ** 3n * power(u * v ** 7n, (P - 5n) / 8n));
  const square = mod(v * x * x);
  if (square === mod(-u)) {
    x = mod(x * ROOT_OF_MINUS_ONE);
  } else if (square !== u) {
    return null;
  }
  if (x === 0n && sign === 1n) {
    return null;
  }
  return [(x & 1n) === sign ? x : P - x, y];
};

// Extended coordinates (X : Y : Z : T), one formula for sums and doubles.
const add = ([x1, y1, z1, t1], [x2, y2, z2, t2]) => {
  const a = (y1 - x1) * (y2 - x2);
  const b = (y1 + x1) * (y2 + x2);
  const c = 2n * t1 * D * t2;
  const d = 2n * z1 * z2;
  const [e, f, g, h] = [mod(b - a), mod(d - c), mod(d + c), mod(b + a)];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
};
const times = (point, scalar) => {
  let sum = [0n, 1n, 1n, 0n];
  for (let p = point, s = scalar; s > 0n; s >>= 1n) {
    if (s & 1n) {
      sum = add(sum, p);
    }
    p = add(p, p);
  }
  return sum;
};

const judged = new Map();

/** Whether a key may be accepted at all: canonical, not of small order, free of torsion. */
export const keyIsSafe = (bytes) => {
  const name = hex(bytes);
  if (!judged.has(name)) {
    const point = bytes.length === 32 && !SMALL_ORDER.has(name) ? decode(bytes) : null;
    const [x, y, z] = point === null ? [1n, 0n, 1n] : times([...point, 1n, mod(point[0] * point[1])], ORDER);
    judged.set(name, x === 0n && y === z);
  }
  return judged.get(name);
};

/** The 32 bytes of a Multikey (`z6Mk…`); `null` if it is none. */
export const multikeyBytes = (id) => {
  if (!id.startsWith("z") || id.length > 65) {
    return null;
  }
  const bytes = fromBase58(id.slice(1));
  const isKey = bytes !== null && bytes.length === 34 && bytes[0] === 0xed && bytes[1] === 0x01;
  return isKey ? bytes.slice(2) : null;
};

/** The Multikey of 32 bytes. */
export const multikeyOf = (key) => `z${base58(concat(Uint8Array.of(0xed, 0x01), key))}`;

/** The same as `multikeyBytes`, if it is a key to accept. */
export const keyOf = (id) => {
  const key = multikeyBytes(id);
  return key !== null && keyIsSafe(key) ? key : null;
};

/** Whether this browser can check Ed25519 at all: not on plain http, and not every browser. */
export const canVerify = async () => {
  try {
    // RFC 8032 section 7.1, test 2.
    const hexed = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
    const key = hexed("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const signature = hexed(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    );
    return (await verify(key, Uint8Array.of(0x72), signature)) && !(await verify(key, Uint8Array.of(0x73), signature));
  } catch {
    return false;
  }
};

/** Whether the key is acceptable and the signature holds over exactly these bytes. */
export const verify = async (key, message, signature) => {
  if (signature.length !== 64 || !keyIsSafe(key)) {
    return false;
  }
  const r = signature.slice(0, 32);
  if (SMALL_ORDER.has(hex(r)) || decode(r) === null || littleEndian(signature.slice(32)) >= ORDER) {
    return false;
  }
  const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
};
