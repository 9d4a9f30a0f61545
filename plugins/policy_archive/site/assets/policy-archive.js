// Everything can be read without this file. Archived text becomes text nodes, never markup.
(() => {
  "use strict";

  const allPagesModule = new URL("modules/all-pages.js", document.currentScript.src).href;

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const query = new URLSearchParams(location.search);
  const setQuery = (name, value) => {
    const url = new URL(location.href);
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
    history.replaceState(history.state, "", url.href.replaceAll("%2C", ","));
  };
  // Data files cannot lead to another site.
  const safe = (address, base) => {
    const url = URL.canParse(address, base) && new URL(address, base);
    return url && url.origin === location.origin ? { href: url.href } : {};
  };

  // Filter and sort

  const order = (a, b) =>
    a && b && !isNaN(a) && !isNaN(b) ? a - b : a.localeCompare(b, "en", { numeric: true });

  for (const form of all("[data-pa-bar]")) {
    const list = document.getElementById(form.dataset.paBar);
    const shelf = list.closest(".pa-scroll, table") ?? list;
    const rows = [...list.children];
    const words = rows.map((row) => row.textContent.toLowerCase());
    const headers = all("th[data-pa-sort]", list.closest("table") ?? form);
    const none = one(".pa-none");
    // Not `q`, with which a theme's own search opens.
    const { filter, sort } = form.elements;
    const controls = [...form.elements].filter(({ name }) => name);
    const matches = controls.filter((control) => control !== filter && control !== sort);
    const chosen = ({ type, checked, value }) => (type === "checkbox" && !checked ? "" : value);

    const by = (value) => {
      sort.value = value;
      const header = headers.find(({ dataset }) => dataset.paSort === value.replace("-", ""));
      if (sort.selectedIndex < 0 && header) {
        sort.append(make("option", { value, selected: true }, header.textContent.trim()));
      } else if (sort.selectedIndex < 0) sort.value = "";
    };
    const output = one("output", form);
    let everywhere = null;
    // On a long listing the rows of other pages count as well; a press of a key is not yet a word.
    const allPages = async () => {
      const wanted = Object.fromEntries(
        matches.filter(chosen).map((control) => [control.name, chosen(control)]),
      );
      if (!filter.value.trim() && !sort.value && !Object.keys(wanted).length) {
        if (everywhere) (await everywhere).hide();
        return;
      }
      everywhere ??= import(allPagesModule).then((module) => module.default(form, shelf, { all, make, safe }));
      const terms = filter.value.toLowerCase().split(/\s+/);
      const key = sort.value.replace("-", "");
      try {
        const answer = await (await everywhere).show(terms, key, sort.value.startsWith("-"), wanted);
        if (!answer) return;
        output.textContent = answer.said;
        none.hidden = answer.count > 0;
      } catch {
        output.textContent += " on this page; the other pages could not be searched";
      }
    };
    let pause = 0;

    const arrange = () => {
      const key = sort.value.replace("-", "");
      const sign = sort.value.startsWith("-") ? -1 : 1;
      const value = (row) => row.dataset[key] ?? "";
      const sorted = key
        ? rows.toSorted((a, b) => {
            const [x, y] = [value(a), value(b)];
            // What has no value (an unknown date) comes last either way.
            return x && y ? sign * order(x, y) : !x - !y;
          })
        : rows;
      if (sorted.some((row, index) => list.children[index] !== row)) list.append(...sorted);
      for (const header of headers) {
        if (header.dataset.paSort !== key) header.removeAttribute("aria-sort");
        else header.ariaSort = sign < 0 ? "descending" : "ascending";
      }
      const terms = filter.value.toLowerCase().split(/\s+/);
      const fits = (row) => (control) =>
        !chosen(control) || row.dataset[control.name] === chosen(control);
      rows.forEach((row, index) => {
        const found = terms.every((term) => words[index].includes(term));
        row.hidden = !found || !matches.every(fits(row));
      });
      const shown = rows.filter((row) => !row.hidden).length;
      output.textContent =
        shown < rows.length ? `${shown} of ${rows.length} shown` : `${shown} shown`;
      none.hidden = shown > 0;
      for (const control of controls) setQuery(control.name, chosen(control));
      if (form.dataset.paColumns) {
        clearTimeout(pause);
        pause = setTimeout(allPages, 200);
      }
    };

    for (const control of controls) {
      const value = query.get(control.name);
      if (control.type === "checkbox") control.checked = value === control.value;
      else if (control === sort) by(value ?? "");
      else if (value !== null) control.value = value;
    }
    for (const header of headers) {
      const button = make("button", { type: "button" }, ...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => {
        const key = header.dataset.paSort;
        // Figures and dates first from the top, names from A.
        const down = header.ariaSort
          ? header.ariaSort === "ascending"
          : header.matches(".pa-num") || key === "captured";
        const value = (down ? "-" : "") + key;
        by(value);
        arrange();
      });
    }
    form.addEventListener("input", arrange);
    form.addEventListener("submit", (event) => event.preventDefault());
    one("[data-pa-reset]").addEventListener("click", () => {
      form.reset();
      arrange();
      filter.focus();
    });
    form.hidden = false;
    arrange();
  }

  // On narrow screens a section's notes stand together above it

  for (const section of all(".pa-text > section")) {
    if (all(".pa-note", section).length < 2) continue;
    const links = new Map();
    for (const link of all(".pa-note a", section)) {
      if (!links.has(link.href) || !one("i", link)) links.set(link.href, link.cloneNode(true));
    }
    const items = [...links.values()].map((link) => make("li", {}, link));
    const list = make("ul", { className: "pa-chips", lang: "en", dir: "ltr" }, ...items);
    const heading = one(":scope > :is(h2, h3, h4, h5, h6)", section);
    if (heading) heading.after(list);
    else section.prepend(list);
  }

  // Open what the address points into

  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1).replace(/%(?![\da-f]{2})/gi, "%25"));
    const target = document.getElementById(id);
    if (!target) {
      // A row of a long listing stands on the last page that begins before it.
      const page = all(".pa-paging a[data-first]").findLast(({ dataset }) => dataset.first <= id);
      if (id && page && !page.ariaCurrent) location.replace(page.href + location.hash);
      return;
    }
    let opened = false;
    for (let node = target; node; node = node.parentElement) {
      if (node.localName === "details" && !node.open) node.open = opened = true;
    }
    if (opened) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  addEventListener("click", ({ target }) => {
    if (target.closest('.pa a[href^="#"]')?.hash === location.hash) reveal();
  });
  reveal();

  // Mark the words that a search led here by: ?highlight=cookies&highlight=browser

  const text = one(".pa-text");
  const found = query.getAll("highlight").flatMap((said) => said.match(/[\p{L}\p{N}]{2,40}/gu) ?? []);
  if (text && found.length) {
    // Letters and digits alone, so that there is nothing to escape.
    const said = [...new Set(found)].slice(0, 20).join("|");
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${said})(?![\\p{L}\\p{N}])`, "giu");
    const ours = '.pa-note, .pa-chips, [title="Permalink"], .pa-vh';
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest(ours)) nodes.push(walker.currentNode);
    }
    for (const node of nodes) {
      for (const match of [...node.data.matchAll(pattern)].reverse()) {
        const range = document.createRange();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        range.surroundContents(make("mark", { className: "pa-mark" }));
      }
    }
    const marks = all("mark.pa-mark", text);
    if (marks.length) {
      const places = marks.length === 1 ? "1 word marked" : `${marks.length} words marked`;
      const remove = make("button", { type: "button" }, "Remove marks");
      const note = make("p", { className: "pa-found" }, make("span", {}, places), remove);
      text.prepend(note);
      remove.addEventListener("click", () => {
        for (const mark of marks) mark.replaceWith(...mark.childNodes);
        note.remove();
        setQuery("highlight", "");
      });
      if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
      else marks[0].scrollIntoView({ block: "center" });
    }
  }

  const outline = one(".pa-outline details");
  if (outline) {
    const wide = matchMedia("(min-width: 76.25em)");
    wide.onchange = () => (outline.open = wide.matches);
    wide.onchange();
  }

  // The version that was valid on a day: #on=2019-06-01 or the form's date

  const on = one("[data-pa-on]");
  const resolve = () => {
    const day = /^#on=(\d{4}-\d\d-\d\d)/.exec(location.hash)?.[1];
    if (!day || !on) return;
    const rows = all("tbody tr", document.getElementById(on.dataset.paOn));
    const dated = rows.map((row) => [one("time", row)?.dateTime.slice(0, 10), one("a", row)]);
    const found = dated.find(([captured]) => captured && captured <= day);
    on.elements.on.value = day;
    if (found) location.assign(found[1].href);
    else one("output", on).textContent = "There is no capture of that day or before.";
  };
  if (on) {
    on.hidden = false;
    on.addEventListener("submit", (event) => {
      event.preventDefault();
      const hash = `#on=${on.elements.on.value}`;
      if (location.hash === hash) resolve();
      else location.hash = hash;
    });
    addEventListener("hashchange", resolve);
    resolve();
  }

  // Copy

  if (navigator.clipboard) {
    for (const button of all("[data-pa-copy]")) {
      const label = button.textContent;
      const source = document.getElementById(button.dataset.paCopy);
      button.hidden = false;
      button.ariaLive = "polite";
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(source.textContent).then(
          () => (button.textContent = "Copied"),
          () => getSelection().selectAllChildren(source),
        );
        setTimeout(() => (button.textContent = label), 2000);
      });
    }
    for (const link of all('.pa-text [title="Permalink"]')) {
      link.addEventListener("click", () => navigator.clipboard.writeText(link.href).catch(() => {}));
    }
  }

  // Search from the home page; a hint on the 404 page

  const find = one("[data-pa-find]");
  const search = one("[data-md-component=search-query]");
  if (find?.localName === "form") find.hidden = false;
  else if (find && search) {
    find.hidden = false;
    find.addEventListener("click", () => {
      const toggle = document.getElementById("__search");
      if (!toggle.checked) toggle.click();
      search.focus();
    });
  }

  // The theme's own search may know titles alone: it leads on to the page that knows every word.
  const everywhere = all(".md-nav a, .md-tabs a").find(({ pathname }) => {
    const base = JSON.parse(one("#__config")?.textContent ?? "{}").base ?? ".";
    return pathname.replace(/index\.html$/, "") === new URL(`${base}/search/`, location).pathname;
  });
  const output = one(".md-search__output");
  if (everywhere && search && output) {
    const link = make("a", { className: "pa-everywhere", href: everywhere.href }, "Search every text");
    output.prepend(link);
    search.addEventListener("input", () => {
      link.textContent = search.value ? `Search every text for “${search.value}”` : "Search every text";
      link.search = search.value ? new URLSearchParams({ words: search.value }) : "";
    });
  }

  const missing = one("[data-pa-missing]");
  const site = missing && /\/policies\/([^/]+)\//.exec(location.pathname)?.[1];
  if (site) {
    const link = one("a", missing);
    link.href = link.href.replace(/(index\.html)?$/, `${site}/$1`);
    link.textContent = `Everything we have of ${site}`;
    missing.hidden = false;
  }

  // Side by side

  const matrix = one("[data-pa-matrix]");
  if (!matrix) return;
  const MOST = 4;
  const TWO_YEARS = 2 * 365.25 * 864e5;
  const tray = one("[data-pa-tray]");
  const side = one("[data-pa-side]");
  const out = one("[data-pa-out]");
  const rows = new Map(all("tbody tr", matrix).map((row) => [row.dataset.id, row]));
  const topics = all("[data-topic]", matrix).map(({ dataset }) => dataset);
  const names = (ids) => ids.map((id) => rows.get(id).dataset.site).join(", ");
  const doubt = (word, said) => make("p", { className: "pa-doubt" }, make("b", {}, word), ` ${said}`);
  const loaded = new Map();
  let chosen = [];

  const load = (id) => {
    if (!loaded.has(id)) {
      const fetched = fetch(rows.get(id).dataset.src).then(async (response) => {
        if (!response.ok) throw new Error(response.statusText);
        return { ...(await response.json()), base: response.url };
      });
      fetched.catch(() => loaded.delete(id));
      loaded.set(id, fetched);
    }
    return loaded.get(id);
  };

  const quotation = ({ text, url, possible }, base) => {
    const quote = make("blockquote", { className: "pa-theirs", dir: "auto" });
    quote.append(make("span", {}, text), " ", make("a", safe(url, base), "in context"));
    if (possible) quote.append(" ", make("span", { className: "pa-possible" }, "possibly"));
    return quote;
  };

  const cell = ({ topic }, { site, captured, checked, topics, base }) => {
    const td = make("td");
    td.dataset.label = `${site}, ${captured}`;
    const found = (topics[topic] ?? []).toSorted((a, b) => a.possible - b.possible);
    const [first, ...more] = found.map((passage) => quotation(passage, base));
    const none = checked ? `No passage found in ${checked} paragraphs checked` : "Not checked";
    td.append(first ?? make("p", { className: "pa-absent" }, none));
    if (more.length) td.append(make("details", {}, make("summary", {}, `${more.length} more`), ...more));
    return td;
  };

  const heading = ({ site, captured, captured_iso, url, base }) => {
    const time = make("time", { dateTime: captured_iso }, captured);
    return make("th", { scope: "col" }, make("a", safe(url, base), site), time);
  };

  const table = (answers) => {
    const spoken = topics.filter(({ topic }) => answers.some((answer) => answer.topics[topic]));
    const head = make("tr", {}, make("th", { scope: "col" }, "Topic"), ...answers.map(heading));
    const lines = spoken.map((topic) => {
      const name = make("th", { scope: "row" }, topic.question);
      return make("tr", {}, name, ...answers.map((answer) => cell(topic, answer)));
    });
    const parts = [make("table", {}, make("thead", {}, head), make("tbody", {}, ...lines))];
    const times = answers.map((answer) => Date.parse(answer.captured_iso)).filter(Boolean);
    const ends = [Math.min(...times), Math.max(...times)];
    if (ends[1] - ends[0] > TWO_YEARS) {
      const years = ends.map((time) => new Date(time).getUTCFullYear()).join(" to ");
      parts.unshift(doubt("Years apart", `These captures were made from ${years}.`));
    }
    if (spoken.length < topics.length) {
      const said = `In none of them did we find a passage on ${topics.length - spoken.length} more topics.`;
      parts.push(make("p", { className: "pa-small" }, said));
    }
    return parts;
  };

  const update = async () => {
    const full = chosen.length >= MOST;
    for (const [id, row] of rows) {
      const box = one("input", row);
      box.checked = chosen.includes(id);
      box.disabled = full && !box.checked;
    }
    tray.hidden = !chosen.length;
    side.hidden = one("[data-pa-show]").hidden = chosen.length < 2;
    const hint = side.hidden ? ": choose another" : full ? " (four is the most)" : "";
    one("p", tray).textContent = names(chosen) + hint;
    setQuery("sites", chosen.join());
    if (side.hidden) return;
    const ids = chosen;
    const results = await Promise.allSettled(ids.map(load));
    if (ids !== chosen) return;
    const answers = results.flatMap(({ value }) => value ?? []);
    const failed = ids.filter((_, index) => results[index].reason);
    out.replaceChildren(...(answers.length ? table(answers) : []));
    if (failed.length) {
      out.prepend(doubt("Not loaded", `${names(failed)}; their own pages can still be read.`));
    }
  };

  for (const label of all("tbody label", matrix)) label.hidden = false;
  matrix.addEventListener("change", ({ target }) => {
    chosen = chosen.filter((id) => id !== target.value).concat(target.checked ? target.value : []);
    update();
  });
  one("[data-pa-show]").addEventListener("click", () => {
    one("h2", side).focus({ preventScroll: true });
    side.scrollIntoView();
  });
  one("[data-pa-clear]").addEventListener("click", () => {
    chosen = [];
    update();
    one("input", matrix).focus();
  });
  chosen = (query.get("sites") ?? "").split(",").filter((id) => rows.has(id)).slice(0, MOST);
  update().then(() => side.hidden || side.scrollIntoView());
})();
