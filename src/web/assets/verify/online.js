// What is fetched from this site, and what it is told: the digest of a certificate, for its proof, and
// the public id of the body that gave it, for the newest status lists. Nothing of the certificate's
// content, and nothing to any other site.

import { hex } from "./encoding.js";

const PATIENCE = 8000;

/** The bytes at a path of this site; `null` if it has none, `undefined` if there is no network. */
export const fetchBytes = async (path) => {
  let response;
  try {
    response = await fetch(path, { signal: AbortSignal.timeout(PATIENCE), credentials: "omit" });
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  } catch {
    return undefined;
  }
};

/** The proof of the certificate with this digest, or half of it. */
export const fetchProof = (digest) => fetchBytes(`/v1/certificates/proofs/${hex(digest)}`);

/** The newest status lists of the certificate, as many as this site has. */
export const fetchStatus = async ({ did, status }) => {
  const kinds = ["revocation", "suspension", "details"];
  const paths = kinds.map((kind) => `/bodies/${did.publicId}/status/${status.list}-${kind}.json`);
  const documents = await Promise.all(paths.map(fetchBytes));
  return documents.filter((bytes) => bytes);
};
