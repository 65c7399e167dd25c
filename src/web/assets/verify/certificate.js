// The coats `vc-json`, `vc-json-rdfc` and `vc-json-scores`: W3C VC 2.0 and Open Badge 3.0, proof
// `eddsa-jcs-2022` or `eddsa-rdfc-2022`; docs/formats.md says what stands where. A document is accepted only if the claims read
// from it, written again, give the same document: nothing can hide in a member that nobody looks at.

import { alignment, face, readAchievement } from "./attainment.js";
import { equal, firstDifference, isObject } from "./canonical.js";
import { NotPresented, claimsFault, isRandomUuid } from "./claims.js";
import { areScores, isCreditCode, isNumber, isRegion, wholeNumber } from "./codes.js";
import { fromHex, hex } from "./encoding.js";
import { InvalidProof, JCS, RDFC, detach, judge, keyIdOf } from "./data_integrity.js";
import { isUuid, parseDid, statusListUrl, termUrl } from "./did.js";
import { NoStatements } from "./statements.js";
import { InvalidJson, parse } from "./strict_json.js";
import { isDate } from "./time.js";
import vocabulary from "./vocabulary.js";

const { components, contexts, frameworks, kinds, standards } = vocabulary;
export const CREDENTIAL_BYTES_MAX = 1 << 20;
const U32_MAX = 2 ** 32 - 1;
const PURPOSES = ["revocation", "suspension"];
const OPTIONAL = ["session", "supersedes", "twin", "scores", "certificate"];
const DIGEST_BYTES = 32;
const CREDIT_CODE = "ext:unifiedSocialCreditCode";
const CERTIFICATE = "ext:certificateDocumentSha256";
const [ISSUE, SUPERSEDES, TWIN] = ["ext:issueSequence", "ext:supersededCertificateNumber", "ext:twinCertificateNumber"];

/** A text; `null` for anything else. */
const text = (value) => (typeof value === "string" ? value : null);
const day = (date) => `${date}T00:00:00+08:00`;
const readDay = (value) => {
  const date = text(value)?.endsWith(day("")) ? value.slice(0, -day("").length) : "";
  return isDate(date) ? date : null;
};

/** The scores of a document as Open Badges results, and what they are of. */
const results = ({ scores }, node) => {
  const given = components.filter(({ code }) => scores[code] !== undefined);
  const described = (code) => node(`component-${code}`);
  return {
    descriptions: given.map(({ code, name }) => ({
      id: described(code),
      type: ["ResultDescription"],
      name,
      resultType: "RawScore",
      valueMin: "0",
      valueMax: "100",
      requiredValue: "60",
    })),
    results: given.map(({ code }) => ({
      id: node(`result-${code}`),
      type: ["Result"],
      resultDescription: described(code),
      value: scores[code],
    })),
  };
};

/** The scores that `results` writes by component; `null` for another form. */
const readScores = (told) => {
  const of = ({ code }) => {
    const found = told.find((it) => text(it?.resultDescription)?.endsWith(`#component-${code}`));
    return found === undefined ? [] : [[code, found.value]];
  };
  const scores = Array.isArray(told) ? Object.fromEntries(components.flatMap(of)) : {};
  return areScores(scores) ? scores : null;
};

