// node log_page.mjs SCRIPT VKEY PROOF
//
// Runs the script of the page /log over a proof, in as much of a page as it asks for, and prints what it
// says: good, bad, unsigned or cannot; and how many nodes it draws.
import { readFileSync } from "node:fs";
import { webcrypto } from "node:crypto";
import vm from "node:vm";

const [script, vkey, proof] = process.argv.slice(2);
const element = (extra = {}) => ({
  children: [],
  attributes: {},
  setAttribute(name, value) { this.attributes[name] = value; },
  append(...nodes) { this.children.push(...nodes); },
  replaceChildren(...nodes) { this.children = nodes; },
  ...extra,
});
const words = { good: "good", bad: "bad", unsigned: "unsigned", cannot: "cannot" };
const verdict = element({ dataset: { vkey, leaf: "leaf", top: "top", picture: "picture", ...words } });
const parts = {
  proof: element({ textContent: readFileSync(proof, "utf-8") }),
  verdict,
  picture: element(),
};
const said = new Promise((resolve) => {
  Object.defineProperty(verdict, "textContent", { set: resolve });
});
const context = {
  document: {
    getElementById: (id) => parts[id],
    createElementNS: () => element(),
  },
  crypto: webcrypto,
  atob, TextEncoder, Uint8Array, Number, Math, Object, Array, Error, Promise,
};
context.globalThis = context;
vm.runInNewContext(readFileSync(script, "utf-8"), context);
const answer = await said;
const [svg] = parts.picture.children;
console.log(JSON.stringify({ answer, drawn: svg ? svg.children.length : 0 }));
