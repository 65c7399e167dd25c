// What a verifier holds: the trust list, the status documents, the time, the policy. Gathered once, used
// for any number of certificates.

import { isObject } from "./canonical.js";
import { statusListUrl } from "./did.js";
import { pass, unknown } from "./report.js";
import { parseStatusDetails, parseStatusList } from "./status_documents.js";
import { InvalidJson, parse } from "./strict_json.js";
import { showInChina } from "./time.js";
import { InvalidTrustFile, TRUST_FILE_BYTES_MAX, keyOfBody, openTrustList, parseTrustFile } from "./trust_list.js";

export const POLICY = { requireLog: true, maxStatusAgeDays: 30, maxTrustAgeDays: 90 };
/** How far another clock may be ahead of ours, in seconds. */
const CLOCK_SKEW = 300;
const DAY = 86400;

const isPinned = (pin, list) => pin === list.authority.trust_key || pin.replace(/[: ]/g, "").toLowerCase() === list.fingerprint;

export class Known {
  constructor(now, policy) {
    this.now = now;
    this.policy = policy;
    this.trust = null;
    this.trustCheck = unknown("trust-list", "trust-missing");
    this.lists = new Map();
    this.detailsOf = new Map();
    this.refused = new Map();
    this.refusedUnnamed = false;
  }

  /**
   * Reads the trust file and further status documents, each as bytes (lists, details, or whole trust
   * files, of which only the status documents are taken). `pin` is the trust key's fingerprint or id, or
   * null; `now` is in seconds. Where `only` names a body, the status documents of others are passed over.
   */
  static async gather({ now, policy = POLICY, trustFile = null, pin = null, statusDocuments = [], only = null }) {
    const known = new Known(now, policy);
    const documents = [];
    const takeParts = (file) => documents.push(...(file.status_lists ?? []), ...(file.status_details ?? []));
    if (trustFile !== null) {
      try {
        const file = parseTrustFile(trustFile);
        takeParts(file);
        await known.takeTrust(file, pin);
      } catch (error) {
        if (!(error instanceof InvalidTrustFile)) {
          throw error;
        }
        known.trustCheck = unknown("trust-list", error.message);
      }
    }
    for (const bytes of statusDocuments) {
      try {
        const value = parse(bytes, TRUST_FILE_BYTES_MAX);
        if (isObject(value) && Object.hasOwn(value, "trust_list")) {
          takeParts(parseTrustFile(bytes));
        } else {
          documents.push(value);
        }
      } catch (error) {
        if (error instanceof InvalidJson) {
          known.refusedUnnamed = true;
        } else if (!(error instanceof InvalidTrustFile)) {
          throw error;
        }
      }
    }
    for (const document of documents) {
      const of = document?.issuer ?? document?.status_details?.did;
      if (only === null || typeof of !== "string" || of === only) {
        await known.takeStatus(document);
      }
    }
    return known;
  }

  async takeTrust(file, pin) {
    const list = await openTrustList(file);
    if (pin !== null && !isPinned(pin, list)) {
      this.trustCheck = unknown("trust-list", "trust-other-key");
      return;
    }
    const age = this.now - list.issuedAt;
    const args = {
      issued: showInChina(list.issuedAt),
      days: Math.floor(Math.max(age, 0) / DAY),
      position: list.as_of_position,
      fingerprint: list.fingerprint,
    };
    if (age < -CLOCK_SKEW) {
      this.trustCheck = unknown("trust-list", "trust-future", args);
    } else if (age > this.policy.maxTrustAgeDays * DAY) {
      this.trustCheck = unknown("trust-list", "trust-stale", args);
    } else {
      this.trustCheck = pass("trust-list", pin === null ? "trust-unpinned" : "trust-pinned", args);
    }
    this.trust = list;
  }

  async takeStatus(document) {
    if (isObject(document) && Object.hasOwn(document, "status_details")) {
      // Details only explain; bad ones are left out and the bits still decide.
      const details = await parseStatusDetails(document);
      const place = details && `${details.did} ${details.list}`;
      const newest = details && (this.detailsOf.get(place)?.from ?? -Infinity);
      if (details !== null && details.holds && this.isActiveStatusKey(details.did, details.keyId) && newest <= details.from) {
        this.detailsOf.set(place, details);
      }
      return;
    }
    const list = await parseStatusList(document);
    if (list === null) {
      const id = isObject(document) ? document.id : null;
      if (typeof id === "string" && id.length <= 500) {
        this.refused.set(id, "status-malformed");
      } else {
        this.refusedUnnamed = true;
      }
    } else if (!list.holds) {
      this.refused.set(list.url, "status-forged");
    } else if (!this.isActiveStatusKey(list.did.text, list.keyId)) {
      this.refused.set(list.url, "status-other-key");
    } else if ((this.lists.get(list.url)?.from ?? -Infinity) <= list.from) {
      // Of several good ones the newest counts; of two of one second, the one given later.
      this.lists.set(list.url, list);
    }
  }

  /** A retired status key must not vouch for anything new. */
  isActiveStatusKey(did, keyId) {
    const key = keyOfBody(this.bodyOf(did), keyId, "status");
    const inUse = key?.to_position ?? Infinity;
    return key !== null && key.compromised_from_position === null && inUse > this.trust.as_of_position;
  }

  bodyOf(did) {
    return this.trust?.bodies.find((body) => body.did === did) ?? null;
  }

  /** The newest good list of a purpose, or the code that says why there is none. */
  list(did, number, purpose) {
    const url = statusListUrl(did, number, purpose);
    const missing = this.refusedUnnamed ? "status-malformed" : "status-missing";
    return this.lists.get(url) ?? this.refused.get(url) ?? missing;
  }

  /** What the newest good details say of an index: `{from, entry}`, both null where they say nothing. */
  detailsAt(did, { list, index }) {
    const details = this.detailsOf.get(`${did.text} ${list}`);
    return { from: details?.from ?? null, entry: details?.entries.find((entry) => entry.index === index) ?? null };
  }

  /** The code of a list that is too old or from the future; `null` if it is neither. */
  outOfTime({ from, until }) {
    if (from > this.now + CLOCK_SKEW) {
      return "status-future";
    }
    return this.now >= until || this.now - from > this.policy.maxStatusAgeDays * DAY ? "status-stale" : null;
  }
}
