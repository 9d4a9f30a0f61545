// The search page. What comes from the archive becomes text nodes, never markup.
import { Archive } from "./archive.js";
import { bare, passages, soughtWords } from "./excerpt.js";

const PAGE = 10;
const SITES = 10;
const WAIT = 350;
const FACETS = ["topic", "year", "site", "kind", "language"];

const settings = JSON.parse(document.getElementById("pa-search-settings").textContent);
const root = new URL(settings.root, location.href);
const archive = new Archive(new URL(settings.index, location.href));

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);
const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const number = (value) => value.toLocaleString("en");
const counted = (value, word) => `${number(value)} ${word}${value === 1 ? "" : "s"}`;

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

// An address below the site's root, and nothing else.
const address = (path) => {
  const url = new URL(`./${path.replace(/^\/+/, "")}`, root);
  return url.href.startsWith(root.href) ? url : root;
};

// What the page's address says, and the other way round

const readAddress = () => {
  const asked = new URLSearchParams(location.search);
  words.value = asked.get("words") ?? "";
  sort.value = asked.get("sort") ?? "";
  if (sort.selectedIndex < 0) sort.value = "";
  for (const [name, values] of chosen) {
    values.clear();
    for (const value of asked.getAll(name)) values.add(value);
  }
};
const writeAddress = () => {
  const url = new URL(location.href);
  const asked = new URLSearchParams();
  if (words.value.trim()) asked.set("words", words.value.trim());
  for (const [name, values] of chosen) for (const value of values) asked.append(name, value);
  if (sort.value) asked.set("sort", sort.value);
  url.search = asked.toString();
  url.hash = "";
  history.replaceState(history.state, "", url);
};

// Results

const marked = ({ words, before, after }) => {
  const parts = before ? ["… "] : [];
  words.forEach(({ word, found }, index) => {
    if (index) parts.push(" ");
    if (!found) return parts.push(word);
    const core = bare(word) || word;
    const at = word.indexOf(core);
    parts.push(word.slice(0, at), make("mark", {}, core), word.slice(at + core.length));
  });
  if (after) parts.push(" …");
  return parts;
};

const hit = (data) => {
  const sought = soughtWords(data);
  const target = (anchor) => {
    const url = address(data.raw_url ?? data.url);
    for (const word of sought) url.searchParams.append("highlight", word);
    if (anchor) url.hash = anchor;
    return url.href;
  };
  const [first, ...others] = passages(data);
  const { title, site, captured, iso, kind, policy } = data.meta;
  const policyPage = address(`${policy}${settings.page}`).href;
  const line = make(
    "ul",
    { className: "pa-line" },
    make("li", {}, make("a", { href: policyPage }, site)),
    make("li", {}, iso ? make("time", { dateTime: iso }, captured) : captured),
  );
  if (kind !== "privacy-policy") line.append(make("li", {}, kind.replaceAll("-", " ")));
  const name = make("a", { href: target(first?.anchor), className: "pa-theirs", dir: "auto" }, title);
  const item = make("li", {}, make("h3", {}, name), line);
  if (first) {
    const quote = make("blockquote", { className: "pa-theirs", dir: "auto" });
    quote.append(make("span", {}, ...marked(first)));
    item.append(quote);
  }
  if (others.length) {
    const places = others.map((passage) => {
      const link = make("a", { href: target(passage.anchor), dir: "auto" }, ...marked(passage));
      return make("li", { className: "pa-theirs" }, link);
    });
    item.append(make("ul", { className: "pa-also" }, ...places));
  }
  return item;
};

const topicLinks = (found) => {
  const at = one("[data-pa-topics]", answers);
  const links = found.map(({ meta, raw_url, url }) => {
    return make("a", { href: address(raw_url ?? url).href }, meta.title);
  });
  at.replaceChildren(make("p", {}, "Compare all policies on "), ...links);
  at.hidden = !links.length;
};

// Facets

const languages = new Intl.DisplayNames("en", { type: "language", fallback: "code" });
const label = (name, value) => {
  if (name === "topic") return settings.topics[value] ?? value;
  if (name === "kind") return value.replaceAll("-", " ");
  if (name !== "language") return value;
  try {
    return value === "und" ? "unknown" : languages.of(value);
  } catch {
    return value;
  }
};
const order = {
  topic: () => {
    const places = Object.keys(settings.topics);
    return ([a], [b]) => places.indexOf(a) - places.indexOf(b);
  },
  // Newest first, and what has no year last.
  year: () => ([a], [b]) => isNaN(a) - isNaN(b) || b.localeCompare(a),
  site: () => ([a, m], [b, n]) => n - m || a.localeCompare(b),
};
const byCount = () => ([, m], [, n]) => n - m;
const isOpen = (name) => facets.get(name).open && (narrow.open || facets.get(name).offsetParent);

