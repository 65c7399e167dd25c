// What a certificate in a QR code attests: a CBOR array that begins with the kind, trailing members that
// are not there left off. The numbers of levels, routes and documents come from `vocabulary.js`.

import { isItem, isOccupation, levelOf, routeOf } from "./attainment.js";
import vocabulary from "./vocabulary.js";

const { documents, levels, routes } = vocabulary.numbers;
const wordOf = (numbers, number) => Object.keys(numbers).find((word) => numbers[word] === number);

const text = (value) => (typeof value === "string" ? value : undefined);
const item = (value) => (isItem(value) ? value : undefined);
/** An English name is not in a code. */
const name = (value) => (typeof value === "string" ? { zh: value, en: null } : undefined);
/** `6-31-01-03` of 6310103. */
const occupation = (digits) => {
  const code = typeof digits === "number" ? String(digits).replace(/^(\d)(\d\d)(\d\d)(\d\d)$/, "$1-$2-$3-$4") : "";
  return isOccupation(code) ? code : undefined;
};
const digitsOf = (code) => Number(code.replaceAll("-", ""));

/** What is attested; `undefined` for anything else. */
export const readAttained = (members) => {
  if (!Array.isArray(members)) {
    return undefined;
  }
  const [number, a, b, c, d] = members;
  const count = members.length - 1;
  const read = {
    1: () => ({
      kind: "level",
      occupation: occupation(a),
      name: name(b),
      workType: count > 3 ? text(d) : null,
      level: levelOf(wordOf(levels, c)) ?? undefined,
    }),
    2: () => ({ kind: "special-skill", item: item(a), name: name(b) }),
    3: () => ({ kind: "micro-skill", item: item(a), name: name(b), of: count > 2 ? occupation(c) : null }),
    4: () => ({ kind: "enterprise", name: name(a), grade: text(b), occupation: occupation(c), occupationName: name(d) }),
  };
  const shaped = { 1: count >= 3, 2: count === 2, 3: count >= 2, 4: count === 4 };
  const what = typeof number === "number" && shaped[number] ? read[number]() : {};
  return what.kind === undefined || Object.values(what).includes(undefined) ? undefined : what;
};

/** The array for what is attested. */
export const attainedOf = (what) => {
  const there = (value) => (value === null ? [] : [value]);
  return {
    level: () => [1, digitsOf(what.occupation), what.name.zh, levels[what.level.code], ...there(what.workType)],
    "special-skill": () => [2, what.item, what.name.zh],
    "micro-skill": () => [3, what.item, what.name.zh, ...there(what.of).map(digitsOf)],
    enterprise: () => [4, what.name.zh, what.grade, digitsOf(what.occupation), what.occupationName.zh],
  }[what.kind]();
};

/** A kind of document: a number of the table or its words. */
export const readDocumentType = (value) => (typeof value === "number" ? wordOf(documents, value) : text(value));
export const documentTypeOf = (words) => (Object.hasOwn(documents, words) ? documents[words] : words);

export const readRoute = (value) => routeOf(wordOf(routes, value)) ?? undefined;
export const routeNumberOf = (route) => routes[route.code];
