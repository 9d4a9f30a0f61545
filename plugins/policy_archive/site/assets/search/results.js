// Results as list items. What comes from the archive becomes text nodes, never markup.
import { make } from "../modules/dom.js";
import { bare, passages, soughtWords } from "./excerpt.js";
import { settings, within } from "./site.js";

/** A result: its title, site and date, and the passages that were found. */
export const hit = (data) => {
  const [first, ...others] = passages(data);
  const target = targetOf(data);
  const title = make(
    "a",
    { href: target(first?.anchor), className: "pa-theirs", dir: "auto" },
    data.meta.title,
  );
  const item = make("li", {}, make("h3", {}, title), line(data.meta));
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

/** Links to the comparisons on the topics found. */
export const topicLinks = (found) =>
  found.map(({ meta, raw_url: raw, url }) => make("a", { href: within(raw ?? url).href }, meta.title));

/** A function from a paragraph's id to its address, which has the found words marked there. */
const targetOf = (data) => {
  const sought = soughtWords(data);
  return (anchor) => {
    const url = within(data.raw_url ?? data.url);
    for (const word of sought) url.searchParams.append("highlight", word);
    if (anchor) url.hash = anchor;
    return url.href;
  };
};

const line = ({ site, captured, iso, kind, policy }) => {
  const page = within(`${policy}${settings.page}`).href;
  const parts = [
    make("li", {}, make("a", { href: page }, site)),
    make("li", {}, iso ? make("time", { dateTime: iso }, captured) : captured),
  ];
  if (kind !== "privacy-policy") parts.push(make("li", {}, kind.replaceAll("-", " ")));
  return make("ul", { className: "pa-line" }, ...parts);
};

const marked = ({ words, before, after }) => {
  const parts = before ? ["… "] : [];
  for (const [index, { word, found }] of words.entries()) {
    if (index) parts.push(" ");
    const core = found && (bare(word) || word);
    const at = word.indexOf(core);
    if (!core) parts.push(word);
    else parts.push(word.slice(0, at), make("mark", {}, core), word.slice(at + core.length));
  }
  if (after) parts.push(" …");
  return parts;
};