const showFacet = (name, counts) => {
  const facet = facets.get(name);
  const held = chosen.get(name);
  const sought = one("[data-pa-within]", facet)?.value.trim().toLowerCase() ?? "";
  const values = Object.entries(counts ?? {}).filter(([value, count]) => count || held.has(value));
  for (const value of held) {
    if (!values.some(([known]) => known === value)) values.push([value, 0]);
  }
  values.sort((order[name] ?? byCount)());
  const fitting = values.filter(([value]) => held.has(value) || value.toLowerCase().includes(sought));
  const most = name === "site" ? SITES : Infinity;
  const some = fitting.filter(([value], index) => held.has(value) || index < most);
  const focused = document.activeElement?.name === name && document.activeElement.value;
  const items = some.map(([value, count]) => {
    const box = make("input", { type: "checkbox", name, value, checked: held.has(value) });
    const text = make("span", { dir: "auto" }, label(name, value));
    const figure = make("span", { className: "pa-count" }, number(count));
    return make("li", {}, make("label", {}, box, text, figure));
  });
  one("ul", facet).replaceChildren(...items);
  if (focused) all("input", facet).find(({ value }) => value === focused)?.focus();
  const rest = one("[data-pa-rest]", facet);
  rest.hidden = some.length === fitting.length && values.length > 0;
  rest.textContent = values.length
    ? `and ${number(fitting.length - some.length)} more: type to find one`
    : "nothing to choose from";
};

const summaries = () => {
  let total = 0;
  for (const [name, facet] of facets) {
    const { size } = chosen.get(name);
    total += size;
    const summary = one("summary", facet);
    summary.dataset.label ??= summary.textContent;
    summary.textContent = summary.dataset.label + (size ? `: ${size} chosen` : "");
  }
  one("[data-pa-chosen]", form).textContent = total ? `: ${total} chosen` : "";
  one("[data-pa-all]", form).hidden = !total;
};

// Asking

let asked = 0;
let current = null;
let counts = {};

const showFacets = async () => {
  const open = FACETS.filter(isOpen);
  if (!open.length || !current) return;
  const mine = asked;
  const found = await archive.counts(current, open);
  if (mine !== asked) return;
  counts = { ...counts, ...found };
  for (const name of open) showFacet(name, counts[name]);
};

const showMore = async ({ focus }) => {
  const mine = asked;
  const from = list.children.length;
  const page = current.results.slice(from, from + PAGE);
  const items = (await Promise.all(page.map((result) => result.data()))).map(hit);
  if (mine !== asked) return;
  list.append(...items);
  more.hidden = list.children.length >= current.results.length;
  if (focus) one("a", items[0])?.focus();
};

const say = () => {
  const { results, since, until, complete } = current;
  const span = since ? ` captured since ${since}` : until ? ` captured until ${until}` : "";
  heading.textContent = results.length
    ? `${counted(results.length, "result")}${complete ? "" : span}`
    : `Nothing found${complete ? "" : span}`;
  older.hidden = complete;
  older.textContent = since ? `Search captures before ${since} too` : `Search later captures too`;
};

const search = async ({ further = false } = {}) => {
  const mine = ++asked;
  const query = { words: words.value, chosen, sort: sort.value };
  writeAddress();
  summaries();
  const nothing = !words.value.trim() && [...chosen.values()].every(({ size }) => !size);
  answers.hidden = nothing;
  if (nothing) {
    current = null;
    list.replaceChildren();
    return;
  }
  answers.setAttribute("aria-busy", "true");
  heading.textContent ||= "Searching…";
  try {
    const found = await archive.search(query, { least: PAGE, reach: further ? current.reach + 1 : 1 });
    if (mine !== asked) return;
    const kept = further && sort.value ? list.children.length : 0;
    current = found;
    if (!kept) list.replaceChildren();
    say();
    topicLinks(found.topics);
    await showMore({ focus: further });
    if (mine !== asked) return;
    await showFacets();
  } catch (error) {
    console.error(error);
    if (mine === asked) broken();
  } finally {
    if (mine === asked) answers.removeAttribute("aria-busy");
  }
};

const broken = () => {
  form.hidden = true;
  one("[data-pa-broken]").hidden = false;
};

// The form

let waiting;
words.addEventListener("input", () => {
  clearTimeout(waiting);
  // Each beginning of a word costs a download: wait for the end of it.
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
one("[data-pa-within]", form).addEventListener("input", () => showFacet("site", counts.site));
one("[data-pa-within]", form).addEventListener("keydown", (event) => {
  if (event.key === "Enter") event.preventDefault();
});
one("[data-pa-all]", form).addEventListener("click", () => {
  for (const values of chosen.values()) values.clear();
  words.focus();
  search();
});
more.addEventListener("click", () => showMore({ focus: true }));
older.addEventListener("click", () => search({ further: true }));
for (const facet of [narrow, ...facets.values()]) facet.addEventListener("toggle", showFacets);
addEventListener("popstate", () => {
  readAddress();
  search();
});

const wide = matchMedia("(min-width: 60em)");
wide.onchange = () => (narrow.open = wide.matches);
wide.onchange();
readAddress();

archive.open().then(
  () => {
    // Values are downloaded for what is open: all of it only where there is little.
    for (const facet of all("[data-pa-open]", form)) facet.open = archive.shards.length < 2;
    for (const [name, values] of chosen) if (values.size) facets.get(name).open = true;
    form.hidden = false;
    if (!words.value) words.focus({ preventScroll: true });
    search();
  },
  (error) => {
    console.warn(error);
    broken();
  },
);
