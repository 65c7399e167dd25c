// node verify_matrix.mjs
//
// A person with a browser who verifies files on the page /verify, told what to do by lines on standard
// input, one JSON object each, and answering each with a line:
//
//   {"open":URL,"now":SECONDS}  → opens the page on a device with this clock; what it says of its trust list
//   {"give":[PATH…]}            → gives it the files; what it shows: [{"outcome","about","checks":[[RESULT,WORDS]…]}…]
//   {"kept":true}               → waits until the page is kept for when there is no network
import { createInterface } from "node:readline";
import { Chromium } from "./chromium.mjs";

const browser = await Chromium.start();
let page = null;

const open = async (url, now) => {
  if (page !== null) {
    await browser.send("Target.closeTarget", { targetId: page.targetId });
  }
  page = await browser.page(1280, 900);
  await page.send("Page.addScriptToEvaluateOnNewDocument", { source: `Date.now = () => ${now * 1000};` });
  await page.goto(`${url}/verify`);
  await page.until("document.documentElement.classList.contains('ready') && !document.querySelector('#trust-shown .hint')");
  return page.evaluate("document.getElementById('trust-shown').innerText");
};

const give = async (files) => {
  await page.evaluate("document.getElementById('results').replaceChildren(), document.getElementById('told').hidden = true, 0");
  await page.choose("#files", files);
  await page.until("document.querySelector('#results .result') || !document.getElementById('told').hidden");
  return page.evaluate(`(() => {
    const text = (of) => of.textContent.replace(/\\s+/g, " ").trim();
    return [...document.querySelectorAll("#results .result")].map((it) => ({
      outcome: it.classList[1],
      about: text(it.querySelector(".as-of")),
      checks: [...it.querySelectorAll(".check")].map((check) => [check.classList[1], text(check.querySelector("p"))]),
    }));
  })()`);
};

const answer = ({ open: url, now, give: files }) => {
  if (url) {
    return open(url, now);
  }
  if (files) {
    return give(files);
  }
  return page.until("navigator.serviceWorker.getRegistrations().then((all) => all.length === 2 && all.every((it) => it.active?.state === 'activated'))");
};

try {
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await answer(JSON.parse(line))));
  }
} finally {
  await browser.stop();
}
