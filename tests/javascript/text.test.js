import assert from "node:assert/strict";
import { test } from "node:test";
import { script } from "./page.js";

const { fold, terms } = await script("modules/text.js");

const alike = [
  ["Zoom", "zoom", "ZOOM"],
  ["Café", "CAFE", "cafe\u0301"],
  ["Straße", "STRASSE", "STRAẞE", "strasse"],
  ["ΟΔΟΣ", "οδος", "οδοσ"],
  ["İstanbul", "istanbul", "ISTANBUL", "ıstanbul"],
  ["Ångström", "angstrom", "A\u030Angstro\u0308m", "Å\u006Egstrom"],
  ["ﬁnance", "Finance", "ＦＩＮＡＮＣＥ"],
  ["Приватность", "ПРИВАТНОСТЬ"],
];

for (const [first, ...others] of alike) {
  test(`${first} is found by ${others.join(", ")}`, () => {
    for (const other of others) assert.equal(fold(other), fold(first));
  });
}

test("different letters stay different", () => {
  const words = ["zoom", "zoo", "cafés", "कि", "क", "東京", "京都", "o", "0"];
  assert.equal(new Set(words.map(fold)).size, words.length);
});

test("every character folds as its upper and lower case do, and once for all", () => {
  const wrong = [];
  for (let code = 0; code < 0x1f000; code += 1) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const letter = String.fromCodePoint(code);
    const once = fold(letter);
    const forms = [letter.toLowerCase(), letter.toUpperCase(), once];
    if (forms.some((form) => fold(form) !== once)) wrong.push(letter);
  }
  assert.deepEqual(wrong, []);
});

test("what is typed is words, blind to spaces", () => {
  assert.deepEqual(terms("  Zoom\u00a0Video\tUS "), ["ZOOM", "VIDEO", "US"]);
  assert.deepEqual(terms(" "), []);
});
