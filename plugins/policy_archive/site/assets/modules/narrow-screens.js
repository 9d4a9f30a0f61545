// On narrow screens: a section's notes stand together above it, the outline begins closed.
import { all, make, one, openWhere } from "./dom.js";
import { direction, language } from "./words.js";

const gatherNotes = (section) => {
  const links = new Map();
  for (const link of all(".pa-note a", section)) {
    if (!links.has(link.href) || !one("i", link)) links.set(link.href, link.cloneNode(true));
  }
  const items = [...links.values()].map((link) => make("li", {}, link));
  const list = make("ul", { className: "pa-chips", lang: language, dir: direction }, ...items);
  const heading = one(":scope > :is(h2, h3, h4, h5, h6)", section);
  if (heading) heading.after(list);
  else section.prepend(list);
};

for (const section of all(".pa-text > section")) {
  if (all(".pa-note", section).length > 1) gatherNotes(section);
}

const outline = one(".pa-outline details");
if (outline) openWhere("(min-width: 76.25em)", outline);
