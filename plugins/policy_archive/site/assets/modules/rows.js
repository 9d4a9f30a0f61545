// The rows of all pages of a listing, read from the data files that its form names.
import { linkWithin } from "./address.js";
import { fetchJson, remembered } from "./data.js";
import { all, make } from "./dom.js";
import { pageOfRow, rowKey, sorted } from "./order.js";
import { answers } from "./question.js";
import { fold } from "./text.js";
import { gettext } from "./words.js";

const NOTHING = gettext("No passage found, or not checked.");

/** The name of the part that holds a row, and the row's place in it; `parts` are names and counts. */
export const placeOf = (row, parts) => {
  let at = row;
  for (const [name, count] of parts) {
    if (at < count) return [name, at];
    at -= count;
  }
  throw new RangeError(`no part holds row ${row}`);
};

/** What gives the text of a row, and the address of the file that has it. */
const textsFrom = (load, partsFile, file) => async (row) => {
  const [name, at] = placeOf(row, (await load(partsFile)).value);
  const { url, value } = await load(file(`parts/${encodeURIComponent(name)}.json`));
  return { url, value: value[at] };
};

const quoteOf = (text, lang, link) => {
  const quote = make("blockquote", { className: "pa-theirs", dir: "auto", lang });
  quote.append(make("a", link, text));
  return quote;
};

/** `{choose, item}` for the `data-pa-…` attributes of a form. */
export const rowsOf = ({ paColumns, paTexts, paOwn, paLink }) => {
  const own = paOwn.split(" ").filter(Boolean);
  const pages = all(".pa-paging a[data-first]");
  const firsts = pages.map(({ dataset }) => dataset.first);
  const load = remembered((url) => fetchJson(url, Array.isArray));
  const beside = (file, name) => new URL(name, new URL(file, location.href)).href;
  const column = async (name) => {
    const file = own.includes(name) ? paTexts : paColumns;
    return (await load(beside(file, `${name}.json`))).value;
  };
  /** Of each row the site, the id of its row, and what a filter compares. */
  const sites = remembered(async () =>
    (await column("site")).map((entry) => {
      const [name, id] = Array.isArray(entry) ? entry : [entry, entry];
      return { name, id, text: fold(name) };
    }),
  );

  const textOf = textsFrom(load, beside(paColumns, "parts.json"), (name) => beside(paTexts, name));

  /**
   * The numbers of the rows that answer, in the order that was asked for, and of those that would
   * but are not in this listing: `{found, absent}`.
   */
  const choose = async (question) => {
    const { key, down, wanted } = question;
    const needed = [...own.slice(0, 1), ...wanted.map(([name]) => name)];
    if (key && key !== "site") needed.push(key);
    const columns = await Promise.all(needed.map(column));
    const values = Object.fromEntries(needed.map((name, index) => [name, columns[index]]));
    const named = await sites();
    const listed = (row) => !own.length || values[own[0]][row];
    const fits = (row) => answers(question, named[row].text, (name) => values[name][row]);
    const found = [...named.keys()].filter((row) => listed(row) && fits(row));
    const unlisted = (row) => !listed(row) && answers({ ...question, wanted: [] }, named[row].text);
    const absent = question.words.length ? [...named.keys()].filter(unlisted) : [];
    if (!key) return { found, absent };
    const value = key === "site" ? (row) => rowKey(named[row].id) : (row) => values[key][row];
    return { found: sorted(found, found.map(value), down), absent };
  };

  /** A row as a list item; without its text where that cannot be had. */
  const item = async (row) => {
    const { name: site, id } = (await sites())[row];
    const name = make("a", {}, site);
    if (paLink) name.href = pages[pageOfRow(firsts, id)].href + paLink + encodeURIComponent(id);
    const when = make("p");
    const what = make("div", { className: "pa-what" });
    const who = make("div", { className: "pa-who" }, make("h2", {}, name), when);
    const li = make("li", { className: "pa-row" }, who, what);
    li.dataset.site = site;
    if (own.length && !(await column(own[0]))[row]) what.textContent = NOTHING;
    const { url, value: shown } = await textOf(row).catch(() => ({ value: null }));
    if (!Array.isArray(shown)) return li;
    const [captured, text, address, lang] = shown;
    const link = linkWithin(location.origin, address, url);
    when.textContent = captured;
    if (!paLink) Object.assign(name, link);
    if (text) what.append(quoteOf(text, lang, link));
    return li;
  };

  return { choose, item };
};
