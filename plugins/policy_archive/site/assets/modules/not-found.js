// On the 404 page: a hint where the address names a site.
import { idIn } from "./address.js";
import { one } from "./dom.js";
import { gettext } from "./words.js";

/** The segment of `path` that names a site; empty: none. */
export const siteSegment = (path) => /\/policies\/(?!(?:page|rows)\/)([^/]+)\//.exec(path)?.[1] ?? "";

const suggest = (hint, segment) => {
  const link = one("a", hint);
  link.href = link.href.replace(/(index\.html)?$/, (page) => `${segment}/${page}`);
  link.textContent = gettext("Everything we have of %(site)s", { site: idIn(`#${segment}`) });
  hint.hidden = false;
};

// The page that it leads to needs scripts as well.
const ask = one("[data-pa-ask]");
if (ask) ask.hidden = false;

const missing = one("[data-pa-missing]");
const segment = missing && siteSegment(location.pathname);
if (segment) suggest(missing, segment);
