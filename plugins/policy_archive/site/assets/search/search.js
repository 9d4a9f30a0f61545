// The search page: the form, its address, and asking.
import { showAddress } from "../modules/address.js";
import { all, make, one, openWhere } from "../modules/dom.js";
import { terms } from "../modules/text.js";
import { Archive, sought } from "./archive.js";
import { showChosen, showFacet } from "./facets.js";
import { hits, policyLink, topicLinks } from "./results.js";
import { settings } from "./site.js";
import { gettext, ngettext } from "../modules/words.js";

/** Captures looked into at a time; those of one policy are shown as one. */
const PAGE = 30;
/** Milliseconds: each beginning of a word costs a download. */
const WAIT = 350;
const FACETS = ["topic", "year", "site", "kind", "language"];

const archive = new Archive(new URL(settings.index, location.href));

const form = one("[data-pa-search]");
const { words, sort } = form.elements;
const narrow = one(".pa-narrow", form);
const answers = one("[data-pa-results]", form);
const heading = one("h2 [role=status]", answers);
const list = one(".pa-hits", answers);
const more = one("[data-pa-more]", answers);
const older = one("[data-pa-older]", answers);
const facets = new Map(all("[data-pa-facet]", form).map((at) => [at.dataset.paFacet, at]));
const chosen = new Map(FACETS.map((name) => [name, new Set()]));

let asked = 0;
let current = null;
let counts = {};

// What the page's address says, and the other way round

const readAddress = () => {
  const query = new URLSearchParams(location.search);
  words.value = query.get("words") ?? "";
  sort.value = query.get("sort") ?? "";
  if (sort.selectedIndex < 0) sort.value = "";
  for (const [name, values] of chosen) {
    values.clear();
    for (const value of query.getAll(name)) values.add(value);
  }
};

const writeAddress = () => {
  const query = new URLSearchParams();
  if (words.value.trim()) query.set("words", words.value.trim());
  for (const [name, values] of chosen) for (const value of values) query.append(name, value);
  if (sort.value) query.set("sort", sort.value);
  const url = new URL(location.href);
  url.search = query.toString();
  url.hash = "";
  showAddress(url.href);
};

// Asking

const search = async ({ further = false } = {}) => {
  const mine = (asked += 1);
  writeAddress();
  showChosen(form, facets, chosen);
  const nothing = !words.value.trim() && [...chosen.values()].every(({ size }) => !size);
  answers.hidden = nothing;
  if (nothing) {
    current = null;
    list.replaceChildren();
    return;
  }
  answers.setAttribute("aria-busy", "true");
  heading.textContent ||= gettext("Searching…");
  try {
    await answer(mine, further);
  } catch (error) {
    console.error(error);
    if (mine === asked) broken();
  } finally {
    if (mine === asked) answers.removeAttribute("aria-busy");
  }
};

const answer = async (mine, further) => {
  const query = { words: words.value, chosen, sort: sort.value };
  const found = await archive.search(query, { least: PAGE, reach: further ? current.reach + 1 : 1 });
  if (mine !== asked) return;
  const goesOn = further && sort.value;
  if (!goesOn) list.replaceChildren();
  current = { ...found, shown: goesOn ? current.shown : 0 };
  say(found);
  const links = topicLinks(found.topics);
  const topics = one("[data-pa-topics]", answers);
  topics.replaceChildren(make("p", {}, `${gettext("Compare all policies on")} `), ...links);
  topics.hidden = !links.length;
  await showMore({ focus: further });
  if (mine === asked) await showFacets();
};

const say = ({ results, since, until, complete }) => {
  const found = results.length
    ? ngettext("%(num)s result", "%(num)s results", results.length)
    : gettext("Nothing found");
  heading.textContent = found;
  if (!complete && since) {
    heading.textContent = gettext("%(found)s captured since %(day)s", { found, day: since });
  } else if (!complete && until) {
    heading.textContent = gettext("%(found)s captured until %(day)s", { found, day: until });
  }
  one("[data-pa-nothing]", answers).hidden = results.length > 0;
  older.hidden = complete;
  older.textContent = since
    ? gettext("Search captures before %(day)s too", { day: since })
    : gettext("Search later captures too");
};

const showMore = async ({ focus }) => {
  const mine = asked;
  const page = current.results.slice(current.shown, current.shown + PAGE);
  const found = await Promise.all(page.map((result) => result.data()));
  if (mine !== asked) return;
  const wanted = terms(sought(words.value) ?? "").map((word) => word.replaceAll('"', ""));
  const named = current.shown ? null : policyLink(found, wanted);
  if (named) list.append(make("li", { className: "pa-named" }, make("h3", {}, named)));
  const items = hits(found, wanted);
  list.append(...items);
  current.shown += page.length;
  more.hidden = current.shown >= current.results.length;
  if (focus) one("a", items[0])?.focus();
};

const isOpen = (name) => facets.get(name).open && (narrow.open || facets.get(name).offsetParent);

const showFacets = async () => {
  const open = FACETS.filter(isOpen);
  if (!open.length || !current) return;
  const mine = asked;
  const found = await archive.counts(current, open);
  if (mine !== asked) return;
  counts = { ...counts, ...found };
  for (const name of open) showValues(name);
};

const showValues = (name) =>
  showFacet(facets.get(name), name, counts[name] ?? {}, chosen.get(name));

const broken = () => {
  form.hidden = true;
  one("[data-pa-broken]").hidden = false;
};
// The form

let waiting;
words.addEventListener("input", () => {
  clearTimeout(waiting);
  if (!words.value.trim() || words.value.trim().length > 2) waiting = setTimeout(search, WAIT);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  search();
});
form.addEventListener("change", ({ target }) => {
  if (target === sort) return search();
  if (target.type !== "checkbox") return;
  const values = chosen.get(target.name);
  if (target.checked) values.add(target.value);
  else values.delete(target.value);
  search();
});
one("[data-pa-within]", form).addEventListener("input", () => showValues("site"));
one("[data-pa-within]", form).addEventListener("keydown", (event) => {
  if (event.key === "Enter") event.preventDefault();
});
one("[data-pa-all]", form).addEventListener("click", () => {
  for (const values of chosen.values()) values.clear();
  words.focus();
  search();
});
more.addEventListener("click", () => showMore({ focus: true }).catch(console.error));
older.addEventListener("click", () => search({ further: true }));
for (const facet of [narrow, ...facets.values()]) {
  facet.addEventListener("toggle", () => showFacets().catch(console.error));
}
addEventListener("popstate", () => {
  readAddress();
  search();
});

openWhere("(min-width: 60em)", narrow);
readAddress();

try {
  await archive.open();
  // Values are downloaded for what is open: all of it only where there is little.
  for (const facet of all("[data-pa-open]", form)) facet.open = archive.shards.length < 2;
  for (const [name, values] of chosen) if (values.size) facets.get(name).open = true;
  form.hidden = false;
  if (!words.value) words.focus({ preventScroll: true });
  await search();
} catch (error) {
  console.warn(error);
  broken();
}
