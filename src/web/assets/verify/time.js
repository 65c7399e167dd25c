// Instants as whole seconds since 1970-01-01T00:00:00Z, and civil dates in China.

const CHINA = 8 * 3600;

/** `2026-07-13T01:30:00Z` */
export const dateTime = (second) => new Date(second * 1000).toISOString().replace(/\.\d+Z$/, "Z");

/** Reads what `dateTime` writes, and nothing else; else `null`. */
export const parseDateTime = (text) => {
  const ok = typeof text === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text);
  const second = ok ? Date.parse(text) / 1000 : NaN;
  return Number.isInteger(second) && dateTime(second) === text ? second : null;
};

/** `2026-07-13 09:30:00`, for people. */
export const showInChina = (second) => dateTime(second + CHINA).replace("T", " ").replace("Z", "");

export const dateInChina = (second) => dateTime(second + CHINA).slice(0, 10);

/** Whether a text is a day of the calendar: `2026-07-13`. */
export const isDate = (text) => typeof text === "string" && parseDateTime(`${text}T00:00:00Z`) !== null;

const DAY = 86400;

/** The date so many days after 1970-01-01; `null` beyond the years of four digits. */
export const dateOfDays = (days) => {
  const inRange = Number.isSafeInteger(days) && Math.abs(days) < 1e7;
  const date = inRange ? new Date(days * DAY * 1000) : null;
  const text = date?.toISOString().slice(0, 10) ?? "";
  return isDate(text) ? text : null;
};

export const daysOfDate = (date) => Date.parse(date) / (DAY * 1000);
