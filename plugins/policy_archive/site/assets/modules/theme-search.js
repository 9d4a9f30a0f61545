// The theme's own search: opened from the home page, and leading on to the page of every text.
import { all, make, one } from "./dom.js";
import { gettext } from "./words.js";

const EVERY_TEXT = gettext("Search every text");

/** The path of the search page, seen from a page with these settings of the theme; empty: none. */
export const searchPath = (settings, page) => {
  try {
    return new URL(`${JSON.parse(settings).base ?? "."}/search/`, page).pathname;
  } catch {
    // A theme's override may leave its settings out.
    return "";
  }
};

const openFrom = (find, field) => {
  find.addEventListener("click", () => {
    const toggle = document.getElementById("__search");
    if (!toggle.checked) toggle.click();
    field.focus();
  });
};

// The theme's own search may know titles alone.
const leadOn = (output, field) => {
  const path = searchPath(one("#__config")?.textContent, location.href);
  const page = all(".md-nav a, .md-tabs a").find(
    ({ pathname }) => pathname.replace(/index\.html$/, "") === path,
  );
  if (!page) return;
  const link = make("a", { className: "pa-everywhere", href: page.href }, EVERY_TEXT);
  output.prepend(link);
  field.addEventListener("input", () => {
    link.textContent = field.value
      ? gettext("Search every text for “%(words)s”", { words: field.value })
      : EVERY_TEXT;
    link.search = field.value ? new URLSearchParams({ words: field.value }) : "";
  });
  // Before the theme, which would open the first of its own results.
  const onEnter = (event) => {
    if (event.key !== "Enter" || event.target !== field || !field.value.trim()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    location.assign(link.href);
  };
  addEventListener("keydown", onEnter, true);
};

const field = one("[data-md-component=search-query]");
const output = one(".md-search__output");
if (field && output) leadOn(output, field);

const find = one("[data-pa-find]");
const isForm = find?.localName === "form";
if (find && field && !isForm) openFrom(find, field);
if (find) find.hidden = !isForm && !field;
