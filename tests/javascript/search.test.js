import assert from "node:assert/strict";
import { test } from "node:test";
import { script } from "./page.js";

const settings = {
  root: "../",
  index: "../pagefind/",
  page: "",
  topics: { cookies: "Cookies", security: "Security" },
};
const elements = { "pa-search-settings": { textContent: JSON.stringify(settings) } };
const { areJoined, filtersOf, sizes, sought } = await script("search/archive.js");
const { bare, passages, soughtWords } = await script("search/excerpt.js");
const { label, valuesOf } = await script("search/facets.js", elements);
const { within } = await script("search/site.js", elements);
const { patternOf } = await script("modules/marks.js");

/** A result of Pagefind: `text`, places of the words found, and `[id, element, place]` anchors. */
const result = (text, places, anchors = []) => ({
  content: text,
  weighted_locations: places.map((location) => ({ location, balanced_score: 1 })),
  anchors: anchors.map(([id, element, location]) => ({ id, element, location })),
});

test("words without the punctuation around them", () => {
  const words = { "“cookies”,": "cookies", "(e-mail)": "e-mail", "—": "", "site’s.": "site’s", "हिन्दी।": "हिन्दी" };
  for (const [written, word] of Object.entries(words)) assert.equal(bare(written), word);
});

test("common words are not asked for, unless there are no others", () => {
  assert.equal(sought("do You sell my data"), "sell data");
  assert.equal(sought("what is it"), "what is it");
  assert.equal(sought(' "what is it" '), '"what is it"');
  assert.equal(sought("  "), null);
});

test("Chinese and Japanese are asked for character by character, in a row", () => {
  assert.equal(sought("个人信息"), '"个 人 信 息"');
  assert.equal(sought('"個人情報"'), '"個 人 情 報"');
  assert.equal(sought("cookie 个人"), "cookie 个 人");
  assert.equal(sought("개인정보"), "개인정보");
  assert.ok(areJoined("个", "人"));
  assert.ok(!areJoined("cookie", "个"));
});

test("facets without a choice are no filter", () => {
  const chosen = new Map([["year", new Set(["2014", "2018"])], ["site", new Set()]]);
  assert.deepEqual(filtersOf(chosen), { year: { any: ["2014", "2018"] } });
});

test("words found, each once in whatever case, as they are written", () => {
  const data = result("Cookies, cookies (COOKIE) İstanbul", [0, 1, 2, 3, 99]);
  assert.deepEqual(soughtWords(data, ["COOKIES", "ISTANBUL"]), ["cookies", "COOKIE", "İstanbul"]);
  // What was found for another reason is not marked where the result leads.
  assert.deepEqual(soughtWords(data, ["COOKIE"]), ["cookies", "COOKIE"]);
});

test("a passage is a stretch of its paragraph, with the words found", () => {
  const words = Array.from({ length: 100 }, (_, index) => `w${index}`);
  const [passage] = passages(result(words.join(" "), [50], [["p-1", "p", 0]]));
  assert.equal(passage.anchor, "p-1");
  assert.deepEqual(passage.words.filter(({ found }) => found), [{ word: "w50", found: true }]);
  assert.equal(passage.words.length, 36);
  assert.equal(passage.words[0].word, "w42");
  assert.ok(passage.before && passage.after);
});

test("a paragraph with two of the words comes before one with a word twice", () => {
  const text = `${"cookie ".repeat(15)}${"filler ".repeat(13)}browser cookie`;
  const anchors = [["p-1", "p", 0], ["p-2", "p", 15]];
  const places = [...Array.from({ length: 15 }, (_, index) => index), 28, 29];
  assert.deepEqual(passages(result(text, places, anchors)).map(({ anchor }) => anchor), ["p-2", "p-1"]);
});

test("a heading and the paragraph under it are one place", () => {
  const anchors = [["h", "h2", 0], ["p-1", "p", 2], ["h-2", "h2", 40]];
  const found = passages(result("word ".repeat(60), [0, 3, 41], anchors));
  assert.deepEqual(found.map(({ anchor }) => anchor), ["h", "h-2"]);
});

test("a long text full of what was looked for is no quadratic work", () => {
  const took = (size) => {
    const places = Array.from({ length: size }, (_, index) => index);
    const anchors = places.filter((place) => place % 2).map((place) => [`p-${place}`, "p", place]);
    const data = [result("cookie ".repeat(size), places), result("cookie ".repeat(size), places, anchors)];
    const start = performance.now();
    for (const each of data) passages(each);
    return performance.now() - start;
  };
  // A busy machine makes any of them slower.
  const once = Math.max(took(20000), took(20000));
  const more = took(160000);
  assert.ok(more < 20 * once, `${once} ms, and ${more} ms for eight times the size`);
});

test("values of a facet: those with results or chosen, in their order", () => {
  const none = new Set();
  assert.deepEqual(
    valuesOf("year", { 2014: 2, 2018: 1, undated: 3, 2016: 0 }, none).map(([value]) => value),
    ["2018", "2014", "undated"],
  );
  assert.deepEqual(
    valuesOf("site", { b: 1, "É": 1, Z: 1, a: 2 }, new Set(["c"])).map(([value]) => value),
    ["a", "Z", "b", "É", "c"],
  );
  assert.deepEqual(valuesOf("topic", { security: 9, cookies: 1 }, none), [["cookies", 1], ["security", 9]]);
  assert.deepEqual(valuesOf("kind", { a: 1, b: 2 }, none), [["b", 2], ["a", 1]]);
});

test("what a value is called; what an address makes up is itself", () => {
  assert.equal(label("topic", "cookies"), "Cookies");
  assert.equal(label("topic", "constructor"), "constructor");
  assert.equal(label("kind", "terms-of-service"), "terms of service");
  assert.equal(label("language", "de"), "German");
  assert.equal(label("language", "und"), "unknown");
  assert.equal(label("language", "\0"), "\0");
});

test("results stay below the site's root", () => {
  assert.equal(within("/policies/a.example/").href, "http://archive.example/policies/a.example/");
  for (const path of ["//evil.example/", "javascript:alert(1)", "/\\evil.example/"]) {
    assert.ok(within(path).href.startsWith("http://archive.example/"), path);
  }
});

test("words to mark: whole, in any case and script, and nothing that a pattern would mean", () => {
  const marked = (said, text) => text.match(patternOf(said)) ?? [];
  assert.deepEqual(marked(["cookies"], "Cookies, cookiest, COOKIES."), ["Cookies", "COOKIES"]);
  assert.deepEqual(marked(["हिन्दी"], "हिन्दी हिन्दीमें"), ["हिन्दी"]);
  assert.deepEqual(marked([".*", "[(ab"], "a.b ab"), ["ab"]);
  const pieces = "Our cookies, cookies.".split(patternOf(["COOKIES", "nobody"]));
  assert.deepEqual(pieces, ["Our ", "cookies", ", ", "cookies", "."]);
  assert.equal(patternOf([".*", "a", ""]), null);
});

test("a facet's values are counted by policy, whatever its captures", () => {
  const pairs = [["2014", "a"], ["2014", "a"], ["2014", "b"], ["2018", "a"]];
  assert.deepEqual(sizes(pairs), { 2014: 2, 2018: 1 });
  assert.deepEqual(sizes([]), {});
});
