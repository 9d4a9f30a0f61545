import assert from "node:assert/strict";
import { test } from "node:test";
import { script } from "./page.js";

const { citationOf, textFragment } = await script("modules/cite.js");

test("a text fragment finds short passages whole and long ones by their ends", () => {
  assert.equal(textFragment("  We sell\n nothing, e-mail "), ":~:text=We%20sell%20nothing%2C%20e%2Dmail");
  const long = Array.from({ length: 20 }, (_, n) => `w${n}`).join(" ");
  assert.equal(textFragment(long), ":~:text=w0%20w1%20w2%20w3%20w4,w15%20w16%20w17%20w18%20w19");
  assert.equal(textFragment(" "), "");
});

test("a citation of a paragraph has its address wherever it has the page's", () => {
  const page = "https://archive.example/policies/a/2019/";
  assert.equal(citationOf(`UR  - ${page}\nER  - `, page, "p-1"), `UR  - ${page}#p-1\nER  - `);
  assert.equal(citationOf("no address", "", "p-1"), "no address");
  assert.equal(citationOf(page, page, undefined), page);
});
