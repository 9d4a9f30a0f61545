// Opens what the address points into, and finds the page of a row that is not on this one.
import { idIn, target } from "./address.js";
import { all } from "./dom.js";
import { pageOfRow } from "./order.js";

const reveal = () => {
  const found = target();
  if (found) open(found);
  else if (location.hash.length > 1) turnTo(idIn(location.hash));
};

const open = (element) => {
  let opened = false;
  for (let node = element; node; node = node.parentElement) {
    if (node.localName === "details" && !node.open) node.open = opened = true;
  }
  if (opened) element.scrollIntoView();
};

const turnTo = (id) => {
  const pages = all(".pa-paging a[data-first]");
  const page = pages[pageOfRow(pages.map(({ dataset }) => dataset.first), id)];
  if (page && !page.hasAttribute("aria-current")) location.replace(page.href + location.hash);
};

addEventListener("hashchange", reveal);
addEventListener("click", ({ target: clicked }) => {
  if (clicked.closest?.('.pa a[href^="#"]')?.hash === location.hash) reveal();
});
reveal();
