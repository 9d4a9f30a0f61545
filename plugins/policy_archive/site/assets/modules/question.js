// What a reader asks of a listing, and which rows answer it.
import { terms } from "./text.js";

/**
 * From a form's values, `{filter, sort, …}`: the words to find, the value to sort by ("-words" is
 * down), and the other values by name, which rows must have.
 */
export const questionOf = ({ filter = "", sort = "", ...others }) => ({
  words: terms(filter),
  key: sort.replace(/^-/, ""),
  down: sort.startsWith("-"),
  wanted: Object.entries(others).filter(([, value]) => value),
});

export const asksNothing = ({ words, key, wanted }) => !words.length && !key && !wanted.length;

/** Whether a row answers; `text` is its folded text, `value` gives its value by name. */
export const answers = ({ words, wanted }, text, value) =>
  words.every((word) => text.includes(word)) &&
  wanted.every(([name, expected]) => value(name) === expected);
