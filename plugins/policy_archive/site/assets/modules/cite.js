// Citations of the paragraph that the address points at, and of what a reader has selected.
import { PERMALINK, all, make, one } from "./dom.js";
import { gettext } from "./words.js";

const BLOCK = ".pa-text div[id^=p-]";
/** Words at either end of a passage by which a browser finds it again. */
const ENDS = 5;
/** Characters of a paragraph that are quoted to say which it is. */
const QUOTED = 80;

const encoded = (text) => encodeURIComponent(text).replaceAll("-", "%2D");

/** A text fragment (`:~:text=…`) that finds `passage`: its words, or those at both of its ends. */
export const textFragment = (passage) => {
  const words = passage.trim().split(/\s+/).filter(Boolean);
  if (!words.length) return "";
  if (words.length <= 2 * ENDS) return `:~:text=${encoded(words.join(" "))}`;
  const ends = [words.slice(0, ENDS), words.slice(-ENDS)].map((it) => encoded(it.join(" ")));
  return `:~:text=${ends.join()}`;
};

/** A citation of the page at `page` as one of the paragraph `id` on it. */
export const citationOf = (text, page, id) => (page && id ? text.replaceAll(page, `${page}#${id}`) : text);

const wordsOf = (block) => {
  const copy = block.cloneNode(true);
  for (const ours of all(`.pa-note, .pa-life, ${PERMALINK}`, copy)) ours.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
};

const startCitations = (panel) => {
  const { paPermalink: page, paReplay: replay } = panel.dataset;
  const texts = all("pre", panel).map((pre) => ({ pre, whole: pre.textContent }));
  const said = one("[data-pa-cited]", panel);

  const citeBlock = (id) => {
    const block = id ? document.getElementById(id) : null;
    const cited = block?.matches(BLOCK) ? block : null;
    one("summary", panel).textContent = cited
      ? gettext("Cite this paragraph")
      : gettext("Cite this capture");
    for (const { pre, whole } of texts) pre.textContent = citationOf(whole, page, cited?.id);
    said.hidden = !cited;
    if (!cited) return;
    const words = wordsOf(cited);
    const quote = words.length > QUOTED ? `${words.slice(0, QUOTED)} …` : words;
    said.replaceChildren(gettext("The paragraph “%(quote)s”.", { quote }));
    if (!replay) return;
    const href = `${replay}#${textFragment(words)}`;
    said.append(" ", make("a", { href, rel: "noreferrer" }, gettext("Replay at this passage")));
  };
  const follow = () => citeBlock(location.hash.slice(1));
  addEventListener("hashchange", follow);
  follow();
};

const startSharing = (text) => {
  const button = make("button", { type: "button", className: "pa-button pa-share-passage" });
  const label = gettext("Share this passage");
  let link = "";
  button.hidden = true;
  button.setAttribute("aria-live", "polite");
  document.body.append(button);

  const passage = () => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const { startContainer: start } = selection.getRangeAt(0);
    const element = start.nodeType === Node.ELEMENT_NODE ? start : start.parentElement;
    const block = element?.closest(BLOCK);
    return block && text.contains(block) ? { block, words: selection.toString() } : null;
  };
  document.addEventListener("selectionchange", () => {
    const chosen = passage();
    button.hidden = !chosen;
    if (!chosen) return;
    button.textContent = label;
    const page = one("#pa-cite").dataset.paPermalink || location.href.split(/[?#]/)[0];
    link = `${page}#${chosen.block.id}${textFragment(chosen.words)}`;
    button.dataset.link = link;
  });
  button.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
  button.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(link).then(
      () => (button.textContent = gettext("Link copied")),
      () => (button.textContent = gettext("Not copied: the browser refused")),
    );
  });
};

const panel = one("#pa-cite");
const text = one(".pa-text");
if (panel) startCitations(panel);
if (panel && text) startSharing(text);
