// The trust list that certificates are judged by: this site's own, kept on the device for when there is
// no network, or one that the person has loaded. The page pins the authority's key; the device remembers
// which key that was, and takes another only when the person says so.

import { fetchBytes } from "./online.js";
import { openTrustList, parseTrustFile } from "./trust_list.js";

const PATH = "/trust-list.json";
const KEPT = "verify-trust-list";
const REMEMBERED = "verify-pin";

const remembered = () => {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
};
const remember = (pin) => {
  try {
    localStorage.setItem(REMEMBERED, pin);
  } catch {
    // Without storage each visit starts afresh.
  }
};

const keep = async (bytes) => {
  try {
    const cache = await caches.open(KEPT);
    await cache.put(PATH, new Response(bytes, { headers: { "Content-Type": "application/json" } }));
  } catch {
    // Not kept: the next visit without a network has no list, and says so.
  }
};
const kept = async () => {
  try {
    const response = await (await caches.open(KEPT)).match(PATH);
    return response ? new Uint8Array(await response.arrayBuffer()) : null;
  } catch {
    return null;
  }
};

export class TrustStore {
  /** `pagePin` is the fingerprint that the page pins; empty if it pins none. */
  constructor(pagePin) {
    const before = remembered();
    this.pagePin = pagePin === "" ? null : pagePin;
    this.pin = before ?? this.pagePin;
    this.own = null;
    this.other = null;
    if (before === null && this.pagePin !== null) {
      remember(this.pagePin);
    }
  }

  /** The fingerprint of earlier visits, where the page now pins another. */
  get changedFrom() {
    return this.pagePin !== null && this.pin !== this.pagePin ? this.pin : null;
  }

  acceptChange() {
    this.pin = this.pagePin;
    remember(this.pin);
  }

  /** Fetches this site's list, or takes the one kept. */
  async refresh() {
    const fetched = await fetchBytes(PATH);
    if (fetched) {
      // What is not signed by the pinned key does not take the place of what is.
      const list = await this.judge(fetched, this.pin);
      if (list !== null || this.own === null) {
        this.own = { bytes: fetched, from: "fetched" };
      }
      if (list !== null) {
        await keep(fetched);
      }
      return;
    }
    const bytes = this.own?.bytes ?? (await kept());
    this.own = bytes === null ? null : { bytes, from: "kept" };
  }

  /** The list of a file if it is signed, and by this key where one is given; else `null`. */
  async judge(bytes, pin) {
    try {
      const list = await openTrustList(parseTrustFile(bytes));
      const good = pin === null || pin === list.fingerprint || pin === list.authority.trust_key;
      return good ? list : null;
    } catch {
      return null;
    }
  }

  use(bytes, name, pin) {
    this.other = { bytes, name, pin };
  }

  useOwn() {
    this.other = null;
  }

  /** What is in force: `{bytes, pin, from, name}`; no bytes where there is no list. */
  get current() {
    if (this.other !== null) {
      return { ...this.other, from: "own" };
    }
    return { bytes: this.own?.bytes ?? null, pin: this.pin, from: this.own?.from ?? null, name: null };
  }
}
