// The panel that says by which trust list is judged: whose it is, its key's fingerprint, how far it
// reaches and how old it is; and where another can be loaded.

import { byId, element } from "./element.js";
import { FILE_BYTES_MAX } from "./inputs.js";
import { LANGUAGE, both, said } from "./language.js";
import { words } from "./report.js";
import { showInChina } from "./time.js";
import { InvalidTrustFile, openTrustList, parseTrustFile } from "./trust_list.js";

const DAY = 86400;
const PIN = /^(?:[0-9a-f]{64}|z6Mk[1-9A-HJ-NP-Za-km-z]{44})$/;
const grouped = (fingerprint) => fingerprint.match(/.{8}/g).join(" ");

const fact = (key, ...value) => element("div", { class: "wide" }, element("dt", {}, said(`verify-page-trust-${key}`)), element("dd", {}, value));
const beside = (text) => element("span", { class: "beside" }, text);

const agreed = ({ pin, from }, list) => {
  if (pin === null) {
    return "unpinned";
  }
  if (pin !== list.fingerprint && pin !== list.authority.trust_key) {
    return null;
  }
  return from === "own" ? "pinned-by-you" : "pinned";
};

const shownList = (current, list, now) => {
  const days = Math.max(0, Math.floor((now - list.issuedAt) / DAY));
  const age = days === 0 ? said("verify-page-trust-age-today") : said("verify-page-trust-age", { days });
  const agrees = agreed(current, list);
  const judged = agrees === null ? words("verify-trust-other-key")[LANGUAGE] : said(`verify-page-trust-${agrees}`);
  return element(
    "dl",
    { class: "facts trust-facts" },
    fact("authority", both(list.authority.name).shown),
    fact("fingerprint", element("span", { class: "hash" }, grouped(list.fingerprint)), beside(judged)),
    fact("position", String(list.as_of_position)),
    fact("issued", showInChina(list.issuedAt), beside(age)),
    fact("from", said(`verify-page-trust-${current.from}`, { name: current.name })),
  );
};

const problem = (text, ...more) => element("p", { class: "complaint" }, text, ...more);

/** Shows what is in force. */
export const showTrust = async (store, now, changed) => {
  const { current } = store;
  const parts = [];
  if (store.changedFrom !== null) {
    const accept = element("button", { type: "button", class: "quiet" }, said("verify-page-trust-accept"));
    accept.addEventListener("click", () => {
      store.acceptChange();
      changed();
    });
    parts.push(problem(said("verify-page-trust-changed", { before: grouped(store.changedFrom) })), accept);
  }
  if (current.bytes === null) {
    parts.push(problem(said("verify-page-trust-none")));
  } else {
    try {
      parts.push(shownList(current, await openTrustList(parseTrustFile(current.bytes)), now));
    } catch (error) {
      const code = error instanceof InvalidTrustFile ? error.message : "trust-malformed";
      parts.push(problem(words(`verify-${code}`)[LANGUAGE]));
    }
  }
  byId("trust-shown").replaceChildren(...parts);
  byId("trust-back").hidden = current.from !== "own";
};

/** Takes another list where the person loads one. `tell` says what is wrong with it. */
export const listenForTrust = (store, changed, tell) => {
  byId("trust-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const [file] = byId("trust-file").files;
    const pin = byId("trust-pin").value.replace(/[:\s]/g, "");
    const plain = pin.startsWith("z") ? pin : pin.toLowerCase();
    if (!file) {
      tell(said("verify-page-nothing"));
    } else if (pin !== "" && !PIN.test(plain)) {
      tell(said("verify-page-trust-pin-bad"));
    } else if (file.size > FILE_BYTES_MAX) {
      tell(said("verify-page-too-large", { name: file.name }));
    } else {
      store.use(new Uint8Array(await file.arrayBuffer()), file.name, plain === "" ? null : plain);
      changed();
    }
  });
  byId("trust-back").addEventListener("click", () => {
    store.useOwn();
    changed();
  });
};
