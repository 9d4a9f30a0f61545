// Filters and sorts the rows of all pages of a long listing, from the data files beside it.
// Loaded by policy-archive.js where a listing has them. Archived text becomes text nodes.

const MOST = 100; // rows shown at a time

const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "en", { numeric: true }));

export default (form, shelf, { all, make, safe }) => {
  const { paColumns, paTexts, paOwn, paRows, paPart, paLink } = form.dataset;
  const own = paOwn.split(" ").filter(Boolean);
  const pages = all(".pa-paging a:not([rel])");
  const paging = all(".pa-paging");
  const list = make("ol", { className: "pa-rows pa-found", hidden: true });
  const more = make("button", { type: "button", className: "pa-button", hidden: true });
  shelf.after(list, more);

  const loaded = new Map();
  const load = (address, beside) => {
    const url = new URL(address, new URL(beside, location.href)).href;
    if (!loaded.has(url)) {
      const fetched = fetch(url).then((response) => {
        if (!response.ok) throw new Error(response.statusText);
        return response.json();
      });
      fetched.catch(() => loaded.delete(url));
      loaded.set(url, fetched.then((value) => ({ value, url })));
    }
    return loaded.get(url);
  };
  const column = async (name) => {
    const beside = own.includes(name) ? paTexts : paColumns;
    return [name, (await load(`${name}.json`, beside)).value];
  };

  const choose = async (terms, key, down, wanted) => {
    const names = new Set(["site", ...own.slice(0, 1), ...(key ? [key] : []), ...Object.keys(wanted)]);
    const values = Object.fromEntries(await Promise.all([...names].map(column)));
    const sites = values.site.map((entry) => [entry].flat());
    const fits = ([site], row) =>
      (!own.length || values[own[0]][row]) &&
      terms.every((term) => site.includes(term)) &&
      Object.entries(wanted).every(([name, value]) => values[name][row] === value);
    const found = [...sites.keys()].filter((row) => fits(sites[row], row));
    if (key) {
      const value = (row) => (key === "site" ? sites[row][0] : values[key][row]);
      found.sort((a, b) => {
        const [x, y] = [value(a), value(b)];
        // What has no value (an unknown date) comes last either way.
        if (x === null || y === null) return (x === null) - (y === null);
        return compare(x, y) * (down ? -1 : 1);
      });
    }
    return { sites, found };
  };

  const item = (row, [site, id = site]) => {
    const page = pages[Math.floor(row / paRows)];
    const name = make("a", paLink ? { href: page.href + paLink + encodeURIComponent(id) } : {}, site);
    const when = make("p");
    const what = make("div", { className: "pa-what" });
    const who = make("div", { className: "pa-who" }, make("h2", {}, name), when);
    const li = make("li", { className: "pa-row" }, who, what);
    li.dataset.site = site;
    const part = load(`${Math.floor(row / paPart)}.json`, paTexts);
    const filled = part.then(({ value, url }) => {
      const shown = value[row % paPart];
      if (!shown) return;
      const [captured, text, address, lang] = shown;
      const target = safe(address, url);
      when.textContent = captured;
      if (!paLink) Object.assign(name, target);
      if (text) {
        const link = make("a", target, text);
        what.append(make("blockquote", { className: "pa-theirs", dir: "auto", lang }, link));
      }
    });
    return [li, filled];
  };

  let asked = 0;
  const hide = () => {
    asked += 1;
    list.hidden = more.hidden = true;
    shelf.hidden = false;
    for (const nav of paging) nav.hidden = false;
  };

  // Answers with what to tell the reader, or with nothing where a newer question was asked.
  const show = async (...question) => {
    const mine = (asked += 1);
    const { sites, found } = await choose(...question);
    if (mine !== asked) return null;
    let next = 0;
    const add = async () => {
      const items = found.slice(next, next + MOST).map((row) => item(row, sites[row]));
      next += items.length;
      const rest = found.length - next;
      await Promise.allSettled(items.map(([, filled]) => filled));
      if (mine !== asked) return;
      list.append(...items.map(([li]) => li));
      more.textContent = `Show ${Math.min(rest, MOST).toLocaleString("en")} more`;
      more.hidden = !rest;
    };
    list.replaceChildren();
    more.onclick = add;
    await add();
    if (mine !== asked) return null;
    list.hidden = false;
    shelf.hidden = true;
    for (const nav of paging) nav.hidden = true;
    const first = next < found.length ? `, the first ${next} shown` : "";
    return { count: found.length, said: `${found.length.toLocaleString("en")} found on all pages${first}` };
  };

  // A link to a row of this very page leads back to it.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !shelf.contains(target)) return;
    hide();
    target.scrollIntoView();
  });

  return { show, hide };
};
