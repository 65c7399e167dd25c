// The page that verifies: takes what is given, fetches what is missing, shows the answer.

import { NotPresented } from "./claims.js";
import { coatOf, present } from "./coats.js";
import { canVerify } from "./ed25519.js";
import { byId, element } from "./element.js";
import { bytesOf, hex, same } from "./encoding.js";
import { FILE_BYTES_MAX, kindOf } from "./inputs.js";
import { Known } from "./known.js";
import { LANGUAGE, said } from "./language.js";
import { fetchProof, fetchStatus } from "./online.js";
import { judgePresented } from "./pipeline.js";
import { committedBy } from "./place.js";
import { CameraProblem, readImage, scan, stopScan } from "./qr_image.js";
import { resultView } from "./result_view.js";
import { parseEntry, parseProof } from "./tlog_proof.js";
import { listenForTrust, showTrust } from "./trust_panel.js";
import { TrustStore } from "./trust_store.js";

const store = new TrustStore(byId("trust").dataset.pin);
const given = { proofs: [], status: [] };
const seconds = () => Math.floor(Date.now() / 1000);
let count = 0;

const tell = (text) => {
  byId("told").textContent = text ?? "";
  byId("told").hidden = !text;
};

/** Shows the way to the server, for what cannot be done here. */
const offerServer = (text) => {
  tell(text);
  byId("server").classList.add("offered");
};

/** Puts files that are opened only by the server into its form; whether one is sent, the reader decides. */
const handOver = ([first, ...others], remarks) => {
  const transfer = new DataTransfer();
  transfer.items.add(first);
  byId("server-file").files = transfer.files;
  const later = others.map(({ name }) => said("verify-page-for-server-later", { name }));
  offerServer([said("verify-page-for-server", { name: first.name }), ...later, ...remarks].join(" "));
};

/** The proof among those given that is of this certificate. */
const proofGiven = ({ coat, digest }) =>
  given.proofs.find((bytes) => {
    const extra = parseProof(bytes)?.extra;
    const entry = extra ? parseEntry(extra) : null;
    const committed = entry && committedBy(entry, coat);
    return committed && same(committed, digest);
  }) ?? null;

/** The proof, newer status lists, and what to say of how they were come by. */
const gatherMore = async (presented) => {
  const own = proofGiven(presented);
  const asked = presented.proofDigest ?? presented.digest;
  const [fetched, status] = await Promise.all([own === null ? fetchProof(asked) : null, fetchStatus(presented.claims)]);
  const offline = own === null ? fetched === undefined : status.length === 0 && !navigator.onLine;
  const notes = [said("verify-page-by-browser")];
  const digest = hex(asked).slice(0, 16);
  if (offline) {
    notes.push(said("verify-page-offline"), ...(own === null ? [said("verify-page-offline-hint")] : []));
  } else if (own !== null) {
    notes.push(said("verify-page-asked-status"));
  } else {
    notes.push(said(fetched ? "verify-page-asked-proof" : "verify-page-asked-in-vain", { digest }));
  }
  return { proof: own ?? fetched ?? null, status, notes };
};

/** Verifies one certificate and gives the section that shows the answer. */
const verifyOne = async ({ bytes, name }) => {
  const now = seconds();
  let presented;
  let more = { proof: null, status: [], notes: [said("verify-page-by-browser")] };
  try {
    presented = await present(bytes);
    if (presented.holds) {
      more = await gatherMore(presented);
    }
  } catch (error) {
    if (!(error instanceof NotPresented)) {
      throw error;
    }
    presented = error;
  }
  const { bytes: trustFile, pin } = store.current;
  const only = presented.claims?.did.text ?? null;
  const statusDocuments = [...given.status, ...more.status];
  const known = await Known.gather({ now, trustFile, pin, statusDocuments, only });
  const answer = await judgePresented(presented, more.proof, known, LANGUAGE);
  count += 1;
  return resultView(answer, { name, now, notes: more.notes, nth: count });
};

