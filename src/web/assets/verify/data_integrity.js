// Data Integrity proofs of the suite `eddsa-jcs-2022` (W3C vc-di-eddsa 1.0, section 3.3).
//
// Signed are 64 bytes: SHA-256(canonical proof without `proofValue`) ‖ SHA-256(canonical document without
// `proof`). One proof object of exactly seven members, `proof.@context` a copy of the document's.

import { canonicalSha256, equal, isObject } from "./canonical.js";
import { concat, signatureOf } from "./encoding.js";
import { keyOf, verify } from "./ed25519.js";
import { parseDateTime } from "./time.js";

/** Why a proof is not of the expected form: the code of the report's line. */
export class InvalidProof extends Error {}

const refuse = (code) => {
  throw new InvalidProof(code);
};

const MEMBERS = ["@context", "created", "cryptosuite", "proofPurpose", "proofValue", "type", "verificationMethod"];
const FIXED = { type: "DataIntegrityProof", cryptosuite: "eddsa-jcs-2022", proofPurpose: "assertionMethod" };

/** Takes the one proof off a document: `{document, config, signature, verificationMethod}`. */
export const detach = (signed) => {
  if (!isObject(signed) || !Object.hasOwn(signed, "proof")) {
    refuse("form-no-proof");
  }
  const { proof, ...document } = signed;
  if (!isObject(proof)) {
    refuse("form-proof");
  }
  for (const [name, expected] of Object.entries(FIXED)) {
    if (typeof proof[name] !== "string") {
      refuse("form-proof");
    }
    if (proof[name] !== expected) {
      refuse("form-other-suite");
    }
  }
  const { proofValue, ...config } = proof;
  const signature = typeof proofValue === "string" ? signatureOf(proofValue) : null;
  if (typeof proof.verificationMethod !== "string" || parseDateTime(proof.created) === null || signature === null) {
    refuse("form-proof");
  }
  const contexts = [proof, document].filter((it) => Object.hasOwn(it, "@context"));
  if (contexts.length === 1 || (contexts.length === 2 && !equal(proof["@context"], document["@context"]))) {
    refuse("form-proof-context");
  }
  if (!equal(Object.keys(proof).sort(), MEMBERS)) {
    refuse("form-proof");
  }
  return { document, config, signature, verificationMethod: proof.verificationMethod };
};

/** The key id of a verification method `DID#KEY`; `null` unless it names an acceptable key of the DID. */
export const keyIdOf = (verificationMethod, did) => {
  const id = verificationMethod.startsWith(`${did.text}#`) ? verificationMethod.slice(did.text.length + 1) : "";
  return keyOf(id) === null ? null : id;
};

/** SHA-256 of the canonical document, and whether the key signed it with its proof. */
export const judge = async ({ document, config, signature }, keyId) => {
  const digest = await canonicalSha256(document);
  const bytes = concat(await canonicalSha256(config), digest);
  return { digest, holds: await verify(keyOf(keyId), bytes, signature) };
};
