// From a result's text and the places of the words found in it to the passages worth showing.

const LENGTH = 36;
const LEAD = 8;
const ENOUGH = 12;
const PASSAGES = 3;

// A word without the punctuation around it.
export const bare = (word) => word.match(/[\p{L}\p{N}]+(?:['’_-][\p{L}\p{N}]+)*/u)?.[0] ?? "";

const wordsOf = (data) => data.content.split(/[\r\n\s]+/g);

// The words that were found, as they are written there.
export const soughtWords = (data) => {
  const words = wordsOf(data);
  const found = data.weighted_locations.map(({ location }) => bare(words[location] ?? "").toLowerCase());
  return [...new Set(found)].filter(Boolean).slice(0, 12);
};

// The places with most of what was looked for, each with the id of its paragraph.
export const passages = (data) => {
  const words = wordsOf(data);
  const anchors = data.anchors.toSorted((a, b) => a.location - b.location);
  const scores = new Map(data.weighted_locations.map((at) => [at.location, at.balanced_score]));
  const places = [...scores.keys()].sort((a, b) => a - b);
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
    return { anchor: anchor?.id, from, to, ...best(words, scores, group, from, to) };
  });
  found.sort((a, b) => b.score - a.score || a.from - b.from);
  // A heading and the paragraph under it are one place.
  const apart = found.filter(
    ({ start, end }, index) => !found.slice(0, index).some((one) => start < one.end && end > one.start),
  );
  return apart.slice(0, PASSAGES).map(({ anchor, from, to, start, end }) => ({
    anchor,
    words: words.slice(start, end).map((word, index) => ({ word, found: scores.has(start + index) })),
    before: start > from,
    after: end < to,
  }));
};

// A paragraph ends where the next begins; a heading speaks for what follows it.
const after = (anchors, index, end) => {
  const heading = ({ element }) => /^h\d$/i.test(element);
  if (index && heading(anchors[index - 1])) {
    return anchors.slice(index).find(heading)?.location ?? end;
  }
  return anchors[index]?.location ?? end;
};

// The stretch of words with most of what was looked for; a word counts once.
const best = (words, scores, group, from, to) => {
  let winner = { score: -1, start: from, end: Math.min(to, from + LENGTH) };
  for (const place of group) {
    const start = to - from <= LENGTH ? from : Math.max(from, Math.min(place - LEAD, to - LENGTH));
    const end = Math.min(to, start + LENGTH);
    const once = new Map();
    for (const other of group) {
      if (other < start || other >= end) continue;
      const word = bare(words[other]).toLowerCase();
      once.set(word, Math.max(once.get(word) ?? 0, scores.get(other)));
    }
    // Two words of a heading say less than the sentence that follows.
    const fullness = Math.min(1, (end - start) / ENOUGH);
    const score = fullness * [...once.values()].reduce((sum, value) => sum + value, 0);
    if (score > winner.score) winner = { score, start, end };
  }
  return winner;
};
