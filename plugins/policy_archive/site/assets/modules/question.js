// What a reader asks of a listing, and which rows answer it.
import { terms } from "./text.js";

/** "2019-06-01T…" and 20190601 as "20190601". */
const dayOf = (value) => String(value ?? "").replaceAll("-", "").slice(0, 8);

/** By a control's name: the value of rows that it goes by, and which of them answer. */
const RULES = {
  topic: (asked) => ["topics", (value) => value.split(" ").includes(asked)],
  least: (asked) => ["words", (value) => Number(value) >= Number(asked)],
  from: (asked) => ["captured", (value) => dayOf(value) >= dayOf(asked)],
  to: (asked) => ["captured", (value) => dayOf(value) <= dayOf(asked)],
};

/**
 * From a form's values, `{filter, sort, …}`: the words to find, the value to sort by ("-words" is
 * down), and what is wanted of other values: their names, each with a function that says whether
 * one will do.
 */
export const questionOf = ({ filter = "", sort = "", ...others }) => ({
  words: terms(filter),
  key: sort.replace(/^-/, ""),
  down: sort.startsWith("-"),
  wanted: Object.entries(others)
    .filter(([, asked]) => asked)
    .map(([name, asked]) =>
      Object.hasOwn(RULES, name) ? RULES[name](asked) : [name, (value) => value === asked],
    ),
});

export const asksNothing = ({ words, key, wanted }) => !words.length && !key && !wanted.length;

/** Whether a row answers; `text` is its folded text, `value` gives its value by name. */
export const answers = ({ words, wanted }, text, value) =>
  words.every((word) => text.includes(word)) &&
  wanted.every(([name, fits]) => fits(value(name)));