/** The unsigned document of a claim set. */
export const render = (claims) => {
  const { did, what } = claims;
  const id = `urn:uuid:${claims.id}`;
  const node = (name) => `${id}#${name}`;
  const identity = (name, kind, value) => ({
    id: node(name),
    type: "IdentityObject",
    hashed: false,
    identityHash: value,
    identityType: kind,
  });
  const identifier = (at, kind, value) => ({ id: at, type: "IdentifierEntry", identifierType: kind, identifier: value });

  const issuer = {
    id: did.text,
    type: ["Profile"],
    name: claims.bodyName.zh,
    otherIdentifier: [identifier(`${did.text}#credit-code`, CREDIT_CODE, claims.creditCode)],
  };
  if (claims.bodyName.en !== null) {
    issuer.description = claims.bodyName.en;
  }

  const numbers = [identifier(node("issue"), ISSUE, String(claims.issue))];
  if (claims.supersedes !== null) {
    numbers.push(identifier(node("supersedes"), SUPERSEDES, claims.supersedes));
  }
  if (claims.twin !== null) {
    numbers.push(identifier(node("twin"), TWIN, claims.twin));
  }
  if (claims.certificate !== null) {
    numbers.push(identifier(node("certificate"), CERTIFICATE, hex(claims.certificate)));
  }
  const shown = face(what, id, did);
  const { region, standard } = claims;
  const rule = standards[standard.kind];
  const under = alignment(id, "standard", termUrl(did, "standard", standard.kind), standard.code, rule, frameworks.standards);
  const achievement = {
    id: node("achievement"),
    type: ["Achievement"],
    achievementType: kinds[what.kind].achievement,
    name: shown.name,
    description: shown.description,
    criteria: { id: node("criteria"), narrative: claims.route.narrative },
    inLanguage: "zh",
    otherIdentifier: numbers,
    alignment: [
      ...shown.alignments,
      alignment(id, "region", termUrl(did, "region", region), region, claims.regionName, frameworks.regions),
      { ...under, targetDescription: standard.edition },
    ],
  };
  if (shown.specialization !== null) {
    achievement.specialization = shown.specialization;
  }
  const shownResults = claims.certificate === null ? null : results(claims, node);
  if (shownResults !== null) {
    achievement.resultDescription = shownResults.descriptions;
  }

  const subject = {
    id: node("holder"),
    type: ["AchievementSubject"],
    identifier: [
      identity("name", "name", claims.holderName),
      identity("document-type", "ext:documentType", claims.documentType),
      identity("document-last4", "ext:documentNumberLast4", claims.documentLast4),
    ],
    licenseNumber: claims.number,
    activityEndDate: day(claims.assessedOn),
    achievement,
  };
  if (claims.session !== null) {
    subject.term = claims.session;
  }
  if (shownResults !== null) {
    subject.result = shownResults.results;
  }

  return {
    "@context": contexts,
    id,
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name: kinds[what.kind].zh,
    issuer,
    validFrom: day(claims.issuedOn),
    credentialSubject: subject,
    credentialStatus: PURPOSES.map((purpose) => ({
      id: node(purpose),
      type: "BitstringStatusListEntry",
      statusPurpose: purpose,
      statusListIndex: String(claims.status.index),
      statusListCredential: statusListUrl(did, claims.status.list, purpose),
    })),
  };
};

