import assert from "node:assert/strict";
import { test } from "node:test";
import { script } from "./page.js";

const { compare, pageOfRow, rowKey, sortable, sorted } = await script("modules/order.js");
const { placeOf } = await script("modules/rows.js");

// As Python writes them: by the UTF-16 code units of the site, then by kind.
const ROWS = [
  "10.example",
  "9.example",
  "a",
  "a-b",
  "a.example/cookie-policy",
  "a.example",
  "a.example/terms-of-service",
  "a.example-2",
  "ab",
  "z",
  "é",
  "日本",
  "\u{1F600}", // beyond U+FFFF: two code units, from U+D83D
  "\uFB01x",
];

test("rows stand by code units, and the kinds of a site together", () => {
  for (const order of [ROWS.toReversed(), ROWS.toSorted(), ROWS.toSorted(new Intl.Collator("en").compare)]) {
    assert.deepEqual(sorted(order, order.map(rowKey), false), ROWS);
  }
  assert.deepEqual(sorted(ROWS, ROWS.map(rowKey), true), ROWS.toReversed());
});

for (const size of [1, 2, 3, 5, 20]) {
  test(`every row is found on its page of ${size}`, () => {
    const firsts = ROWS.filter((_, index) => index % size === 0);
    for (const [index, row] of ROWS.entries()) {
      assert.equal(pageOfRow(firsts, row), Math.floor(index / size), row);
    }
  });
}

test("what stands before all pages is on none", () => {
  assert.equal(pageOfRow(["b", "d"], "a"), -1);
  assert.equal(pageOfRow([], "a"), -1);
});

test("rows without a value come last either way, equal ones as they stood", () => {
  const rows = ["a", "b", "c", "d", "e"];
  const values = [2, null, 10, undefined, 2];
  assert.deepEqual(sorted(rows, values, false), ["a", "e", "c", "b", "d"]);
  assert.deepEqual(sorted(rows, values, true), ["c", "a", "e", "b", "d"]);
});

test("attributes are numbers where all of them are", () => {
  assert.deepEqual(sortable(["10", "", "9"]), [10, null, 9]);
  assert.deepEqual(sortable(["10", "", "terms"]), ["10", null, "terms"]);
  assert.deepEqual(sortable(["2019-06-01", "2019-06-01T10:00:00Z", ""]), [
    "2019-06-01",
    "2019-06-01T10:00:00Z",
    null,
  ]);
});

test("words compare by their code units in every language", () => {
  assert.deepEqual(["é", "f", "Z", "a", "10", "9"].toSorted(compare), ["10", "9", "Z", "a", "f", "é"]);
});

test("a row stands in the part whose rows reach it", () => {
  const parts = [["a", 2], ["m", 1], ["t", 3]];
  const found = [0, 1, 2, 3, 5].map((row) => placeOf(row, parts));
  assert.deepEqual(found, [["a", 0], ["a", 1], ["m", 0], ["t", 0], ["t", 2]]);
  assert.throws(() => placeOf(6, parts), RangeError);
});
