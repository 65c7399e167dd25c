// The coat `qr`: a certificate as a CWT (RFC 8392) in a COSE_Sign1 (RFC 9052), EdDSA with Ed25519. First the
// frame, then the spelling of the claims, then what they say: each is accepted only if the bytes made again
// from what was read are the same.

import { CborMap, decode, encode } from "./cbor.js";
import { NotPresented } from "./claims.js";
import { keyIsSafe, multikeyOf, verify } from "./ed25519.js";
import { concat, same, sha256 } from "./encoding.js";
import { encodeContents, readContents } from "./qr_contents.js";
import { coseOf } from "./qr_text.js";

const COAT = "qr";
const QR_BYTES_MAX = 4096;
// Header members: alg (EdDSA), kid, typ (RFC 9596: CWT); and the tag of a COSE_Sign1.
const [ALG, KID, TYP] = [1, 4, 16];
const [EDDSA, CWT] = [-8, 61];
const TAG = 0xd2;
const NONE = new Uint8Array();

const protectedOf = (key) => {
  const members = [
    [ALG, EDDSA],
    [KID, key],
    [TYP, CWT],
  ];
  return encode(new CborMap(members));
};

const frameOf = ({ key, payload, signature }) =>
  concat(Uint8Array.of(TAG), encode([protectedOf(key), new CborMap([]), payload, signature]));

/** The Sig_structure (RFC 9052 section 4.4): what is signed. */
const toBeSigned = ({ key, payload }) => encode(["Signature1", protectedOf(key), NONE, payload]);

/** `{key, payload, signature}` of the one frame there is; `null` for other bytes. */
const readFrame = (bytes) => {
  const parts = bytes[0] === TAG ? decode(bytes.subarray(1)) : undefined;
  const [head, , payload, signature] = Array.isArray(parts) && parts.length === 4 ? parts : [];
  const header = head instanceof Uint8Array ? decode(head) : undefined;
  const key = header instanceof CborMap ? header.get(KID) : undefined;
  const isBytes = (value, length = value?.length) => value instanceof Uint8Array && value.length === length;
  if (!isBytes(key, 32) || !isBytes(payload) || !isBytes(signature, 64)) {
    return null;
  }
  const frame = { key, payload, signature };
  return same(frameOf(frame), bytes) ? frame : null;
};

/** Reads a certificate and judges its signature under the key it names; throws `NotPresented`. */
export const readQr = async (file) => {
  const bytes = coseOf(file);
  const refuse = (code) => {
    throw new NotPresented(code, COAT);
  };
  if (bytes.length > QR_BYTES_MAX) {
    refuse("form-too-large");
  }
  const frame = readFrame(bytes) ?? refuse("form-not-qr");
  if (!keyIsSafe(frame.key)) {
    refuse("form-qr-key");
  }
  const value = decode(frame.payload) ?? refuse("form-spelling");
  const contents = readContents(value);
  if (!same(encodeContents(contents), frame.payload)) {
    refuse("form-spelling");
  }
  const holds = await verify(frame.key, toBeSigned(frame), frame.signature);
  const { claims, prefix } = contents;
  return { coat: COAT, claims, keyId: multikeyOf(frame.key), holds, digest: await sha256(bytes), proofDigest: prefix };
};
