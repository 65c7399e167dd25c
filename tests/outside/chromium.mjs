// A real browser, driven over the DevTools protocol on a pipe: no port, no further package.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PATIENCE = 60_000;

export class Chromium {
  static async start(...more) {
    const browser = new Chromium();
    browser.profile = mkdtempSync(join(tmpdir(), "skill-ledger-chromium-"));
    const flags = ["--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage"];
    flags.push("--hide-scrollbars", "--disable-background-networking", "--disable-component-update", "--disable-extensions");
    const args = [...flags, ...more, `--user-data-dir=${browser.profile}`, "about:blank"];
    browser.process = spawn("chromium", args, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    browser.waiting = new Map();
    browser.listeners = [];
    browser.sent = 0;
    let rest = "";
    browser.process.stdio[4].setEncoding("utf-8");
    browser.process.stdio[4].on("data", (data) => {
      const parts = (rest + data).split("\0");
      rest = parts.pop();
      parts.forEach((part) => browser.receive(JSON.parse(part)));
    });
    return browser;
  }

  receive(message) {
    const waiting = this.waiting.get(message.id);
    if (waiting) {
      this.waiting.delete(message.id);
      message.error ? waiting.reject(new Error(JSON.stringify(message.error))) : waiting.resolve(message.result);
    } else {
      this.listeners.forEach((listener) => listener(message));
    }
  }

  send(method, params = {}, sessionId = undefined) {
    this.sent += 1;
    const id = this.sent;
    const answered = new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return answered;
  }

  /** A new page of this size. */
  async page(width, height, { mobile = false, scale = 1 } = {}) {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(this, sessionId, targetId);
    for (const domain of ["Page", "Runtime", "Network", "DOM", "Log"]) {
      await page.send(`${domain}.enable`);
    }
    await page.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: scale, mobile });
    return page;
  }

  async stop() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    await this.send("Browser.close").catch(() => undefined);
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

export class Page {
  constructor(browser, sessionId, targetId) {
    this.browser = browser;
    this.sessionId = sessionId;
    this.targetId = targetId;
    /** Addresses asked for, and what the browser complained of. */
    this.requests = [];
    this.complaints = [];
    browser.listeners.push(({ sessionId: of, method, params }) => {
      if (of !== sessionId) {
        return;
      }
      if (method === "Network.requestWillBeSent") {
        this.requests.push({ url: params.request.url, body: params.request.postData ?? null });
      }
      if (method === "Runtime.exceptionThrown") {
        this.complaints.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
      }
      if (method === "Log.entryAdded" && params.entry.level === "error" && params.entry.source !== "network") {
        this.complaints.push(params.entry.text);
      }
    });
  }

  send(method, params) {
    return this.browser.send(method, params, this.sessionId);
  }

  /** The value of an expression in the page; promises are awaited. */
  async evaluate(expression) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  }

  /** Waits until an expression is true in the page. */
  async until(expression) {
    const end = Date.now() + PATIENCE;
    while (Date.now() < end) {
      const value = await this.evaluate(expression).catch(() => null);
      if (value) {
        return value;
      }
      await new Promise((resume) => setTimeout(resume, 50));
    }
    const shown = await this.evaluate("document.body.innerText").catch(() => "");
    throw new Error(`never true: ${expression}\n${shown}\n${this.complaints.join("\n")}`);
  }

  async goto(url) {
    await this.send("Page.navigate", { url });
    await this.until(`location.href.startsWith(${JSON.stringify(url.split("#")[0])}) && document.readyState === "complete"`);
  }

  /** Chooses files in an input, as a person does. */
  async choose(selector, files) {
    const { root } = await this.send("DOM.getDocument");
    const { nodeId } = await this.send("DOM.querySelector", { nodeId: root.nodeId, selector });
    await this.send("DOM.setFileInputFiles", { files, nodeId });
  }

  async offline(offline) {
    await this.send("Network.emulateNetworkConditions", { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  }

  /** A picture of the whole page, or of the first `height` pixels. */
  async picture(height = null) {
    const { cssContentSize: size } = await this.send("Page.getLayoutMetrics");
    const clip = { x: 0, y: 0, width: size.width, height: height ?? size.height, scale: 1 };
    const { data } = await this.send("Page.captureScreenshot", { format: "png", clip, captureBeyondViewport: true });
    return Buffer.from(data, "base64");
  }
}
