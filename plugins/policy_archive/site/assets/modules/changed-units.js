// Which units of two captures (headings, paragraphs, items, rows) differ in their words. The build
// has given each a key that is equal where the words are, so that no rule on words is repeated here.
import { diffArrays } from "../jsdiff/diff/array.js";

/** Digits of a unit's key that are its words, whatever their capitals. */
const WORDS = 8;
/** From so many words on a unit is known again elsewhere, as in the build's comparison. */
const MOVED = 2;
/** From so many words on a unit is known inside a longer one; a heading's are often there anyway. */
const WITHIN = { heading: 4, other: 2 };
/** Labels that a page sets beside its parts: at most so many words, come or gone so many times. */
const LABEL = { words: 4, times: 3 };

/** The blocks of a snapshot in order, headings among them: `{id, text, heading, folded, units}`. */
export const blocksOf = ({ sections, units }) =>
  sections
    .flatMap(({ id: section, title, blocks }) => [
      ...(title === null ? [] : [{ id: section, text: title, heading: true, folded: false }]),
      ...blocks.map(({ id, text, folded = false }) => ({ id, text, heading: false, folded })),
    ])
    .map((block) => withUnits(block, units[block.id]));

const withUnits = (block, keys) => {
  const lines = keys.length === 1 ? [block.text] : block.text.split("\n");
  // Where an item has several lines, none is known to be whose.
  const texts = lines.length === keys.length ? lines : keys.map(() => block.text);
  const { id, heading, folded } = block;
  const units = keys.map((key, at) => ({
    id: `${id} ${key}`,
    words: key.slice(0, WORDS),
    capitals: key.slice(WORDS),
    text: texts[at],
    heading,
    folded,
    state: "same",
  }));
  return { ...block, units, signature: keys.join(" ") };
};

/** Two lists as stretches in order, `{same, removed, added}`: equal by `name`, or in one alone. */
export const gapsOf = (before, after, name) => {
  const parts = diffArrays(before, after, { comparator: (a, b) => a[name] === b[name] });
  const gaps = [];
  let [i, j] = [0, 0];
  for (const { added, removed, count } of parts) {
    const same = !added && !removed;
    const last = gaps.at(-1);
    const gap = last && !last.same && !same ? last : { same, removed: [], added: [] };
    if (gap !== last) gaps.push(gap);
    if (!added) gap.removed.push(...before.slice(i, (i += count)));
    if (!removed) gap.added.push(...after.slice(j, (j += count)));
  }
  return gaps;
};

/** Tell of each unit whether it is `same`, `moved` or `changed`. */
export const setStates = (before, after) => {
  const [old, young] = [before, after].map((blocks) =>
    blocks.flatMap(({ units }) => units).filter(({ words }) => words),
  );
  // Of a text that stands twice, the one in its place is meant.
  const parts = gapsOf(old, young, "id").flatMap((gap) =>
    gap.same ? [gap] : gapsOf(gap.removed, gap.added, "words"),
  );
  for (const { removed, added } of parts.filter(({ same }) => same)) {
    removed.forEach((unit, at) => setSpelling(unit, added[at]));
  }
  const gaps = parts.filter(({ same }) => !same);
  setMoves(gaps);
  for (const { removed, added } of gaps) {
    const [gone, come] = [removed, added].map((units) => units.filter(isOpen));
    setChanged(gone, come);
    setChanged(come, gone);
  }
  setLabels(gaps.flatMap(({ removed, added }) => [...removed, ...added]));
};

const isOpen = ({ state }) => state === "same";
const wordsIn = (text) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

const setMoves = (gaps) => {
  const left = new Map();
  for (const unit of gaps.flatMap(({ removed }) => removed)) {
    left.set(unit.words, [...(left.get(unit.words) ?? []), unit]);
  }
  for (const unit of gaps.flatMap(({ added }) => added)) {
    const origin = wordsIn(unit.text) >= MOVED ? left.get(unit.words)?.shift() : null;
    if (!origin) continue;
    origin.state = unit.state = "moved";
    setSpelling(origin, unit);
  }
};

/** A unit whose words stand in the other text in one piece was divided or joined, not changed. */
const setChanged = (units, others) => {
  const text = ` ${others.map((it) => plain(it.text)).join(" ")} `;
  for (const unit of units) {
    const own = plain(unit.text);
    const least = unit.heading ? WITHIN.heading : WITHIN.other;
    const within = own.split(" ").length >= least && text.includes(` ${own} `);
    if (!within && !unit.folded) unit.state = "changed";
  }
};

/** The words of a unit and what can change a sentence, without a number before them. */
const plain = (text) =>
  text
    .normalize("NFKC")
    .replace(/^\s*\(?[\da-z]{1,3}(?:\.\d{1,3})*[.)]\s+/i, "")
    .replace(/[\s,]*,[\s,]*/g, " , ")
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N},()@%$€£?!&]+/gu, " ")
    .replace(/^ | (?:, )?$/g, "");

const ADDRESS = /\S+@\S+\w/g;
const HIDDEN = /\[email/;

/** Two units with the same words: their capitals, and e-mail addresses that none of them hides. */
const setSpelling = (old, young) => {
  const texts = [old.text, young.text];
  const [one, other] = texts.map((text) => text.match(ADDRESS)?.join());
  const capitals = old.capitals !== young.capitals && !old.heading && !young.heading;
  const addresses = one !== other && !texts.some((text) => HIDDEN.test(text));
  if (capitals || addresses) old.state = young.state = "changed";
};

const setLabels = (units) => {
  const changed = units.filter(
    ({ state, text }) => state === "changed" && wordsIn(text) <= LABEL.words,
  );
  const times = new Map();
  for (const { words } of changed) times.set(words, (times.get(words) ?? 0) + 1);
  for (const unit of changed) if (times.get(unit.words) >= LABEL.times) unit.state = "same";
};

/** Of a block: `changed` or `moved` where any of its units is, or `same`. */
export const stateOf = ({ units }) =>
  ["changed", "moved"].find((state) => units.some((it) => it.state === state)) ?? "same";
