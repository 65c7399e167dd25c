// Data Integrity proofs of the suites `eddsa-jcs-2022` and `eddsa-rdfc-2022` (W3C vc-di-eddsa 1.0, sections
// 3.3 and 3.2).
//
// Signed are 64 bytes: SHA-256(canonical proof without `proofValue`) ‖ SHA-256(canonical document without
// `proof`). Canonical is JSON (RFC 8785) in the one suite, with `proof.@context` a copy of the document's; in
// the other it is N-Quads, and the proof has no `@context`. One proof object of exactly the known members.

import { canonicalSha256, equal, isObject } from "./canonical.js";
import { keyOf, verify } from "./ed25519.js";
import { bytesOf, concat, sha256, signatureOf } from "./encoding.js";
import { documentStatements, proofStatements } from "./statements.js";
import { parseDateTime } from "./time.js";

/** Why a proof is not of the expected form: the code of the report's line. */
export class InvalidProof extends Error {}

const refuse = (code) => {
  throw new InvalidProof(code);
};

/** Of a proof, sorted; under `eddsa-jcs-2022` also `@context`, which sorts before them. */
const MEMBERS = ["created", "cryptosuite", "proofPurpose", "proofValue", "type", "verificationMethod"];
export const JCS = "eddsa-jcs-2022";
export const RDFC = "eddsa-rdfc-2022";

/** Takes the one proof, of one of these suites, off a document: `{document, config, signature, verificationMethod}`. */
export const detach = (signed, suites) => {
  if (!isObject(signed) || !Object.hasOwn(signed, "proof")) {
    refuse("form-no-proof");
  }
  const { proof, ...document } = signed;
  if (!isObject(proof)) {
    refuse("form-proof");
  }
  const known = { type: ["DataIntegrityProof"], cryptosuite: suites, proofPurpose: ["assertionMethod"] };
  for (const [name, expected] of Object.entries(known)) {
    if (typeof proof[name] !== "string") {
      refuse("form-proof");
    }
    if (!expected.includes(proof[name])) {
      refuse("form-other-suite");
    }
  }
  const { proofValue, ...config } = proof;
  const signature = typeof proofValue === "string" ? signatureOf(proofValue) : null;
  if (typeof proof.verificationMethod !== "string" || parseDateTime(proof.created) === null || signature === null) {
    refuse("form-proof");
  }
  const wanted = proof.cryptosuite === JCS ? document["@context"] : undefined;
  if (!equal(proof["@context"], wanted)) {
    refuse("form-proof-context");
  }
  const members = proof.cryptosuite === JCS ? ["@context", ...MEMBERS] : MEMBERS;
  if (!equal(Object.keys(proof).sort(), members)) {
    refuse("form-proof");
  }
  return { document, config, signature, verificationMethod: proof.verificationMethod };
};

/** The key id of a verification method `DID#KEY`; `null` unless it names an acceptable key of the DID. */
export const keyIdOf = (verificationMethod, did) => {
  const id = verificationMethod.startsWith(`${did.text}#`) ? verificationMethod.slice(did.text.length + 1) : "";
  return keyOf(id) === null ? null : id;
};

/**
 * SHA-256 of the canonical JSON of the document, whatever the suite, and whether the key signed it with its
 * proof. Throws `NoStatements` where it has none.
 */
export const judge = async ({ document, config, signature }, keyId) => {
  const digest = await canonicalSha256(document);
  const hashed =
    config.cryptosuite === RDFC
      ? await Promise.all([proofStatements(config), documentStatements(document)].map((text) => sha256(bytesOf(text))))
      : [await canonicalSha256(config), digest];
  return { digest, holds: await verify(keyOf(keyId), concat(...hashed), signature) };
};
