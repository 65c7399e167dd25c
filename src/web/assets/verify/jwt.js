// JSON Web Signatures in compact form (RFC 7515), as a certificate's token is made: HEADER.PAYLOAD.SIGNATURE,
// the header exactly `alg`, `kid` and `typ`, header and payload canonical JSON, Ed25519.

import { canonical, isObject } from "./canonical.js";
import { keyOf, verify } from "./ed25519.js";
import { base64Url, bytesOf, fromBase64Url } from "./encoding.js";
import { parse } from "./strict_json.js";

/** Why a text is no such token: the code of the report's line. */
export class InvalidJwt extends Error {}

const refuse = (code) => {
  throw new InvalidJwt(code);
};

/**
 * A token of the media type `typ` as `{keyId, payload, holds}`, `holds` a function that judges the
 * signature. Throws `InvalidJwt` or `InvalidJson`.
 */
export const readJwt = (text, typ, bytesMax) => {
  const parts = text.split(".").map(fromBase64Url);
  const [head, body, signature] = parts;
  if (parts.length !== 3 || parts.includes(null) || signature.length !== 64) {
    refuse("form-not-sd-jwt");
  }
  const header = parse(head, bytesMax);
  const payload = parse(body, bytesMax);
  const { alg, kid, typ: type } = isObject(header) ? header : {};
  const key = typeof kid === "string" ? keyOf(kid) : null;
  if (alg !== "EdDSA" || type !== typ || !isObject(payload) || key === null) {
    refuse("form-other-token");
  }
  const written = [{ alg, kid, typ }, payload].map((it) => base64Url(bytesOf(canonical(it)))).join(".");
  if (`${written}.${base64Url(signature)}` !== text) {
    refuse("form-spelling");
  }
  return { keyId: kid, payload, holds: () => verify(key, bytesOf(written), signature) };
};
