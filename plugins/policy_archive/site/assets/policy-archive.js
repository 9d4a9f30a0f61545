// Loads the scripts that the page has use for. Everything can be read without any of them.
(() => {
  "use strict";

  if (location.protocol === "file:") {
    // Browsers let no module read a folder's other files: what needs one says what to do.
    for (const it of document.querySelectorAll("[data-pa-from-file]")) it.hidden = false;
    return;
  }

  const has = (selector) => document.querySelector(selector) !== null;
  const needed = {
    "theme-search": has("[data-pa-find], .md-search__output"),
    listing: has("[data-pa-bar]"),
    "narrow-screens": has(".pa-note, .pa-outline"),
    reveal: has("details, .pa-paging"),
    marks: has(".pa-text") && location.search.includes("highlight="),
    "as-of": has("[data-pa-on]"),
    asked: has(".pa-stood") && location.search.includes("on="),
    "choose-two": has("[data-pa-choose]"),
    "any-two": has("[data-pa-any-two]"),
    cite: has("#pa-cite"),
    copy: has("[data-pa-copy], .pa-text"),
    "not-found": has("[data-pa-missing]"),
    "side-by-side": has("[data-pa-matrix]"),
  };

  // As elements of their own: they run in this order, before the page is scrolled to where its
  // address points, and one that fails does not stop the others.
  const modules = document.currentScript.getAttribute("src").replace(/[^/]*$/, "modules/");
  for (const name of Object.keys(needed).filter((it) => needed[it])) {
    const script = document.createElement("script");
    script.type = "module";
    script.async = false;
    script.src = `${modules}${name}.js`;
    document.head.append(script);
  }
})();
