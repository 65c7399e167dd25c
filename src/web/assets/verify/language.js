// The language of the page, and its words.

import { words } from "./report.js";

export const LANGUAGE = document.documentElement.lang === "en" ? "en" : "zh";
const OTHER = LANGUAGE === "en" ? "zh" : "en";
export const OTHER_TAG = LANGUAGE === "en" ? "zh-Hans" : "en";

/** A message of the page in its language. */
export const said = (key, args) => words(key, args)[LANGUAGE];

/** A name in the page's language, Chinese where there is no English, and, beside it, the other. */
export const both = (name) => {
  const shown = name[LANGUAGE] ?? name.zh;
  const beside = name[OTHER] ?? null;
  return { shown, beside: beside === shown ? null : beside };
};