/** Verifies what was given; what is no certificate is noted for those that are. */
const take = async (items) => {
  tell(null);
  const certificates = [];
  const remarks = [];
  const carriers = [];
  for (const { bytes, name, file, kind = kindOf(bytes) } of items) {
    if (kind === "proof") {
      given.proofs.push(bytes);
      remarks.push(said("verify-page-proof-kept", { name }));
    } else if (kind === "status") {
      given.status.push(bytes);
      remarks.push(said("verify-page-status-kept", { name }));
    } else if (kind === "trust-list") {
      store.use(bytes, name, null);
      await trustChanged();
      byId("trust").scrollIntoView({ block: "nearest" });
    } else if (kind === "carrier" && file) {
      carriers.push(file);
    } else if (kind === "image") {
      const text = await readImage(new Blob([bytes]));
      if (text === undefined) {
        remarks.push(said("verify-page-image-unreadable", { name }));
      } else if (text === null) {
        remarks.push(said("verify-page-no-qr", { name }));
      } else if (coatOf(bytesOf(text)) === "qr") {
        certificates.push({ bytes: bytesOf(text), name });
      } else {
        remarks.push(said("verify-page-other-qr", { name }));
      }
    } else {
      certificates.push({ bytes, name });
    }
  }
  if (carriers.length > 0) {
    handOver(carriers, remarks);
  } else if (certificates.length === 0) {
    tell(remarks.join(" ") || byId("told").textContent);
  }
  if (certificates.length === 0) {
    return;
  }
  byId("results").replaceChildren(element("p", { class: "hint working" }, said("verify-page-working")));
  const sections = [];
  for (const certificate of certificates) {
    sections.push(await verifyOne(certificate));
  }
  byId("results").replaceChildren(...sections);
  byId("hero").hidden = true;
  sections[0].focus();
  sections[0].scrollIntoView();
};

/** Runs one task after the other; what goes wrong is said. */
let last = Promise.resolve();
const run = (task) => {
  stopScan();
  last = last.then(task).catch((error) => {
    byId("results").replaceChildren();
    if (error instanceof CameraProblem) {
      tell(said(error.message));
    } else {
      offerServer(said("verify-page-failed"));
    }
  });
  return last;
};

const takeFiles = async (files) => {
  const items = [];
  for (const file of files) {
    if (file.size > FILE_BYTES_MAX) {
      tell(said("verify-page-too-large", { name: file.name }));
      return;
    }
    try {
      items.push({ bytes: new Uint8Array(await file.arrayBuffer()), name: file.name, file });
    } catch {
      tell(said("verify-page-unreadable", { name: file.name }));
      return;
    }
  }
  await take(items);
};

const takeText = async (text) => {
  if (text.trim() === "") {
    tell(said("verify-page-nothing"));
  } else {
    await take([{ bytes: bytesOf(text.trim()), name: null }]);
  }
};

const trustChanged = () => showTrust(store, seconds(), () => run(trustChanged));

const listen = () => {
  const files = byId("files");
  files.addEventListener("change", () => {
    const chosen = [...files.files];
    // The same file may be chosen again.
    files.value = "";
    run(() => takeFiles(chosen));
  });
  byId("verify-pasted").addEventListener("click", () => run(() => takeText(byId("pasted").value)));
  byId("camera").addEventListener("click", () =>
    run(async () => {
      tell(null);
      const text = await scan();
      if (text !== null) {
        await takeText(text);
      }
    }),
  );
  const drop = byId("drop-here");
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "dragend", "drop"]) {
    document.addEventListener(kind, () => drop.classList.remove("over"));
  }
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    const dropped = [...(event.dataTransfer?.files ?? [])];
    if (dropped.length > 0) {
      run(() => takeFiles(dropped));
    }
  });
  document.addEventListener("paste", (event) => {
    const inField = event.target instanceof Element && event.target.closest("input, textarea");
    if (!inField && event.clipboardData) {
      const pasted = [...event.clipboardData.files];
      const text = event.clipboardData.getData("text/plain");
      run(() => (pasted.length > 0 ? takeFiles(pasted) : takeText(text)));
    }
  });
  byId("results").addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) {
      print();
    }
    if (event.target.closest("[data-again]")) {
      byId("results").replaceChildren();
      byId("hero").hidden = false;
      byId("files").focus();
      byId("give").scrollIntoView();
    }
  });
  listenForTrust(store, () => run(trustChanged), tell);
  addEventListener("hashchange", () => run(takeFragment));
};

/** What the address holds behind `#`: a QR code's content. It is read here and sent nowhere. */
const takeFragment = async () => {
  const fragment = location.hash.slice(1);
  if (/^\d+$/.test(fragment)) {
    // The other language shows the same certificate.
    document.querySelector("a.language").hash = fragment;
    await takeText(`https://${location.host}/V#${fragment}`);
  }
};

const keepForLater = async () => {
  if ("serviceWorker" in navigator) {
    for (const scope of ["/verify", "/V"]) {
      await navigator.serviceWorker.register("/verify-worker.js", { scope });
    }
  }
};

const start = async () => {
  document.documentElement.classList.add("verifying");
  if (!globalThis.crypto?.subtle) {
    offerServer(said("verify-page-insecure"));
    return;
  }
  if (!(await canVerify())) {
    offerServer(said("verify-page-old-browser"));
    return;
  }
  listen();
  document.documentElement.classList.add("ready");
  run(async () => {
    await store.refresh();
    await trustChanged();
    await takeFragment();
  });
  // The page works without it; only not without a network.
  keepForLater().catch(() => undefined);
};

start();
