// From a result's text and the places of the words found in it to the passages worth showing.
import { fold } from "../modules/text.js";

const LENGTH = 36;
const LEAD = 8;
const ENOUGH = 12;
const PASSAGES = 3;

const LETTERS = /[\p{L}\p{M}\p{N}]+(?:['’_-][\p{L}\p{M}\p{N}]+)*/u;

/** A word without the punctuation around it. */
export const bare = (word) => word.match(LETTERS)?.[0] ?? "";

const wordsOf = (data) => data.content.split(/[\r\n\s]+/g);

/** Letters at the end of a word that its other forms need not share. */
const ENDING = 3;

/** Whether a word is one of those `asked` for, in any form of it. */
const isAsked = (word, asked) =>
  asked.some((it) => fold(word).startsWith(it.slice(0, Math.max(ENDING, it.length - ENDING))));

/**
 * The words that were found, as they are written there; once, whatever their case, and only those
 * that are forms of the words `asked` for (folded).
 */
export const soughtWords = (data, asked) => {
  const words = wordsOf(data);
  const found = data.weighted_locations
    .map(({ location }) => bare(words[location] ?? ""))
    .filter((word) => isAsked(word, asked));
  const once = new Map(found.map((word) => [word.toLowerCase(), word]));
  return [...once.values()].filter(Boolean).slice(0, 12);
};

/** The places with most of what was looked for, each with the id of its paragraph. */
export const passages = (data) => {
  const words = wordsOf(data);
  const anchors = data.anchors.toSorted((a, b) => a.location - b.location);
  const hits = hitsOf(data, words);
  const places = [...hits.keys()].toSorted((a, b) => a - b);
  const groups = new Map();
  let next = 0;
  for (const place of places) {
    while (next < anchors.length && anchors[next].location <= place) next += 1;
    if (!groups.has(next)) groups.set(next, []);
    groups.get(next).push(place);
  }
  if (groups.size > 1) groups.delete(0); // the title stands above anyway
  const found = [...groups].map(([index, group]) => {
    const anchor = anchors[index - 1];
    const from = anchor?.location ?? 0;
    const to = after(anchors, index, words.length);
    return { anchor: anchor?.id, from, to, ...best(hits, group, from, to) };
  });
  found.sort((a, b) => b.score - a.score || a.from - b.from);
  return apart(found).map(({ anchor, from, to, start, end }) => ({
    anchor,
    words: words.slice(start, end).map((word, index) => ({ word, found: hits.has(start + index) })),
    before: start > from,
    after: end < to,
  }));
};

/** By place: a word that was found, folded, and what it counts. */
const hitsOf = (data, words) =>
  new Map(
    data.weighted_locations.map(({ location, balanced_score: score }) => [
      location,
      { word: fold(bare(words[location] ?? "")), score },
    ]),
  );

// A heading and the paragraph under it are one place.
const apart = (found) => {
  const kept = [];
  for (const [index, { start, end }] of found.entries()) {
    if (kept.length === PASSAGES) break;
    const better = found.slice(0, index);
    if (!better.some((one) => start < one.end && end > one.start)) kept.push(found[index]);
  }
  return kept;
};

// A paragraph ends where the next begins; a heading speaks for what follows it.
const after = (anchors, index, end) => {
  const isHeading = (at) => /^h\d$/i.test(anchors[at].element);
  let next = index;
  if (index && isHeading(index - 1)) {
    while (next < anchors.length && !isHeading(next)) next += 1;
  }
  return anchors[next]?.location ?? end;
};

// The stretch of words with most of what was looked for, at one of the places in `group`, which
// ascend; a word counts once.
const best = (hits, group, from, to) => {
  let winner = { score: -1, start: from, end: Math.min(to, from + LENGTH) };
  let first = 0;
  for (const place of group) {
    const start = to - from <= LENGTH ? from : Math.max(from, Math.min(place - LEAD, to - LENGTH));
    const end = Math.min(to, start + LENGTH);
    while (group[first] < start) first += 1;
    const once = new Map();
    for (let index = first; group[index] < end; index += 1) {
      const { word, score } = hits.get(group[index]);
      once.set(word, Math.max(once.get(word) ?? 0, score));
    }
    // Two words of a heading say less than the sentence that follows.
    const fullness = Math.min(1, (end - start) / ENOUGH);
    const score = fullness * [...once.values()].reduce((sum, value) => sum + value, 0);
    if (score > winner.score) winner = { score, start, end };
  }
  return winner;
};
