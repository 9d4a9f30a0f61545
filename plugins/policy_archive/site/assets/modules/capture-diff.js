// What differs between two captures, from their `index.json`: blocks by the state of their units, and
// words inside changed blocks by jsdiff.
import { diffWordsWithSpace } from "../jsdiff/diff/word.js";
import { blocksOf, gapsOf, setStates, stateOf } from "./changed-units.js";
import { fold } from "./text.js";

/** Milliseconds for the words of two blocks; longer ones stand one after the other. */
const PATIENCE = 500;
/** Share of the words that two blocks must have in common to be shown as one that changed. */
const ALIKE = 0.3;
/** What a block without a counterpart is told as, by its state. */
const ALONE = {
  old: { changed: "removed", moved: "moved-away" },
  new: { changed: "added", moved: "moved", same: "same" },
};

/**
 * The blocks of both in reading order, `{kind, old, new, words}`: `same`, `added`, `removed`,
 * `moved`, `moved-away`, or `changed` with its `words` as jsdiff gives them. What went and is no
 * part of the policy's words, or stands in another block whole, is not told.
 */
export const differences = (old, young) => {
  const before = blocksOf(old);
  const after = blocksOf(young);
  setStates(before, after);
  return gapsOf(before, after, "signature").flatMap(({ same, removed, added }) =>
    same ? added.map((block, at) => both(removed[at], block)) : paired(removed, added),
  );
};

/** Removed blocks beside those added in their place: each with the next one that is much like it. */
const paired = (removed, added) => {
  const bags = new Map([...removed, ...added].map((block) => [block, bag(block.text)]));
  const found = [];
  let next = 0;
  for (const old of removed) {
    const known = stateOf(old) === "moved";
    const at = known ? -1 : added.findIndex((it, place) => place >= next && versions(old, it, bags));
    if (at < 0) {
      found.push(...alone("old", old));
      continue;
    }
    found.push(...added.slice(next, at).flatMap((block) => alone("new", block)));
    found.push(both(old, added[at]));
    next = at + 1;
  }
  return [...found, ...added.slice(next).flatMap((block) => alone("new", block))];
};

/** A block without a counterpart on `side`; none to tell of where its words are not gone. */
const alone = (side, block) => {
  const kind = ALONE[side][stateOf(block)];
  return kind ? [{ kind, [side]: block }] : [];
};

/** Two versions of a block. */
const both = (old, young) =>
  [old, young].some((it) => stateOf(it) === "changed")
    ? { kind: "changed", old, new: young, words: wordsBetween(old, young) }
    : { kind: "same", new: young };

const versions = (old, young, bags) =>
  old.heading === young.heading &&
  stateOf(young) !== "moved" &&
  shared(bags.get(old), bags.get(young)) > ALIKE;

const bag = (text) => new Set(fold(text).split(/\s+/));

const shared = (words, others) => {
  let count = 0;
  for (const word of words) count += others.has(word);
  return count / Math.max(words.size, others.size);
};

const wordsBetween = (old, young) =>
  diffWordsWithSpace(old.text, young.text, { timeout: PATIENCE }) ?? [
    { removed: true, value: old.text },
    { added: true, value: young.text },
  ];
