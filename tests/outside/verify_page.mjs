// node verify_page.mjs URL FOLDER
//
// Uses the page /verify of a running server in a real browser, as a person does, and prints what it shows:
// one JSON object. Says "unplug" half-way, waits for a line on standard input, and goes on without a server.
// FOLDER has the files that are given to the page.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { join, resolve } from "node:path";
import { Chromium } from "./chromium.mjs";

const [url, folder] = [process.argv[2], resolve(process.argv[3])];
const file = (name) => join(folder, name);
const lines = createInterface({ input: process.stdin });
const found = {};

const open = async (page, path) => {
  await page.goto(url + path);
  await page.until("document.documentElement.classList.contains('ready') && !document.querySelector('#trust-shown .hint')");
};
const shown = (page) =>
  page.evaluate(`(() => {
    const text = (selector, of = document) => [...of.querySelectorAll(selector)].map((it) => it.innerText.replace(/\\s+/g, " ").trim());
    return {
      told: document.getElementById("told").hidden ? null : text("#told")[0],
      results: [...document.querySelectorAll("#results .result")].map((it) => ({
        outcome: it.classList[1],
        coat: text(".as-of span", it).find((part) => part.includes("eddsa")) ?? null,
        verdict: text("h1", it)[0],
        sentence: text(".sentence", it)[0],
        facts: text(".facts dd", it),
        checks: [...it.querySelectorAll(".check")].map((check) => check.classList[1]),
        notes: text(".notes li", it),
      })),
    };
  })()`);
/** Gives files to the page and waits for what it says. */
const give = async (page, ...names) => {
  await page.evaluate("document.getElementById('results').replaceChildren(), document.getElementById('told').hidden = true, 0");
  await page.choose("#files", names.map(file));
  await page.until("document.querySelector('#results .result') || !document.getElementById('told').hidden");
  return shown(page);
};

const browser = await Chromium.start();
try {
  const page = await browser.page(1200, 900);
  await open(page, "/verify");
  found.trust = await page.evaluate("document.getElementById('trust-shown').innerText");
  for (const name of ["valid", "revoked", "suspended", "superseded", "reissued", "tampered"]) {
    found[name] = await give(page, `${name}.json`);
  }
  for (const name of ["Valid", "Revoked", "Tampered"]) {
    found[`rdfc${name}`] = await give(page, `${name.toLowerCase()}.rdfc.json`);
  }
  found.focused = await page.evaluate("document.activeElement.classList.contains('result')");
  found.several = await give(page, "valid.json", "valid.tlog-proof", "revoked.json");
  found.nonsense = await give(page, "nonsense.bin");
  found.forServer = {};
  for (const name of ["paper.pdf", "badge.svg", "badge.png"]) {
    const { told, results } = await give(page, name);
    const form = await page.evaluate("[document.getElementById('server-file').files[0].name, getComputedStyle(document.getElementById('server')).display]");
    found.forServer[name] = { told, results, form };
  }
  found.besides = await give(page, "valid.json", "valid.tlog-proof", "badge.svg", "paper.pdf");
  found.picture = await give(page, "blank.png");
  found.code = await give(page, "code.png");
  found.codeRevoked = await give(page, "code-revoked.png");
  found.otherCode = await give(page, "other-code.png");
  found.token = await give(page, "valid.sd-jwt");
  found.levelOnly = await give(page, "level-only.sd-jwt");
  await page.evaluate("document.getElementById('told').hidden = true, document.getElementById('camera').click()");
  await page.until("!document.getElementById('told').hidden");
  found.camera = (await shown(page)).told;
  await page.evaluate("document.getElementById('pasted').value = ' ', document.getElementById('verify-pasted').click()");
  await page.until("document.getElementById('told').innerText.includes('请先')");
  // The address in the code, as a phone's own scanner opens it.
  const digits = readFileSync(file("code.txt"), "utf-8").split("#")[1];
  const opened = await browser.page(390, 844, { mobile: true });
  await open(opened, `/V#${digits}`);
  await opened.until("document.querySelector('#results .result')");
  found.opened = await shown(opened);
  found.openedSticksOut = await opened.evaluate("document.documentElement.scrollWidth > 390");
  found.otherLanguage = await opened.evaluate("document.querySelector('a.language').href");
  await opened.evaluate("location.hash = '#2' + location.hash.slice(2), 0");
  await opened.until("document.querySelector('#results .invalid')");
  found.later = await shown(opened);
  found.requests = [...page.requests, ...opened.requests];

  const film = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${file("code.y4m")}`];
  const withCamera = await Chromium.start(...film);
  try {
    const scanning = await withCamera.page(390, 844, { mobile: true });
    await open(scanning, "/verify");
    await scanning.evaluate("document.getElementById('camera').click(), 0");
    await scanning.until("document.querySelector('#results .result')");
    found.scanned = await shown(scanning);
    found.cameraOff = await scanning.evaluate("document.getElementById('viewfinder').hidden");
  } finally {
    await withCamera.stop();
  }

  // A phone's width: nothing sticks out.
  const phone = await browser.page(360, 740, { mobile: true });
  await open(phone, "/verify?lang=en");
  await give(phone, "valid.json");
  found.english = await shown(phone);
  found.sticksOut = await phone.evaluate("document.documentElement.scrollWidth > 360");

  // The worker has everything before the network goes.
  await page.until("navigator.serviceWorker.getRegistrations().then((all) => all.length === 2 && all.every((it) => it.active?.state === 'activated'))");
  console.log("unplug");
  await once(lines, "line");
  found.offline = {};
  for (const path of ["/verify", "/V", "/verify?lang=en"]) {
    const later = await browser.page(1200, 900);
    await open(later, path);
    const trust = await later.evaluate("document.getElementById('trust-shown').innerText");
    const proved = await give(later, "valid.json", "valid.tlog-proof");
    const unproved = await give(later, "other.json");
    const revoked = await give(later, "revoked.json", "revoked.tlog-proof");
    const tampered = await give(later, "tampered.json", "valid.tlog-proof");
    const code = await give(later, "code.png", "valid.tlog-proof");
    const rdfc = await give(later, "valid.rdfc.json", "valid.tlog-proof");
    found.offline[path] = { trust, proved, unproved, revoked, tampered, code, rdfc };
    page.complaints.push(...later.complaints);
  }
  found.complaints = [...page.complaints, ...phone.complaints, ...opened.complaints];
  console.log(JSON.stringify(found));
} finally {
  await browser.stop();
  lines.close();
}
