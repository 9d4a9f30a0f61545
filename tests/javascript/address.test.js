import assert from "node:assert/strict";
import { test } from "node:test";
import { script } from "./page.js";

const { idIn, linkWithin, showAddress, target, withQuery } = await script("modules/address.js");
const { captureOn } = await script("modules/as-of.js");
const { dayIn } = await script("modules/day.js");
const { siteSegment } = await script("modules/not-found.js");
const { searchPath } = await script("modules/theme-search.js");

const PAGE = "http://archive.example/policies/";

test("a hash names an id, however it is encoded", () => {
  const ids = {
    "": "",
    "#": "",
    "#p-1a2b3c4d": "p-1a2b3c4d",
    "#caf%C3%A9": "café",
    "#café": "café",
    "#a.example%2Fterms": "a.example/terms",
    "#%FF": "%FF",
    "#caf%C3%A9%FF": "caf%C3%A9%FF",
    "#100%-caf%C3%A9": "100%-café",
    "#%": "%",
    "#%E0%A4%A": "%E0%A4%A",
    "#%u0041": "%u0041",
  };
  for (const [hash, id] of Object.entries(ids)) assert.equal(idIn(hash), id, hash);
});

test("no hash throws", () => {
  for (let byte = 0; byte < 256; byte += 1) {
    const escape = `%${byte.toString(16).padStart(2, "0")}`;
    for (const hash of [`#${escape}`, `#a${escape}b`, `#%C3${escape}`, `#${escape}%A9`]) {
      assert.equal(typeof idIn(hash), "string");
    }
  }
});

test("an element whose id looks encoded is found before the one that it would decode to", async () => {
  const elements = { "a%20b": "as it is", "a b": "decoded", "c d": "decoded too" };
  await script("modules/address.js", elements);
  for (const [hash, element] of Object.entries({ "#a%20b": "as it is", "#c%20d": "decoded too" })) {
    globalThis.location = new URL(hash, PAGE);
    assert.equal(target(), element);
  }
});

test("values go into the query, empty ones out of it", () => {
  const href = `${PAGE}?filter=a&other=1#row%2Fa`;
  assert.equal(withQuery(href, { filter: "", kind: "x y" }), `${PAGE}?other=1&kind=x+y#row%2Fa`);
  assert.equal(withQuery(`${PAGE}a%2Cb/`, { sites: "a,b" }), `${PAGE}a%2Cb/?sites=a,b`);
  assert.equal(withQuery(`${PAGE}?a=%FF`, { filter: "%" }), `${PAGE}?a=%EF%BF%BD&filter=%25`);
});

test("a browser that refuses another address does not stop the page", (context) => {
  context.mock.method(console, "info", () => {});
  globalThis.history = {
    state: null,
    replaceState: () => {
      throw new DOMException("100 times per 30 seconds", "SecurityError");
    },
  };
  showAddress(PAGE);
});

test("data cannot lead to another site", () => {
  const from = (address) => linkWithin("http://archive.example", address, PAGE);
  assert.deepEqual(from("../a/#p-1"), { href: "http://archive.example/a/#p-1" });
  for (const address of ["//evil.example/", "https://archive.example/", "javascript:alert(1)", "http://["]) {
    assert.deepEqual(from(address), {}, address);
  }
  assert.deepEqual(linkWithin("null", "javascript:alert(1)", "about:blank"), {});
});

test("a day is one of the calendar", () => {
  const days = {
    "#on=2019-06-01": "2019-06-01",
    "#on=2020-02-29": "2020-02-29",
    "#on=2019-02-29": "",
    "#on=2019-13-01": "",
    "#on=2019-06-31": "",
    "#on=2019-6-1": "",
    "#on=20190601": "",
    "#on=%FF": "",
    "#on=": "",
    "": "",
  };
  for (const [hash, day] of Object.entries(days)) assert.equal(dayIn(hash), day, hash);
});

test("a day leads to the newest capture of that day or before", () => {
  const captures = ["2020-05-01", "2019-06-01", "2014-01-31", ""].map((day) => ({ day }));
  assert.equal(captureOn("2030-01-01", captures).day, "2020-05-01");
  assert.equal(captureOn("2020-04-30", captures).day, "2019-06-01");
  assert.equal(captureOn("2019-06-01", captures).day, "2019-06-01");
  assert.equal(captureOn("2014-01-30", captures), undefined);
});

test("an address without a page may still name a site", () => {
  assert.equal(siteSegment("/sub/policies/a.example/2019/"), "a.example");
  assert.equal(siteSegment("/policies/%FF/"), "%FF");
  for (const path of ["/policies/", "/policies/page/9/", "/policies/rows/9.json", "/about/x/"]) {
    assert.equal(siteSegment(path), "");
  }
});

test("the search page is found by the theme's settings, whatever is left of them", () => {
  assert.equal(searchPath('{"base": ".."}', PAGE), "/search/");
  assert.equal(searchPath("{}", PAGE), "/policies/search/");
  for (const settings of [undefined, "", "null", "[", '{"base": "http://["}']) {
    assert.equal(searchPath(settings, PAGE), "", settings);
  }
});
