import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { script } from "./page.js";

const { differences } = await script("modules/capture-diff.js");
const { nearChanges, pairIn } = await script("modules/any-two.js");

const key = (text) => {
  const plain = text.replace(/[\s.]|\S+@\S+/g, "");
  return [plain.toLowerCase(), plain].map((it) => createHash("sha256").update(it).digest("hex").slice(0, 8)).join("");
};
const snapshot = (...texts) => ({
  sections: [
    { id: "s", title: "Privacy", blocks: texts.map((text) => ({ id: `p-${text}`, text, topics: [] })) },
  ],
  units: { s: [key("Privacy")], ...Object.fromEntries(texts.map((it) => [`p-${it}`, it.split("\n").map(key)])) },
});
const kinds = (...pair) => differences(...pair.map((texts) => snapshot(...texts))).map(({ kind }) => kind);

test("equal keys are equal words, wherever they stand", () => {
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

test("a paragraph that was divided or joined has not changed", () => {
  const whole = "We keep your data. We delete it after two years.";
  const parts = ["We keep your data.", "We delete it after two years."];
  assert.deepEqual(kinds([whole], parts), ["same", "same", "same"]);
  assert.deepEqual(kinds(parts, [whole]), ["same", "same"]);
});

test("of a list the items are compared, whatever their numbers", () => {
  const list = "1. We sell nothing\n2. We keep it for years";
  assert.deepEqual(kinds([list], ["1. We keep it for years\n2. We sell nothing"]), ["same", "same"]);
  assert.deepEqual(kinds([list], ["1. We sell nothing\n2. We keep it for days"]), ["same", "changed"]);
});

test("capitals and addresses count, unless one of these is hidden", () => {
  assert.deepEqual(kinds(["We ask the User."], ["We ask the user."]), ["same", "changed"]);
  const write = (to) => [`Write to ${to} at any time.`];
  assert.deepEqual(kinds(write("a@b.example"), write("c@b.example")), ["same", "changed"]);
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
