// Checks an inclusion proof (C2SP tlog-proof, RFC 9162 section 2.1.3.2) in the reader's browser, and
// draws the way from the certificate to the root. It asks nobody: all it needs stands in the page.
"use strict";
(() => {
  const proofText = document.getElementById("proof");
  const verdict = document.getElementById("verdict");
  const picture = document.getElementById("picture");
  if (!proofText || !verdict || !picture) {
    return;
  }
  const words = verdict.dataset;

  const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const hex = (hash) => Array.from(hash, (b) => b.toString(16).padStart(2, "0")).join("");
  const same = (a, b) => a.length === b.length && a.every((byte, n) => byte === b[n]);
  const joined = (...parts) => {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
    return all;
  };
  const sha256 = async (...parts) =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));

  const parse = (text) => {
    const [head, ...rest] = text.split("\n\n");
    const lines = head.split("\n");
    if (lines.shift() !== "c2sp.org/tlog-proof@v1" || rest.length < 2) {
      throw new Error("form");
    }
    const extra = lines.shift();
    const index = lines.shift();
    if (!extra.startsWith("extra ") || !/^index (0|[1-9][0-9]*)$/.test(index)) {
      throw new Error("form");
    }
    const note = rest[0] + "\n";
    const [origin, size, root] = note.split("\n");
    return {
      entry: bytes(extra.slice(6)),
      index: Number(index.slice(6)),
      path: lines.map(bytes),
      note,
      signatures: rest.slice(1).join("\n\n"),
      origin,
      size: Number(size),
      root: bytes(root),
    };
  };

  // The nodes on the way up: each with its sibling, and on which side that stands.
  const climb = async (proof) => {
    let hash = await sha256([0], proof.entry);
    let at = proof.index;
    let last = proof.size - 1;
    const way = [];
    if (!(at <= last)) {
      throw new Error("index");
    }
    for (const sibling of proof.path) {
      if (last === 0) {
        throw new Error("long");
      }
      const left = at % 2 === 1 || at === last;
      way.push({ hash, sibling, left });
      hash = left ? await sha256([1], sibling, hash) : await sha256([1], hash, sibling);
      if (left) {
        while (at % 2 === 0 && at !== 0) {
          at = Math.floor(at / 2);
          last = Math.floor(last / 2);
        }
      }
      at = Math.floor(at / 2);
      last = Math.floor(last / 2);
    }
    if (last !== 0 || !same(hash, proof.root)) {
      throw new Error("root");
    }
    return { way, root: hash };
  };

  // Whether the log has signed the root; null where the browser cannot tell.
  const signed = async (proof) => {
    const [name, id, ...rest] = words.vkey.split("+");
    const key = bytes(rest.join("+"));
    const line = proof.signatures.split("\n").find((line) => {
      const [dash, signer, blob] = line.split(" ");
      return dash === "\u2014" && signer === name && blob && hex(bytes(blob).slice(0, 4)) === id;
    });
    if (!line || name !== proof.origin || key[0] !== 1) {
      return false;
    }
    const signature = bytes(line.split(" ")[2]).slice(4);
    const text = new TextEncoder().encode(proof.note);
    try {
      const imported = await crypto.subtle.importKey("raw", key.slice(1), "Ed25519", false, ["verify"]);
      return await crypto.subtle.verify("Ed25519", imported, signature, text);
    } catch (error) {
      return null;
    }
  };

  const draw = ({ way, root }) => {
    const space = "http://www.w3.org/2000/svg";
    const [width, step, box] = [400, 58, { width: 116, height: 32 }];
    const aside = 134;
    const height = (way.length + 1) * step + box.height;
    const make = (name, attributes, parent) => {
      const node = document.createElementNS(space, name);
      Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
      parent.append(node);
      return node;
    };
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", words.picture);
    const centre = (level) => ({ x: width / 2, y: height - box.height / 2 - level * step - 2 });
    const node = ({ x, y }, hash, kind, beside) => {
      const place = { x: x - box.width / 2, y: y - box.height / 2, rx: 5, ...box };
      const shape = make("rect", { ...place, class: kind }, svg);
      const title = make("title", {}, shape);
      title.textContent = hex(hash);
      const text = make("text", { x, y: y + 5, class: kind, "text-anchor": "middle" }, svg);
      text.textContent = `${hex(hash).slice(0, 8)}…`;
      if (beside) {
        const at = { x: x + box.width / 2 + 12, y: y + 5, class: "beside" };
        make("text", at, svg).textContent = beside;
      }
    };
    const line = (from, to) =>
      make("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, class: "edge" }, svg);
    way.forEach(({ left }, level) => {
      const at = centre(level);
      const sibling = { x: at.x + (left ? -aside : aside), y: at.y };
      line(at, centre(level + 1));
      line(sibling, centre(level + 1));
    });
    way.forEach(({ hash, sibling, left }, level) => {
      const at = centre(level);
      node({ x: at.x + (left ? -aside : aside), y: at.y }, sibling, "sibling");
      node(at, hash, level === 0 ? "leaf" : "way", level === 0 && left ? words.leaf : "");
      if (level === 0 && !left) {
        const text = make("text", { x: at.x - box.width / 2 - 12, y: at.y + 5, class: "beside", "text-anchor": "end" }, svg);
        text.textContent = words.leaf;
      }
    });
    node(centre(way.length), root, "root", words.top);
    picture.replaceChildren(svg);
  };

  const say = (kind, text) => {
    verdict.textContent = text;
    verdict.className = `check-words ${kind}`;
  };

  const run = async () => {
    if (!globalThis.crypto || !crypto.subtle) {
      say("unknown", words.cannot);
      return;
    }
    try {
      const proof = parse(proofText.textContent);
      const found = await climb(proof);
      const holds = await signed(proof);
      draw(found);
      if (holds === null) {
        say("unknown", words.unsigned);
      } else {
        say(holds ? "valid" : "invalid", holds ? words.good : words.bad);
      }
    } catch (error) {
      say("invalid", words.bad);
    }
  };
  run();
})();
