// node verify_core.mjs FOLDER
//
// Runs the browser's verifier, whose files are in FOLDER, over what comes in on standard input, one JSON
// object a line, and answers each with a line. Bytes are in base64.
//
//   {"known":{"now":SECONDS,"require_log":BOOL,"trust":BYTES|null,"pin":TEXT|null,"status":[BYTES…]}}
//   {"credential":BYTES,"proof":BYTES|null}          → the report, by what is known last
//   {"ed25519":[KEY,MESSAGE,SIGNATURE]}              → true or false
//   {"json":BYTES}                                   → "read", or why not
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { join, resolve } from "node:path";

const folder = resolve(process.argv[2]);
const load = (name) => import(pathToFileURL(join(folder, name)));
const { POLICY, Known } = await load("known.js");
const { verify } = await load("pipeline.js");
const ed25519 = await load("ed25519.js");
const json = await load("strict_json.js");
const canonical = await load("canonical.js");

const bytes = (text) => (text === null ? null : new Uint8Array(Buffer.from(text, "base64")));
let known = null;

const answer = async (asked) => {
  if (asked.known) {
    const { now, require_log: requireLog, trust, pin, status } = asked.known;
    const policy = { ...POLICY, requireLog };
    known = await Known.gather({ now, policy, trustFile: bytes(trust), pin, statusDocuments: status.map(bytes) });
    return "known";
  }
  if (asked.ed25519) {
    return ed25519.verify(...asked.ed25519.map(bytes));
  }
  if (asked.json !== undefined) {
    try {
      return { read: canonical.canonical(json.parse(bytes(asked.json), 1 << 20)) };
    } catch (error) {
      return { refused: error.reason };
    }
  }
  return verify(bytes(asked.credential), bytes(asked.proof), known);
};

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
