// The lists of values that narrow a search down, with the number of policies that each leads to.
import { all, make, one } from "../modules/dom.js";
import { compare } from "../modules/order.js";
import { fold } from "../modules/text.js";
import { kindName, settings } from "./site.js";
import { gettext, language, ngettext, number } from "../modules/words.js";

const MOST_SITES = 10;

const topics = Object.keys(settings.topics);
const languages = new Intl.DisplayNames(language, { type: "language", fallback: "code" });

/** How values are sorted, `[value, count]` each, by facet; those of others by count. */
const orders = {
  topic: ([a], [b]) => topics.indexOf(a) - topics.indexOf(b),
  // Newest first, and what has no year last.
  year: ([a], [b]) => isNaN(a) - isNaN(b) || compare(b, a),
  site: ([a, m], [b, n]) => n - m || compare(a, b),
};
const byCount = ([, m], [, n]) => n - m;

/** The values to offer, `[value, count]`: all that are `held`, and those with results. */
export const valuesOf = (name, counts, held) => {
  const values = Object.entries(counts).filter(([value, count]) => count || held.has(value));
  const known = new Set(values.map(([value]) => value));
  for (const value of held) if (!known.has(value)) values.push([value, 0]);
  return values.toSorted(orders[name] ?? byCount);
};

/** What a value is called. */
export const label = (name, value) => {
  if (name === "topic") return Object.hasOwn(settings.topics, value) ? settings.topics[value] : value;
  if (name === "kind") return kindName(value);
  if (name === "year" && value === "undated") return gettext("undated");
  if (name !== "language") return value;
  try {
    return value === "und" ? gettext("unknown") : languages.of(value);
  } catch {
    return value;
  }
};

/** Show the values of the facet `name` in its element. */
export const showFacet = (facet, name, counts, held) => {
  const sought = fold(one("[data-pa-within]", facet)?.value.trim() ?? "");
  const values = valuesOf(name, counts, held);
  const fitting = values.filter(([value]) => held.has(value) || fold(value).includes(sought));
  const most = name === "site" ? MOST_SITES : Infinity;
  const some = fitting.filter(([value], index) => held.has(value) || index < most);
  const focused = document.activeElement?.name === name && document.activeElement.value;
  one("ul", facet).replaceChildren(...some.map((value) => item(name, value, held)));
  if (focused) all("input", facet).find(({ value }) => value === focused)?.focus();
  const rest = one("[data-pa-rest]", facet);
  rest.hidden = some.length === fitting.length && values.length > 0;
  rest.textContent = values.length
    ? ngettext(
        "and %(num)s more: type to find one",
        "and %(num)s more: type to find one",
        fitting.length - some.length,
      )
    : gettext("nothing to choose from");
};

const item = (name, [value, count], held) => {
  const box = make("input", { type: "checkbox", name, value, checked: held.has(value) });
  const text = make("span", { dir: "auto" }, label(name, value));
  const figure = make("span", { className: "pa-count" }, number(count));
  return make("li", {}, make("label", {}, box, text, figure));
};

const chosenOf = (count) =>
  count ? `: ${ngettext("%(num)s chosen", "%(num)s chosen", count)}` : "";

/** Say at each facet, and above them, how many values are chosen. */
export const showChosen = (form, facets, chosen) => {
  let total = 0;
  for (const [name, facet] of facets) {
    const { size } = chosen.get(name);
    total += size;
    const summary = one("summary", facet);
    summary.dataset.label ??= summary.textContent;
    summary.textContent = summary.dataset.label + chosenOf(size);
  }
  one("[data-pa-chosen]", form).textContent = chosenOf(total);
  one("[data-pa-all]", form).hidden = !total;
};
