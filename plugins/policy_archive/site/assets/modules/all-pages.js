// Filters and sorts the rows of all pages of a long listing, from the data files beside it.
// Loaded by listing.js where a listing has them.
import { target } from "./address.js";
import { all, make } from "./dom.js";
import { rowsOf } from "./rows.js";
import { ngettext } from "./words.js";

/** Rows shown at a time. */
const MOST = 100;

/** How many rows were found, how many would fit and have nothing, and whether these are all. */
const summary = (found, absent, rest) => {
  const parts = [ngettext("%(num)s found on all pages", "%(num)s found on all pages", found.length)];
  if (absent.length) {
    parts.push(
      ngettext("%(num)s where nothing was found", "%(num)s where nothing was found", absent.length),
    );
  }
  if (rest.length) parts.push(ngettext("the first %(num)s shown", "the first %(num)s shown", MOST));
  return parts.join(", ");
};

/** `{show, hide}` for the listing of `form`, whose own rows stand in the element `shelf`. */
export const startAllPages = (form, shelf) => {
  const rows = rowsOf(form.dataset);
  const own = [shelf, ...all(".pa-paging")];
  const list = make("ol", { className: "pa-rows pa-found", hidden: true });
  const more = make("button", { type: "button", className: "pa-button", hidden: true });
  shelf.after(list, more);
  let asked = 0;
  let rest = [];

  const hide = () => {
    asked += 1;
    list.hidden = more.hidden = true;
    for (const element of own) element.hidden = false;
  };

  const add = async () => {
    const mine = asked;
    const portion = rest.slice(0, MOST);
    rest = rest.slice(MOST);
    const items = await Promise.all(portion.map(rows.item));
    if (mine !== asked) return;
    list.append(...items);
    more.textContent = ngettext("Show %(num)s more", "Show %(num)s more", Math.min(rest.length, MOST));
    more.hidden = !rest.length;
  };

  /** `{count, said}` for the reader; null where a newer question was asked meanwhile. */
  const show = async (question) => {
    const mine = (asked += 1);
    try {
      const { found, absent } = await rows.choose(question);
      if (mine !== asked) return null;
      rest = [...found, ...absent];
      list.replaceChildren();
      await add();
      if (mine !== asked) return null;
      list.hidden = false;
      for (const element of own) element.hidden = true;
      return { count: found.length + absent.length, said: summary(found, absent, rest) };
    } catch (error) {
      if (mine !== asked) return null;
      hide();
      throw error;
    }
  };

  // A link to a row of this very page leads back to it.
  const back = () => {
    const row = target();
    if (!row || !shelf.contains(row)) return;
    hide();
    row.scrollIntoView();
  };
  more.addEventListener("click", add);
  addEventListener("hashchange", back);
  list.addEventListener("click", (event) => {
    if (event.target.closest("a")?.href === location.href) back();
  });

  return { show, hide };
};
