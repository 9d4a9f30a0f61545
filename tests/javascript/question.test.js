import assert from "node:assert/strict";
import { test } from "node:test";
import { script } from "./page.js";

const { answers, asksNothing, questionOf } = await script("modules/question.js");
const { fold } = await script("modules/text.js");

const answered = (form, text, values = {}) =>
  answers(questionOf(form), fold(text), (name) => values[name]);

test("a form's values become a question", () => {
  assert.deepEqual(questionOf({ filter: " Zoom us", sort: "-words", kind: "", possible: "no" }), {
    words: ["ZOOM", "US"],
    key: "words",
    down: true,
    wanted: [["possible", "no"]],
  });
});

test("a name with capitals is found, whatever is typed", () => {
  for (const filter of ["Zoom", "zoom", "ZOOM", "oo vid", "zöom"]) {
    assert.ok(answered({ filter }, "Zoom Video"), filter);
  }
  assert.ok(!answered({ filter: "zoom audio" }, "Zoom Video"));
});

test("other values must be the row's own", () => {
  assert.ok(answered({ kind: "terms" }, "a", { kind: "terms" }));
  assert.ok(!answered({ kind: "terms" }, "a", { kind: "privacy policy" }));
  assert.ok(!answered({ kind: "terms" }, "a"));
});

test("an empty form asks nothing", () => {
  assert.ok(asksNothing(questionOf({ filter: "  ", sort: "", kind: "" })));
  for (const form of [{ filter: "a" }, { sort: "site" }, { kind: "terms" }]) {
    assert.ok(!asksNothing(questionOf(form)));
  }
});
