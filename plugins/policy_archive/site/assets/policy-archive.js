// Filter, sort, compare, copy, open. Everything is readable without this file.
// Text from the archive reaches the page through textContent alone, addresses through `safe`.
(() => {
  "use strict";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const setQuery = (name, value) => {
    const url = new URL(location.href);
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
    // Commas between sites stay readable.
    history.replaceState(history.state, "", url.href.replaceAll("%2C", ","));
  };

  /** An address of this site, or null: what a data file names cannot lead elsewhere. */
  const safe = (address, base) => {
    try {
      const url = new URL(address, base);
      return url.origin === location.origin ? url.href : null;
    } catch {
      return null;
    }
  };

  // ---- Filter and sort -------------------------------------------------------------------

  const compareValues = (a, b) =>
    a !== "" && b !== "" && !isNaN(a) && !isNaN(b)
      ? a - b
      : a.localeCompare(b, "en", { numeric: true });

  const listing = (form, list) => {
    const rows = [...list.children];
    const words = rows.map((row) => row.textContent.toLowerCase());
    const headers = all("th[data-pa-sort]", list.closest("table") ?? form);
    const count = one("output", form);
    const none = one(".pa-none");
    const controls = [...form.elements].filter((control) => control.name);
    const query = new URLSearchParams(location.search);

    const sort = (order) => {
      const key = order.replace(/^-/, "");
      const sign = order.startsWith("-") ? -1 : 1;
      const sorted = key
        ? [...rows].sort((a, b) => {
            const [x, y] = [a.dataset[key] ?? "", b.dataset[key] ?? ""];
            // What has no value (an unknown date) comes last, whichever way we sort.
            if ((x === "") !== (y === "")) return x === "" ? 1 : -1;
            return sign * compareValues(x, y);
          })
        : rows;
      if (sorted.some((row, index) => list.children[index] !== row)) list.append(...sorted);
      for (const header of headers) {
        if (header.dataset.paSort !== key) header.removeAttribute("aria-sort");
        else header.setAttribute("aria-sort", sign < 0 ? "descending" : "ascending");
      }
    };

    const apply = () => {
      const terms = (form.elements.q?.value ?? "").toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = controls.filter(
        ({ name, type, checked, value }) =>
          name !== "q" && name !== "sort" && value && (type !== "checkbox" || checked),
      );
      let shown = 0;
      rows.forEach((row, index) => {
        row.hidden = !(
          terms.every((term) => words[index].includes(term)) &&
          wanted.every(({ name, value }) => row.dataset[name] === value)
        );
        shown += row.hidden ? 0 : 1;
      });
      count.textContent =
        shown === rows.length ? `${shown} shown` : `${shown} of ${rows.length} shown`;
      none?.toggleAttribute("hidden", shown > 0);
      for (const { name, type, checked, value } of controls) {
        setQuery(name, type === "checkbox" && !checked ? "" : value);
      }
    };

    for (const control of controls) {
      const value = query.get(control.name);
      if (value === null) continue;
      if (control.type === "checkbox") control.checked = value === control.value;
      else control.value = value;
    }
    for (const header of headers) {
      const button = make("button", { type: "button" }, ...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => {
        const key = header.dataset.paSort;
        // Figures and dates are asked for from the top, names from A.
        const now = header.getAttribute("aria-sort");
        const down = now ? now === "ascending" : header.matches(".pa-num") || key === "captured";
        const order = (down ? "-" : "") + key;
        const select = form.elements.sort;
        if (select) {
          if (![...select.options].some((option) => option.value === order)) {
            const name = `by ${button.textContent.trim().toLowerCase()}`;
            select.append(make("option", { value: order }, name));
          }
          select.value = order;
        }
        sort(order);
        apply();
      });
    }
    form.addEventListener("input", () => {
      sort(form.elements.sort?.value ?? "");
      apply();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    one("[data-pa-reset]")?.addEventListener("click", () => {
      form.reset();
      sort("");
      apply();
      form.elements.q?.focus();
    });
    form.hidden = false;
    sort(form.elements.sort?.value ?? "");
    apply();
  };

  for (const form of all("[data-pa-bar]")) {
    const list = document.getElementById(form.dataset.paBar);
    if (list) listing(form, list);
  }

  // ---- Open what the address points into ---------------------------------------------------

  const reveal = () => {
    let id = "";
    try {
      id = decodeURIComponent(location.hash.slice(1));
    } catch {
      return;
    }
    const target = id ? document.getElementById(id) : null;
    if (!target?.closest(".pa")) return;
    let opened = false;
    for (let node = target; node; node = node.parentElement) {
      if (node.localName === "details" && !node.open) node.open = opened = true;
    }
    if (opened) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  // A second click on the same link changes no hash, but must open again.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('.pa a[href^="#"]');
    if (link && link.hash === location.hash) reveal();
  });
  reveal();

  const outline = one(".pa-outline details");
  if (outline) {
    const wide = matchMedia("(min-width: 76.25em)");
    const follow = () => (outline.open = wide.matches);
    wide.addEventListener("change", follow);
    follow();
  }

  // ---- Copy --------------------------------------------------------------------------------

  const announce = make("p", { className: "pa-vh", role: "status" });
  one(".pa")?.append(announce);

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      announce.textContent = "Copied";
      return true;
    } catch {
      return false;
    }
  };

  if (navigator.clipboard) {
    for (const button of all("[data-pa-copy]")) {
      const label = button.textContent;
      button.hidden = false;
      button.addEventListener("click", async () => {
        const source = document.getElementById(button.dataset.paCopy);
        const done = await copy(source.textContent);
        if (!done) getSelection().selectAllChildren(source);
        button.textContent = done ? "Copied" : "Selected: copy with the keyboard";
        setTimeout(() => (button.textContent = label), 2000);
      });
    }
    for (const link of all("a.pa-permalink")) {
      link.addEventListener("click", () => copy(link.href));
    }
  }

  // ---- Search from the home page, hints on the 404 page --------------------------------------

  const find = one("[data-pa-find]");
  const search = one("[data-md-component=search-query]");
  if (find && search) {
    find.hidden = false;
    one("button", find).addEventListener("click", () => {
      const toggle = document.getElementById("__search");
      if (toggle && !toggle.checked) toggle.click();
      search.focus();
    });
  }

  const missing = one("[data-pa-missing]");
  const site = missing && /\/policies\/([^/]+)\//.exec(location.pathname)?.[1];
  if (site) {
    const link = one("a", missing);
    link.href += `${site}/`;
    link.textContent = `Everything we have of ${site}`;
    missing.hidden = false;
  }

  // ---- Side by side --------------------------------------------------------------------------

  const matrix = one("[data-pa-matrix]");
  if (!matrix) return;
  const MOST = 4;
  const TWO_YEARS = 2 * 365.25 * 864e5;
  const tray = one("[data-pa-tray]");
  const side = one("[data-pa-side]");
  const out = one("[data-pa-out]");
  const rows = new Map(all("tbody tr", matrix).map((row) => [row.dataset.id, row]));
  const topics = all("thead th[data-topic]", matrix).map(({ dataset }) => dataset);
  const box = (id) => one("input", rows.get(id));
  const loaded = new Map();
  let chosen = [];

  const load = (id) => {
    if (!loaded.has(id)) {
      const fetched = fetch(rows.get(id).dataset.src).then(async (response) => {
        if (!response.ok) throw new Error(response.statusText);
        return { data: await response.json(), base: response.url };
      });
      fetched.catch(() => loaded.delete(id));
      loaded.set(id, fetched);
    }
    return loaded.get(id);
  };

  const quotation = ({ text, url, possible }, base) => {
    const quote = make("blockquote", { className: "pa-theirs", dir: "auto" });
    quote.append(make("span", {}, String(text)), " ");
    const address = safe(url, base);
    if (address) quote.append(make("a", { href: address }, "in context"));
    if (possible) quote.append(" ", make("span", { className: "pa-possible" }, "possibly"));
    return quote;
  };

  const cell = (topic, { data, base }) => {
    const td = make("td");
    td.dataset.label = `${data.site}, ${data.captured}`;
    const passages = [...(data.topics?.[topic.topic] ?? [])].sort((a, b) => a.possible - b.possible);
    if (!passages.length) {
      const said = data.checked
        ? `No passage found in ${data.checked} paragraphs checked`
        : "Not checked";
      td.append(make("p", { className: "pa-absent" }, said));
    }
    const quotes = passages.map((passage) => quotation(passage, base));
    td.append(...quotes.slice(0, 1));
    if (quotes.length > 1) {
      const more = make("summary", {}, `${quotes.length - 1} more`);
      td.append(make("details", {}, more, ...quotes.slice(1)));
    }
    return td;
  };

  const heading = ({ data, base }) => {
    const link = make("a", {}, String(data.site));
    const address = safe(data.url, base);
    if (address) link.href = address;
    const time = make("time", { dateTime: data.captured_iso ?? "" }, String(data.captured));
    return make("th", { scope: "col" }, link, time);
  };

  const table = (answers) => {
    const spoken = topics.filter(({ topic }) => answers.some(({ data }) => data.topics?.[topic]));
    const silent = topics.length - spoken.length;
    const head = make("tr", {}, make("th", { scope: "col" }, "Topic"), ...answers.map(heading));
    const lines = spoken.map((topic) => {
      const name = make("th", { scope: "row" }, topic.question);
      return make("tr", {}, name, ...answers.map((answer) => cell(topic, answer)));
    });
    const parts = [make("table", {}, make("thead", {}, head), make("tbody", {}, ...lines))];
    const times = answers.map(({ data }) => Date.parse(data.captured_iso)).filter((t) => !isNaN(t));
    if (times.length > 1 && Math.max(...times) - Math.min(...times) > TWO_YEARS) {
      const years = [Math.min(...times), Math.max(...times)].map((t) => new Date(t).getUTCFullYear());
      const warning = ` These captures were made from ${years.join(" to ")}. A policy may say something else today.`;
      parts.unshift(make("p", { className: "pa-doubt" }, make("b", {}, "Years apart"), warning));
    }
    if (silent) {
      const said = `On ${silent} further ${silent === 1 ? "topic" : "topics"} none of them has a passage that we found.`;
      parts.push(make("p", { className: "pa-small" }, said));
    }
    return parts;
  };

  const show = async () => {
    const ids = [...chosen];
    side.hidden = ids.length < 2;
    if (side.hidden) return;
    const results = await Promise.allSettled(ids.map(load));
    if (ids.join() !== chosen.join()) return; // the choice has changed meanwhile
    const answers = results.flatMap(({ value }) => (value ? [value] : []));
    const failed = ids.filter((_, index) => results[index].status === "rejected");
    out.replaceChildren(...(answers.length ? table(answers) : []));
    if (failed.length) {
      const said = `Could not load ${failed.map((id) => rows.get(id).dataset.site).join(", ")}. Side by side needs the site to be served over HTTP; the pages themselves can be read.`;
      out.prepend(make("p", { className: "pa-doubt" }, make("b", {}, "Not loaded"), said));
    }
  };

  const update = () => {
    chosen = chosen.filter((id) => rows.has(id)).slice(0, MOST);
    for (const id of rows.keys()) {
      box(id).checked = chosen.includes(id);
      box(id).disabled = chosen.length >= MOST && !chosen.includes(id);
    }
    tray.hidden = !chosen.length;
    const names = chosen.map((id) => rows.get(id).dataset.site).join(", ");
    one("p", tray).textContent =
      chosen.length < 2 ? `${names}: choose one to three more` : `${chosen.length} chosen: ${names}`;
    one("[data-pa-show]", tray).hidden = chosen.length < 2;
    setQuery("sites", chosen.join(","));
    return show();
  };

  for (const label of all("tbody label", matrix)) label.hidden = false;
  matrix.addEventListener("change", ({ target }) => {
    chosen = target.checked ? [...chosen, target.value] : chosen.filter((id) => id !== target.value);
    update();
  });
  one("[data-pa-show]", tray).addEventListener("click", () => {
    one("h2", side).focus({ preventScroll: true });
    side.scrollIntoView();
  });
  one("[data-pa-clear]", tray).addEventListener("click", () => {
    chosen = [];
    update();
    one("input[type=checkbox]", matrix)?.focus();
  });
  chosen = (new URLSearchParams(location.search).get("sites") ?? "").split(",").filter(Boolean);
  const asked = chosen.length > 1;
  update().then(() => asked && !side.hidden && side.scrollIntoView());
})();
