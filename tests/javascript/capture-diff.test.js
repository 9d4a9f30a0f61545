import assert from "node:assert/strict";
import { test } from "node:test";
import { script } from "./page.js";

const { differences } = await script("modules/capture-diff.js");
const { nearChanges, pairIn } = await script("modules/any-two.js");

const snapshot = (...texts) => ({
  sections: [
    {
      title: "Privacy",
      blocks: texts.map((text) => ({ id: `p-${text.length}${text.charCodeAt(0)}`, text, topics: [] })),
    },
  ],
});
const kinds = (...pair) => differences(...pair.map((texts) => snapshot(...texts))).map(({ kind }) => kind);

test("equal ids are equal words, wherever they stand", () => {
  assert.deepEqual(kinds(["one", "four"], ["one", "four"]), ["same", "same", "same"]);
  const long = "these are eight words that move about together";
  const moved = ["same", "moved-away", "same", "same", "moved"];
  assert.deepEqual(kinds([long, "eleven", "four"], ["eleven", "four", long]), moved);
  // Single words stand in many places, and are not said to move.
  const again = ["same", "removed", "same", "same", "added"];
  assert.deepEqual(kinds(["one", "eleven", "four"], ["eleven", "four", "one"]), again);
  assert.deepEqual(kinds(["one"], ["one", "seventeen"]), ["same", "same", "added"]);
  assert.deepEqual(kinds(["one", "seventeen"], ["one"]), ["same", "same", "removed"]);
});

test("words inside a changed block are marked, and both texts can be made of them", () => {
  const old = "We keep your data for two years.";
  const young = "We keep your data for three long years.";
  const [, changed] = differences(snapshot(old), snapshot(young));
  assert.equal(changed.kind, "changed");
  const side = (skipped) =>
    changed.words.filter((it) => !it[skipped]).map(({ value }) => value).join("");
  assert.equal(side("added"), old);
  assert.equal(side("removed"), young);
});

test("what has nothing in common was removed and added", () => {
  assert.deepEqual(kinds(["We sell nothing."], ["Cookies remember baskets and more"]).slice(1), [
    "removed",
    "added",
  ]);
});

test("an address names two known captures", () => {
  const known = new Set(["20110101", "20120101"]);
  assert.deepEqual(pairIn("#20110101..20120101", known), ["20110101", "20120101"]);
  for (const hash of ["", "#", "#20110101", "#20110101..20130101", "#%FF..a"]) {
    assert.equal(pairIn(hash, known), null, hash);
  }
});

test("two blocks around a change are shown", () => {
  const edits = ["same", "same", "same", "added", "same", "same", "same"].map((kind) => ({ kind }));
  assert.deepEqual(nearChanges(edits), [false, true, true, true, true, true, false]);
});
