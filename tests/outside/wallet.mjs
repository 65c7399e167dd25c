// node wallet.mjs CASES
//
// CASES is JSON: {"issuer": URL, "at": URL, "cases": [{"offer", "txCode", "configuration", "change"}…]}.
// @openid4vc/openid4vci, as a wallet, takes each offer to its credential; what it would fetch from
// `issuer` it fetches from `at`. `change` is null or {"path", "member", "value"}: the answer of that
// path has its member replaced (a null value: taken out). One JSON line a case:
// {"accepted","reason","credential"}.
import {clientAuthenticationAnonymous, setGlobalConfig} from '@openid4vc/oauth2';
import {Openid4vciClient} from '@openid4vc/openid4vci';
import fs from 'node:fs';

setGlobalConfig({allowInsecureUrls: false});
const {issuer, at, cases} = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const never = async () => {
  throw new Error('nothing is signed, hashed or encrypted in this flow');
};

function wallet(change) {
  const fetchChanged = async (address, options) => {
    const url = new URL(address);
    if(url.origin !== issuer) {
      throw new Error(`another place: ${url.origin}`);
    }
    const answer = await fetch(at + url.pathname + url.search, options);
    if(!change || url.pathname !== change.path) {
      return answer;
    }
    const body = await answer.json();
    if(change.value === null) {
      delete body[change.member];
    } else {
      body[change.member] = change.value;
    }
    return new Response(JSON.stringify(body), {status: answer.status, headers: answer.headers});
  };
  const callbacks = {
    fetch: fetchChanged,
    hash: never,
    signJwt: never,
    verifyJwt: never,
    decryptJwe: never,
    encryptJwe: never,
    generateRandom: never,
    clientAuthentication: clientAuthenticationAnonymous()
  };
  return new Openid4vciClient({callbacks});
}

for(const {offer, txCode, configuration, change} of cases) {
  let credential = null;
  let reason = null;
  try {
    const client = wallet(change);
    const credentialOffer = await client.resolveCredentialOffer(offer);
    const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
    if(!credentialOffer.credential_configuration_ids.includes(configuration)) {
      throw new Error('not offered');
    }
    const {accessTokenResponse} = await client.retrievePreAuthorizedCodeAccessTokenFromOffer(
      {credentialOffer, issuerMetadata, txCode: txCode ?? undefined});
    const {credentialResponse} = await client.retrieveCredentials({
      issuerMetadata,
      accessToken: accessTokenResponse.access_token,
      credentialConfigurationId: configuration
    });
    credential = credentialResponse.credentials[0].credential;
  } catch(e) {
    reason = `${e.name}: ${e.message}`;
  }
  console.log(JSON.stringify({accepted: reason === null, reason, credential}));
}
