import assert from "node:assert/strict";
import { test } from "node:test";
import { script } from "./page.js";

const { answers, asksNothing, questionOf } = await script("modules/question.js");
const { fold } = await script("modules/text.js");

const answered = (form, text, values = {}) =>
  answers(questionOf(form), fold(text), (name) => values[name]);

test("a form's values become a question", () => {
  const form = { filter: " Zoom us", sort: "-words", kind: "", possible: "no" };
  const { wanted, ...question } = questionOf(form);
  assert.deepEqual(question, { words: ["ZOOM", "US"], key: "words", down: true });
  assert.deepEqual(wanted.map(([name]) => name), ["possible"]);
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

test("topics, sizes and days are compared, whether a row holds a day as text or as a number", () => {
  for (const captured of ["2021-09-01T16:44:47Z", "2021-09-01", 20210901]) {
    const row = { topics: "sale sharing", words: "120", captured };
    const form = { topic: "sale", least: "100", from: "2021-09-01", to: "2021-09-01" };
    assert.ok(answered(form, "a", row), captured);
    const others = { topic: "sal", least: "121", from: "2021-09-02", to: "2021-08-31" };
    for (const [name, value] of Object.entries(others)) {
      assert.ok(!answered({ [name]: value }, "a", row), name);
    }
  }
});

test("an empty form asks nothing", () => {
  assert.ok(asksNothing(questionOf({ filter: "  ", sort: "", kind: "" })));
  for (const form of [{ filter: "a" }, { sort: "site" }, { kind: "terms" }]) {
    assert.ok(!asksNothing(questionOf(form)));
  }
});
