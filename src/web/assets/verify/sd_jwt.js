// The coat `sd-jwt-vc`: a certificate as SD-JWT VC (RFC 9901), of which the holder chooses what to disclose.
// Exactly 20 digests, rising, so that their number and order tell nothing; no key binding.

import { canonical, equal, firstDifference } from "./canonical.js";
import { NotPresented, claimsFault } from "./claims.js";
import { InvalidDisclosures, process, readDisclosure, split } from "./disclosures.js";
import { base64Url, bytesOf, fromBase64Url, sha256, textOf } from "./encoding.js";
import { InvalidJwt, readJwt } from "./jwt.js";
import { disclosedClaims, mayBeKept, openClaims, readClaims } from "./sd_jwt_claims.js";
import { InvalidJson } from "./strict_json.js";

const COAT = "sd-jwt-vc";
const TYP = "dc+sd-jwt";
const BYTES_MAX = 32 * 1024;
const DIGESTS = 20;
const SALT_BYTES = 16;

const refuse = (code, place = null) => {
  throw new NotPresented(code, COAT, place);
};
const other = (place) => refuse("form-other", place);

const checkDigests = (payload) => {
  if (payload._sd_alg !== "sha-256") {
    refuse("form-disclosures");
  }
  const digests = payload._sd;
  const isDigest = (it) => typeof it === "string" && fromBase64Url(it)?.length === 32;
  const good = Array.isArray(digests) && digests.length === DIGESTS && digests.every(isDigest);
  if (!good || !digests.every((it, at) => at === 0 || digests[at - 1] < it)) {
    other("/_sd");
  }
};

/** Whether it is spelt as ours are: a salt of 128 bits, a claim that may be kept, canonical JSON. */
const isOurs = ({ text, salt, name, value }) => {
  const salted = fromBase64Url(salt)?.length === SALT_BYTES;
  return salted && name !== null && mayBeKept(name) && base64Url(bytesOf(canonical([salt, name, value]))) === text;
};

const read = async (bytes) => {
  if (bytes.length > BYTES_MAX) {
    refuse("form-too-large");
  }
  const { jwt, disclosures: spelt, keyBinding } = split(textOf(bytes) ?? "") ?? refuse("form-not-sd-jwt");
  const token = readJwt(jwt, TYP, BYTES_MAX);
  if (keyBinding !== "") {
    refuse("form-key-binding");
  }
  checkDigests(token.payload);
  const disclosures = [];
  for (const text of spelt) {
    disclosures.push(await readDisclosure(text));
  }
  const whole = process(token.payload, disclosures);
  const content = (await readClaims(whole)) ?? other("/");
  const fault = claimsFault(content.claims) ?? firstDifference(disclosedClaims(content), whole);
  if (fault !== null) {
    other(fault);
  }
  // Nothing that may be kept stands open, and nothing else is in a disclosure.
  const { _sd, _sd_alg, ...open } = token.payload;
  if (!equal(openClaims(content), open)) {
    other("/");
  }
  if (!disclosures.every(isOurs)) {
    other("/_sd");
  }
  const { claims, digest: proofDigest } = content;
  const [digest, holds] = [await sha256(bytesOf(jwt)), await token.holds()];
  return { coat: COAT, claims, keyId: token.keyId, holds, digest, proofDigest };
};

/** Reads a certificate and judges its signature under the key it names; throws `NotPresented`. */
export const readSdJwt = async (bytes) => {
  try {
    return await read(bytes);
  } catch (error) {
    if (error instanceof InvalidJson) {
      refuse(`form-${error.reason}`);
    }
    if (error instanceof InvalidJwt) {
      refuse(error.message);
    }
    throw error instanceof InvalidDisclosures ? new NotPresented("form-disclosures", COAT) : error;
  }
};
