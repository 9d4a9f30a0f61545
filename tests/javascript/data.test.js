import assert from "node:assert/strict";
import { test } from "node:test";
import { script } from "./page.js";

const { fetchJson, remembered } = await script("modules/data.js");
const { holdsPassages, sitesIn } = await script("modules/side-by-side.js");
const { passagesOn, yearsApart } = await script("modules/comparison.js");

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

test("a file of passages has lists by topic", () => {
  assert.ok(holdsPassages({ topics: {} }));
  assert.ok(holdsPassages({ topics: { cookies: [] } }));
  for (const value of [null, [], 1, {}, { topics: null }, { topics: [1] }, { topics: { a: "b" } }]) {
    assert.equal(holdsPassages(value), false, JSON.stringify(value));
  }
});

test("an address chooses known sites, each once, four at most", () => {
  const known = new Set(["a", "b", "c", "d", "e", "a/terms"]);
  assert.deepEqual(sitesIn("?sites=b,a,b,nobody,a%2Fterms", known), ["b", "a", "a/terms"]);
  assert.deepEqual(sitesIn("?sites=a,b,c,d,e", known), ["a", "b", "c", "d"]);
  for (const query of ["", "?sites=", "?sites=%FF,__proto__"]) assert.deepEqual(sitesIn(query, known), []);
});

test("what answers a topic's question comes first, and no topic has a passage of Object's", () => {
  const answer = { text: "b", possible: true };
  const topics = { cookies: [answer, { text: "a", possible: false }] };
  assert.equal(passagesOn("cookies", { topics })[0], answer);
  assert.deepEqual(passagesOn("constructor", { topics }), []);
});

test("captures over two years apart are warned of", () => {
  assert.equal(yearsApart(["2014-05-21T17:33:13Z", "", "2019-04-23"]), "2014 to 2019");
  assert.equal(yearsApart(["2018-05-21", "2019-04-23"]), "");
  assert.equal(yearsApart(["", "2019-04-23", "no date"]), "");
  assert.equal(yearsApart([]), "");
});
