// The statements (RDF) of a certificate and of its proof as canonical N-Quads (RDF Dataset Canonicalization
// 1.0, section 5), written straight from the document: every node of a certificate has an id, and each says a
// thing once. The shapes, which predicate a member is and of what datatype, come from `vocabulary.js`; a
// member that no shape knows is an error, so that nothing is ever left out.

import { isObject } from "./canonical.js";
import vocabulary from "./vocabulary.js";

const { shapes } = vocabulary;
/** Where only one node has no name, its canonical label needs no search. */
const ONLY_BLANK = "_:c14n0";
const ESCAPED = { '"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r" };

/** A document without statements, or with two that would become one. */
export class NoStatements extends Error {}

const refuse = () => {
  throw new NoStatements();
};

const textOf = (value) => (typeof value === "string" ? value : refuse());

const known = (table, name) => (Object.hasOwn(table, textOf(name)) ? table[name] : refuse());

/** An absolute IRI of visible ASCII. */
const iri = (text) => (/^[!-~]*:[!-~]*$/.test(text) && !/[<>"{}|^`\\]/.test(text) ? `<${text}>` : refuse());

const literal = (text) => {
  const written = text.replace(/["\\\b\t\n\f\r]/g, (char) => ESCAPED[char]);
  return /[\p{Cc}\ufffe\uffff]/u.test(written) ? refuse() : `"${written}"`;
};

/** What stands in an array, or alone. */
const each = (value) => {
  const values = Array.isArray(value) ? value : [value];
  return values.length > 0 ? values : refuse();
};

/** Adds a node and what hangs on it, and gives its name. */
const walk = (lines, value, shape) => {
  const id = iri(textOf(value?.id));
  addMembers(lines, value, id, shape);
  return id;
};

/** The objects of a member by its form in the shape: a node, a word, or a literal. */
const OBJECTS = {
  text: (value) => [literal(textOf(value))],
  iri: (value) => [iri(textOf(value))],
  word: (value, { word, iri: of }) => (value === word ? [iri(of)] : refuse()),
  typed: (value, { datatype }) => [`${literal(typeof value === "boolean" ? String(value) : textOf(value))}^^${iri(datatype)}`],
  node: (value, { shape }, lines) => each(value).map((inner) => walk(lines, inner, shape)),
};

const addMembers = (lines, node, subject, { types, members }) => {
  const say = (predicate, object) => {
    const line = `${subject} ${iri(predicate)} ${object} .\n`;
    if (lines.has(line)) {
      refuse();
    }
    lines.add(line);
  };
  for (const [name, value] of Object.entries(isObject(node) ? node : refuse())) {
    if (name === "type") {
      each(value).forEach((word) => say(shapes.type, iri(known(types, word))));
    } else if (name !== "id" || subject === ONLY_BLANK) {
      const member = known(members, name);
      OBJECTS[member.form](value, member, lines).forEach((object) => say(member.predicate, object));
    }
  }
};

/** The order of code points, which is not that of UTF-16 units. */
const byCodePoints = (a, b) => {
  const [these, those] = [a, b].map((text) => Array.from(text, (char) => char.codePointAt(0)));
  const at = these.findIndex((point, nth) => point !== those[nth]);
  return at < 0 ? these.length - those.length : these[at] - (those[at] ?? -1);
};

const textOfLines = (lines) => [...lines].sort(byCodePoints).join("");

/** The canonical N-Quads of a certificate without its proof. */
export const documentStatements = ({ "@context": _, ...document }) => {
  const lines = new Set();
  walk(lines, document, shapes.credential);
  return textOfLines(lines);
};

/** The canonical N-Quads of a proof without `proofValue`; it is the only node. */
export const proofStatements = (config) => {
  const lines = new Set();
  addMembers(lines, config, ONLY_BLANK, shapes.proof);
  return textOfLines(lines);
};