/** The claims of a document; `null` where a member is missing or of another form. */
const read = (document) => {
  const subject = document.credentialSubject;
  const achieved = readAchievement(subject?.achievement);
  const did = parseDid(document.issuer?.id);
  if (achieved === null || did === null) {
    return null;
  }
  const aligned = subject.achievement.alignment;
  // Region and standard stand last, whatever is attested.
  const [region, standard] = [aligned.at(-2), aligned.at(-1)];
  const numbers = subject.achievement.otherIdentifier;
  const numbered = (kind) => text(Array.isArray(numbers) ? numbers.find((it) => it?.identifierType === kind)?.identifier : null);
  const place = document.credentialStatus?.[0];
  const list = /\/status\/(\d+)-revocation\.json$/.exec(text(place?.statusListCredential) ?? "")?.[1];
  const kind = Object.keys(standards).find((word) => text(standard?.targetUrl)?.split("/").at(-1) === word);
  const identified = (nth) => text(subject.identifier?.[nth]?.identityHash);
  const claims = {
    complete: true,
    id: text(document.id)?.match(/^urn:uuid:(.*)$/s)?.[1] ?? null,
    number: text(subject.licenseNumber),
    holderName: identified(0),
    documentType: identified(1),
    documentLast4: identified(2),
    what: achieved.what,
    route: achieved.route,
    standard: { kind, code: text(standard?.targetCode), edition: text(standard?.targetDescription) },
    region: text(region?.targetCode),
    regionName: text(region?.targetName),
    did,
    bodyName: { zh: text(document.issuer.name), en: text(document.issuer.description) },
    creditCode: text(document.issuer.otherIdentifier?.[0]?.identifier),
    session: text(subject.term),
    assessedOn: readDay(subject.activityEndDate),
    issuedOn: readDay(document.validFrom),
    issue: wholeNumber(numbered(ISSUE), 65535),
    supersedes: numbered(SUPERSEDES),
    twin: numbered(TWIN),
    status: { list: wholeNumber(list, U32_MAX), index: wholeNumber(place?.statusListIndex, U32_MAX) },
    scores: subject.result === undefined ? null : readScores(subject.result),
    certificate: fromHex(numbered(CERTIFICATE) ?? ""),
  };
  const whole = Object.entries(claims).every(([name, value]) => OPTIONAL.includes(name) || value !== null);
  const needed = [claims.bodyName.zh, claims.standard.code, claims.standard.edition, claims.status.list, claims.status.index];
  const numbersHold = [claims.number, claims.supersedes, claims.twin].every((it) => it === null || isNumber(it));
  const shows = subject.result !== undefined;
  if (!shows && numbered(CERTIFICATE) === null) {
    claims.certificate = null;
  }
  const scoresHold = shows ? claims.scores !== null && claims.certificate?.length === DIGEST_BYTES : claims.certificate === null;
  const codesHold = isUuid(claims.id ?? "") && isRegion(claims.region) && isCreditCode(claims.creditCode);
  return whole && kind !== undefined && !needed.includes(null) && numbersHold && scoresHold && codesHold ? claims : null;
};

/** Reads a certificate and judges its signature under the key it names; throws `NotPresented`. */
export const readCertificate = async (bytes) => {
  let value;
  try {
    value = parse(bytes, CREDENTIAL_BYTES_MAX);
  } catch (error) {
    throw error instanceof InvalidJson ? new NotPresented(`form-${error.reason}`, null) : error;
  }
  // What it calls itself, whether or not it is one.
  const shows = value?.credentialSubject?.result !== undefined;
  const coat = value?.proof?.cryptosuite === RDFC ? `vc-json-${shows ? "scores" : "rdfc"}` : "vc-json";
  const other = (place) => new NotPresented("form-other", coat, place);
  if (!isObject(value)) {
    throw other("/");
  }
  if (!equal(value["@context"] ?? null, contexts)) {
    throw new NotPresented("form-context", null);
  }
  let detached;
  try {
    detached = detach(value, [JCS, RDFC]);
  } catch (error) {
    throw error instanceof InvalidProof ? new NotPresented(error.message, coat) : error;
  }
  const claims = read(detached.document);
  if (claims === null) {
    throw other("/");
  }
  const fault = isRandomUuid(claims.id) ? claimsFault(claims) : "credential_id";
  if (fault !== null) {
    throw other(fault);
  }
  const place = firstDifference(render(claims), detached.document);
  if (place !== null) {
    throw other(place);
  }
  const keyId = keyIdOf(detached.verificationMethod, claims.did);
  if (keyId === null) {
    throw new NotPresented("form-key-not-issuers", coat);
  }
  // Scores are shown under one suite only.
  if (claims.scores !== null && detached.config.cryptosuite !== RDFC) {
    throw other("/credentialSubject/result");
  }
  try {
    const { digest, holds } = await judge(detached, keyId);
    return { coat, claims, keyId, holds, digest, proofDigest: claims.certificate ?? digest };
  } catch (error) {
    throw error instanceof NoStatements ? other("/") : error;
  }
};
