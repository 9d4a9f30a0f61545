// Results as list items. What comes from the archive becomes text nodes, never markup.
import { make } from "../modules/dom.js";
import { terms } from "../modules/text.js";
import { areJoined } from "./archive.js";
import { bare, passages, soughtWords } from "./excerpt.js";
import { kindName, settings, within } from "./site.js";
import { gettext, ngettext } from "../modules/words.js";

/** What a site is called, in words: its name, and of a domain its first label. */
const namesOf = (site) => [terms(site), [terms(site)[0]?.split(".")[0]].filter(Boolean)];

const isWithin = (name, asked) => name.length > 0 && name.every((word) => asked.includes(word));

/** A site whose name is among the words `asked` for (folded), as a link to its policy; or null. */
export const policyLink = (found, asked) => {
  const named = found.find(({ meta }) => namesOf(meta.site).some((name) => isWithin(name, asked)));
  if (!named) return null;
  const { site, policy } = named.meta;
  return make("a", { href: within(`${policy}${settings.page}`).href }, gettext("The policy of %(site)s", { site }));
};

/** Results of a policy as one: what the best of them says, and its other captures. */
export const hits = (found, asked) => {
  const policies = new Map();
  for (const data of found) {
    const { policy } = data.meta;
    policies.set(policy, [...(policies.get(policy) ?? []), data]);
  }
  return [...policies.values()].map(([best, ...others]) => {
    const item = hit(best, asked);
    if (others.length) item.append(otherCaptures(best, others, asked));
    return item;
  });
};

/** The id of the best passage, which is that of its words. */
const wording = (data) => passages(data)[0]?.anchor ?? "";

const yearsOf = (found) => {
  const years = found.map(({ meta }) => meta.iso.slice(0, 4)).filter(Boolean).toSorted();
  const [first, last] = [years[0], years.at(-1)];
  if (first === last) return first ?? "";
  return gettext("%(first)s to %(last)s", { first, last });
};

const otherCaptures = (best, others, asked) => {
  const own = wording(best);
  const same = others.filter((data) => wording(data) === own);
  const alike = [best, ...same];
  const said = [];
  const say = (counted, found) => said.push([counted, yearsOf(found)].filter(Boolean).join(", "));
  if (same.length) {
    say(
      ngettext(
        "the same words in %(num)s captures",
        "the same words in %(num)s captures",
        alike.length,
      ),
      alike,
    );
  }
  const different = others.filter((it) => !same.includes(it));
  if (different.length) {
    say(
      ngettext("other words in %(num)s", "other words in %(num)s", different.length),
      different,
    );
  }
  const links = others.map((data) => {
    const href = targetOf(data, asked)(passages(data)[0]?.anchor);
    return make("li", {}, make("a", { href }, data.meta.captured));
  });
  const list = make("ul", { className: "pa-line" }, ...links);
  return make("details", {}, make("summary", {}, said.join("; ")), list);
};

/** A result: its title, site and date, and the passages that were found. */
const hit = (data, asked) => {
  const [first, ...others] = passages(data);
  const target = targetOf(data, asked);
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
const targetOf = (data, asked) => {
  const sought = soughtWords(data, asked);
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
  if (kind !== "privacy-policy") parts.push(make("li", {}, kindName(kind)));
  return make("ul", { className: "pa-line" }, ...parts);
};

const marked = ({ words, before, after }) => {
  const parts = before ? ["… "] : [];
  for (const [index, { word, found }] of words.entries()) {
    if (index && !areJoined(words[index - 1].word, word)) parts.push(" ");
    const core = found && (bare(word) || word);
    const at = word.indexOf(core);
    if (!core) parts.push(word);
    else parts.push(word.slice(0, at), make("mark", {}, core), word.slice(at + core.length));
  }
  if (after) parts.push(" …");
  return parts;
};
