// Filters and sorts a listing: the rows of its page here, those of its other pages in all-pages.js.
import { showAddress, withQuery } from "./address.js";
import { all, make, one } from "./dom.js";
import { rowKey, sortable, sorted } from "./order.js";
import { answers, asksNothing, questionOf } from "./question.js";
import { fold } from "./text.js";
import { gettext, ngettext, number } from "./words.js";

/** Milliseconds: a press of a key is not yet a word. */
const PAUSE = 200;

const startListing = (form) => {
  const list = document.getElementById(form.dataset.paBar);
  const shelf = list.closest(".pa-scroll, table") ?? list;
  const headers = all("th[data-pa-sort]", list.closest("table") ?? form);
  const rows = [...list.children];
  const texts = rows.map((row) => fold(row.textContent));
  const also = all("[data-pa-also]").map(alsoFiltered);
  const kept = all("[data-pa-keep]");
  const controls = [...form.elements].filter(({ name }) => name);
  const say = (said, count) => {
    one("output", form).textContent = said;
    one(".pa-none").hidden = count > 0;
  };
  const askAllPages = form.dataset.paColumns ? allPages(form, shelf, say) : () => {};

  const arrange = () => {
    const values = Object.fromEntries(controls.map((control) => [control.name, chosen(control)]));
    const question = questionOf(values);
    const order = question.key ? sorted(rows, column(rows, question.key), question.down) : rows;
    if (order.some((row, index) => list.children[index] !== row)) {
      // One by one: there may be any number of them.
      for (const row of order) list.append(row);
    }
    for (const [index, row] of rows.entries()) {
      row.hidden = !answers(question, texts[index], (name) => row.dataset[name]);
    }
    const shown = rows.filter((row) => !row.hidden).length;
    const others = also.map((filtered) => filtered(question)).filter(Boolean);
    const said =
      shown < rows.length
        ? ngettext("%(part)s of %(num)s shown", "%(part)s of %(num)s shown", rows.length, {
            part: number(shown),
          })
        : ngettext("%(num)s shown", "%(num)s shown", shown);
    say([said, ...others].join(", "), shown);
    for (const header of headers) {
      if (header.dataset.paSort !== question.key) header.removeAttribute("aria-sort");
      else header.setAttribute("aria-sort", question.down ? "descending" : "ascending");
    }
    showAddress(withQuery(location.href, values));
    for (const link of kept) link.search = location.search;
    askAllPages(question);
  };

  restore(controls, headers);
  for (const header of headers) startHeader(header, form.elements.sort, arrange);
  form.addEventListener("input", arrange);
  form.addEventListener("submit", (event) => event.preventDefault());
  one("[data-pa-reset]").addEventListener("click", () => {
    form.reset();
    arrange();
    form.elements.filter.focus();
  });
  form.hidden = false;
  arrange();
};

/** A function that filters a further list by words alone, and says how many of it fit. */
const alsoFiltered = (further) => {
  const items = [...further.children];
  const texts = items.map((item) => fold(item.textContent));
  return ({ words }) => {
    for (const [index, item] of items.entries()) {
      item.hidden = !words.every((word) => texts[index].includes(word));
    }
    const fitting = items.filter((item) => !item.hidden).length;
    return words.length && fitting ? `${number(fitting)} ${further.dataset.paAlso}` : "";
  };
};

const chosen = ({ type, checked, value }) => (type === "checkbox" && !checked ? "" : value);

/** The values of rows by which they are sorted. */
const column = (rows, key) =>
  key === "site"
    ? rows.map((row) => rowKey(row.dataset.id ?? (row.id || row.dataset.site)))
    : sortable(rows.map((row) => row.dataset[key] ?? ""));

/** Choose what the page's address says. */
const restore = (controls, headers) => {
  const query = new URLSearchParams(location.search);
  for (const control of controls) {
    const value = query.get(control.name);
    if (control.type === "checkbox") control.checked = value === control.value;
    else if (control.name === "sort") sortBy(control, headers, value ?? "");
    else if (value !== null) control.value = value;
    if (control.selectedIndex < 0) control.selectedIndex = 0;
  }
};

/** Choose an order; those that only a column's header offers become options once they are chosen. */
const sortBy = (sort, headers, value) => {
  sort.value = value;
  const header = headers.find(({ dataset }) => dataset.paSort === value.replace(/^-/, ""));
  if (sort.selectedIndex < 0 && header) {
    sort.append(make("option", { value, selected: true }, header.textContent.trim()));
  }
};

const startHeader = (header, sort, arrange) => {
  const button = make("button", { type: "button" }, ...header.childNodes);
  header.append(button);
  button.addEventListener("click", () => {
    const key = header.dataset.paSort;
    const now = header.getAttribute("aria-sort");
    // Figures and dates first from the top, names from A.
    const down = now ? now === "ascending" : header.matches(".pa-num") || key === "captured";
    sortBy(sort, [header], (down ? "-" : "") + key);
    arrange();
  });
};

/** A function that has a question answered by the rows of all pages, and loads what that takes. */
const allPages = (form, shelf, say) => {
  let loading = null;
  let waiting = 0;
  const ask = async (question) => {
    try {
      if (asksNothing(question)) return (await loading)?.hide();
      loading ??= import("./all-pages.js").then((module) => module.startAllPages(form, shelf));
      loading.catch(() => (loading = null));
      const answer = await (await loading).show(question);
      if (answer) say(answer.said, answer.count);
    } catch (error) {
      console.info(error);
      const said = one("output", form);
      said.textContent = gettext("%(found)s on this page; the other pages could not be searched", {
        found: said.textContent,
      });
    }
  };
  return (question) => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE, question);
  };
};

for (const form of all("[data-pa-bar]")) startListing(form);
