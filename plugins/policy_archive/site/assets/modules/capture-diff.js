// What differs between two captures, from their `index.json`: blocks by their ids, which are equal
// where the words are, and words inside changed blocks by jsdiff.
import { diffArrays } from "../jsdiff/diff/array.js";
import { diffWordsWithSpace } from "../jsdiff/diff/word.js";
import { fold } from "./text.js";

/** Milliseconds for the words of two blocks; longer ones stand one after the other. */
const PATIENCE = 500;
/** From so many words on a block is known again elsewhere, as in the build's comparison. */
const MOVED = 2;
/** Share of the words that two blocks must have in common to be shown as one that changed. */
const ALIKE = 0.3;

/** The blocks of a snapshot in order, headings among them: `{id, text, heading}`. */
export const blocksOf = ({ sections }) =>
  sections.flatMap(({ title, blocks }) => [
    ...(title ? [{ id: `h-${fold(title)}`, text: title, heading: true }] : []),
    // The old site's own menus are no words of the policy; a repeated block's id has a suffix.
    ...blocks
      .filter(({ folded }) => !folded)
      .map(({ id, text }) => ({ id: id.slice(0, 10), text, heading: false })),
  ]);

/**
 * The blocks of both in reading order, `{kind, old, new, words}`: `same`, `added`, `removed`,
 * `moved`, `moved-away`, or `changed` with its `words` as jsdiff gives them.
 */
export const differences = (old, young) => {
  const before = blocksOf(old);
  const after = blocksOf(young);
  const known = { before: idsOf(before), after: idsOf(after) };
  const same = (a, b) => a.id === b.id;
  const parts = diffArrays(before, after, { comparator: same });
  const found = [];
  for (const [index, part] of parts.entries()) {
    if (part.added && parts[index - 1]?.removed) continue;
    const next = parts[index + 1];
    if (part.removed && next?.added) found.push(...paired(part.value, next.value, known));
    else found.push(...part.value.map((block) => alone(block, part, known)));
  }
  return found;
};

const idsOf = (blocks) => new Set(blocks.map(({ id }) => id));

const alone = (block, { added, removed }, known) => {
  const long = block.text.split(/\s+/).length >= MOVED;
  if (added) return { kind: long && known.before.has(block.id) ? "moved" : "added", new: block };
  if (removed) return { kind: long && known.after.has(block.id) ? "moved-away" : "removed", old: block };
  return { kind: "same", new: block };
};

/** Removed blocks beside those added in their place: each with the next one that is much like it. */
const paired = (removed, added, known) => {
  const found = [];
  let next = 0;
  for (const old of removed) {
    const gone = alone(old, { removed: true }, known);
    const at = gone.kind === "removed" ? likeness(old, added, next, known) : -1;
    if (at < 0) {
      found.push(gone);
      continue;
    }
    found.push(...added.slice(next, at).map((block) => alone(block, { added: true }, known)));
    found.push({ kind: "changed", old, new: added[at], words: wordsBetween(old, added[at]) });
    next = at + 1;
  }
  return [...found, ...added.slice(next).map((block) => alone(block, { added: true }, known))];
};

const likeness = (old, added, next, known) =>
  added.findIndex(
    (block, at) =>
      at >= next &&
      block.heading === old.heading &&
      alone(block, { added: true }, known).kind === "added" &&
      shared(old.text, block.text) > ALIKE,
  );

const shared = (one, other) => {
  const words = new Set(fold(one).split(/\s+/));
  const others = new Set(fold(other).split(/\s+/));
  const both = [...words].filter((word) => others.has(word)).length;
  return both / Math.max(words.size, others.size);
};

const wordsBetween = (old, young) =>
  diffWordsWithSpace(old.text, young.text, { timeout: PATIENCE }) ?? [
    { removed: true, value: old.text },
    { added: true, value: young.text },
  ];
