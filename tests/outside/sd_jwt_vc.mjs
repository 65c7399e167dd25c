// node sd_jwt_vc.mjs CASES
//
// CASES is JSON: {"documents": {URL: text or object}, "keys": {ISSUER: metadata}, "cases": [SD-JWT…]}.
// One JSON line a case: {"accepted","reason","presented"}. Accepted means that @sd-jwt/sd-jwt-vc
// verifies signature, disclosures, type metadata and status. `presented` is what this library, as
// a wallet, shows of it when asked for name and number alone. Nothing is fetched.
import {SDJwtVcInstance} from '@sd-jwt/sd-jwt-vc';
import {createHash, createPublicKey, verify as check} from 'node:crypto';
import fs from 'node:fs';

const {documents, keys, cases} = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const at = url => {
  if(documents[url] === undefined) {
    throw new Error(`not at hand: ${url}`);
  }
  return documents[url];
};
const decode = part => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));

// Finds the key as the draft says: by issuer, in its metadata, by `kid`.
async function verifier(data, signature) {
  const [header, payload] = data.split('.').map(decode);
  const metadata = keys[payload.iss];
  if(metadata?.issuer !== payload.iss || header.alg !== 'EdDSA') {
    return false;
  }
  const jwk = metadata.jwks.keys.find(key => key.kid === header.kid);
  if(!jwk) {
    return false;
  }
  const key = createPublicKey({key: jwk, format: 'jwk'});
  return check(null, Buffer.from(data), key, Buffer.from(signature, 'base64url'));
}

const reader = new SDJwtVcInstance({
  verifier,
  hasher: (data, alg) => createHash(alg.replace('-', '')).update(data).digest(),
  hashAlg: 'sha-256',
  statusListFetcher: async uri => at(uri),
  statusValidator: async status => {
    if(status !== 0) {
      throw new Error(`status ${status}`);
    }
  },
  vctFetcher: async uri => at(uri),
  loadTypeMetadataFormat: true
});

for(const text of cases) {
  let accepted = false;
  let reason = null;
  let presented = null;
  try {
    const {payload, header} = await reader.verify(text);
    if(header.typ !== 'dc+sd-jwt') {
      throw new Error('another typ');
    }
    accepted = payload.iss !== undefined;
    const wanted = {};
    for(const name of ['holder_name', 'certificate_number']) {
      if(payload[name] !== undefined) {
        wanted[name] = true;
      }
    }
    presented = await reader.present(text, wanted);
  } catch(e) {
    accepted = false;
    reason = e.message;
  }
  console.log(JSON.stringify({accepted, reason, presented}));
}
