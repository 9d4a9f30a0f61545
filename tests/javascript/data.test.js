import assert from "node:assert/strict";
import { test } from "node:test";
import { script } from "./page.js";

const { fetchJson, remembered } = await script("modules/data.js");
const { sitesIn } = await script("modules/side-by-side.js");
const { yearsApart } = await script("modules/comparison.js");
const { checkedIn, isSnapshot, momentShown, passagesOn } = await script("modules/snapshot.js");

const answering = (context, body, { status = 200 } = {}) =>
  context.mock.method(globalThis, "fetch", async () => new Response(body, { status }));

test("what is known is not asked for again", async (context) => {
  const load = context.mock.fn(async (key) => key.toUpperCase());
  const once = remembered(load);
  assert.deepEqual(await Promise.all([once("a"), once("a"), once("b")]), ["A", "A", "B"]);
  assert.equal(load.mock.callCount(), 2);
});

test("what failed is asked for again", async () => {
  let tries = 0;
  const once = remembered(async () => {
    tries += 1;
    if (tries === 1) throw new Error("a network that was away");
    return tries;
  });
  await assert.rejects(once("a"));
  assert.equal(await once("a"), 2);
  assert.equal(await once("a"), 2);
});

test("a file is its address and its value", async (context) => {
  answering(context, "[1]");
  assert.deepEqual((await fetchJson("http://archive.example/a.json", Array.isArray)).value, [1]);
});

test("a file that is missing, torn or another one is refused", async (context) => {
  for (const [body, options] of [
    ["[]", { status: 404 }],
    ["[1, 2", {}],
    ["<!doctype html>", {}],
    ["null", {}],
    ['{"0": 1}', {}],
  ]) {
    answering(context, body, options);
    await assert.rejects(fetchJson("http://archive.example/a.json", Array.isArray), body);
    context.mock.restoreAll();
  }
});

const block = (id, topics, rest = {}) => ({ id, text: `Text of ${id}.`, topics, ...rest });
const snapshot = (blocks, rest = {}) => ({
  addresses: { page: "./" },
  checked: true,
  sections: [{ blocks: blocks.slice(0, 1) }, { blocks: blocks.slice(1) }],
  ...rest,
});

test("a snapshot has an address, and sections with blocks", () => {
  assert.ok(isSnapshot(snapshot([])));
  const page = { page: "./" };
  for (const value of [
    null,
    [],
    1,
    {},
    { sections: [] },
    { addresses: page },
    { addresses: page, sections: null },
    { addresses: page, sections: [null] },
    { addresses: page, sections: [{ blocks: {} }] },
    { addresses: { page: 1 }, sections: [] },
  ]) {
    assert.equal(isSnapshot(value), false, JSON.stringify(value));
  }
});

test("an address chooses known sites, each once, four at most", () => {
  const known = new Set(["a", "b", "c", "d", "e", "a/terms"]);
  assert.deepEqual(sitesIn("?sites=b,a,b,nobody,a%2Fterms", known), ["b", "a", "a/terms"]);
  assert.deepEqual(sitesIn("?sites=a,b,c,d,e", known), ["a", "b", "c", "d"]);
  for (const query of ["", "?sites=", "?sites=%FF,__proto__"]) assert.deepEqual(sitesIn(query, known), []);
});

test("passages on a topic come with their addresses, the best first", () => {
  const about = (topic, score) => ({ topic, score });
  const found = snapshot([
    block("p-1", [about("cookies", 0.4)]),
    block("p-2", [about("security", 0.9), about("cookies", 0.8)]),
    block("p-3", []),
  ]);
  assert.deepEqual(passagesOn("cookies", found), [
    { text: "Text of p-2.", url: "./#p-2", possible: false },
    { text: "Text of p-1.", url: "./#p-1", possible: true },
  ]);
  assert.deepEqual(passagesOn("constructor", found), []);
  const answers = { cookies: { block: "p-1", text: "The answer." } };
  assert.deepEqual(
    passagesOn("cookies", { ...found, answers }).map(({ text }) => text),
    ["The answer.", "Text of p-2."],
  );
});

test("menus are not among the paragraphs that were checked", () => {
  const blocks = [block("p-1", []), block("p-2", [], { folded: true }), block("p-3", [])];
  assert.equal(checkedIn(snapshot(blocks)), 2);
  assert.equal(checkedIn(snapshot(blocks, { checked: false })), 0);
});

test("moments are shown in UTC, days without a time", () => {
  assert.equal(momentShown("2014-05-21T23:59:13Z"), "21 May 2014, 23:59 UTC");
  assert.equal(momentShown("2019-01-02"), "2 January 2019");
  assert.equal(momentShown(null), "date unknown");
});

test("captures over two years apart are warned of", () => {
  assert.equal(yearsApart(["2014-05-21T17:33:13Z", "", "2019-04-23"]), "2014 to 2019");
  assert.equal(yearsApart(["2018-05-21", "2019-04-23"]), "");
  assert.equal(yearsApart(["", "2019-04-23", "no date"]), "");
  assert.equal(yearsApart([]), "");
});
