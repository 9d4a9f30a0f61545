// Marks the words that a search led here by: ?highlight=cookies&highlight=browser
import { showAddress, target, withQuery } from "./address.js";
import { PERMALINK, all, make, one } from "./dom.js";
import { gettext, ngettext } from "./words.js";

const MOST = 20;
const OURS = `.pa-note, .pa-chips, ${PERMALINK}, .pa-vh`;
const LETTER = String.raw`[\p{L}\p{M}\p{N}]`;

/** A pattern that parts a text at the words in `said`, whole and in any case; null for none. */
export const patternOf = (said) => {
  const words = said.flatMap((text) => text.match(new RegExp(`${LETTER}{2,40}`, "gu")) ?? []);
  if (!words.length) return null;
  // Letters, their marks and digits alone, so that there is nothing to escape.
  const any = [...new Set(words)].slice(0, MOST).join("|");
  return new RegExp(`(?<!${LETTER})(${any})(?!${LETTER})`, "giu");
};

const mark = (text, pattern) => {
  for (const node of textNodes(text)) {
    const pieces = node.data.split(pattern);
    if (pieces.length > 1) node.replaceWith(fragment(pieces));
  }
  const marks = all("mark.pa-mark", text);
  if (!marks.length) return;
  text.prepend(note(marks));
  if (location.hash) target()?.scrollIntoView();
  else marks[0].scrollIntoView({ block: "center" });
};

/** Texts with the marked ones in between: at once, since a text may be full of them. */
const fragment = (pieces) => {
  const whole = document.createDocumentFragment();
  for (const [index, piece] of pieces.entries()) {
    whole.append(index % 2 ? make("mark", { className: "pa-mark" }, piece) : piece);
  }
  return whole;
};

const textNodes = (text) => {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest(OURS)) nodes.push(walker.currentNode);
  }
  return nodes;
};

const note = (marks) => {
  const places = ngettext("%(num)s word marked", "%(num)s words marked", marks.length);
  const remove = make("button", { type: "button" }, gettext("Remove marks"));
  const said = make("p", { className: "pa-found" }, make("span", {}, places), remove);
  remove.addEventListener("click", () => {
    for (const each of marks) each.replaceWith(...each.childNodes);
    said.remove();
    showAddress(withQuery(location.href, { highlight: "" }));
  });
  return said;
};

const text = one(".pa-text");
const pattern = patternOf(new URLSearchParams(location.search).getAll("highlight"));
if (text && pattern) mark(text, pattern);
