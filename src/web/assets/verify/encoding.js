// Bytes and their spellings: UTF-8, hexadecimal, base64, base64url, base58btc. Each is read in its
// one canonical spelling; anything else is `null`.

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();
const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** The text of UTF-8 bytes; `null` if they are not. */
export const textOf = (bytes) => {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
};

export const bytesOf = (text) => encoder.encode(text);

export const concat = (...parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

export const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Reads lower-case hexadecimal digits. */
export const fromHex = (text) => {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) {
    return null;
  }
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
};

export const base64 = (bytes) => {
  let text = "";
  for (const byte of bytes) {
    text += String.fromCharCode(byte);
  }
  return btoa(text);
};

/** Reads base64 with its padding (RFC 4648 section 4). */
export const fromBase64 = (text) => {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) {
    return null;
  }
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  // The last character may hold bits that belong to no byte.
  return base64(bytes) === text ? bytes : null;
};

/** Reads base64url without padding (RFC 4648 section 5). */
export const fromBase64Url = (text) => {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) {
    return null;
  }
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  return fromBase64(plain + "=".repeat((4 - (plain.length % 4)) % 4));
};

/** Base64url without padding. */
export const base64Url = (bytes) => base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** Reads base58btc in the alphabet of Bitcoin. Short texts only: it takes the square of their length. */
export const fromBase58 = (text) => {
  const digits = [];
  for (const char of text) {
    let carry = BASE58.indexOf(char);
    if (carry < 0) {
      return null;
    }
    for (let at = 0; at < digits.length; at += 1) {
      carry += digits[at] * 58;
      digits[at] = carry & 255;
      carry >>= 8;
    }
    while (carry > 0) {
      digits.push(carry & 255);
      carry >>= 8;
    }
  }
  const zeros = /^1*/.exec(text)[0].length;
  return Uint8Array.from([...new Array(zeros).fill(0), ...digits.reverse()]);
};

/** Base58btc. Short bytes only: it takes the square of their number. */
export const base58 = (bytes) => {
  const digits = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let at = 0; at < digits.length; at += 1) {
      carry += digits[at] << 8;
      digits[at] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    while (carry > 0) {
      digits.push(carry % 58);
      carry = Math.floor(carry / 58);
    }
  }
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return "1".repeat(zeros < 0 ? bytes.length : zeros) + digits.reverse().map((digit) => BASE58[digit]).join("");
};

/** Reads 64 bytes in base58btc multibase: `z…`. */
export const signatureOf = (text) => {
  if (!text.startsWith("z") || text.length > 91) {
    return null;
  }
  const bytes = fromBase58(text.slice(1));
  return bytes !== null && bytes.length === 64 ? bytes : null;
};

export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
