// Up to four policies side by side: which of them, and the address that says so.
import { showAddress, withQuery } from "./address.js";
import { fetchJson, remembered } from "./data.js";
import { all, one } from "./dom.js";
import { isSnapshot } from "./snapshot.js";
import { gettext } from "./words.js";

const MOST = 4;

/** The ids that a query such as `sites=a.example,b.example` names, of those `known`. */
export const sitesIn = (query, known) => {
  const asked = (new URLSearchParams(query).get("sites") ?? "").split(",");
  return [...new Set(asked)].filter((id) => known.has(id)).slice(0, MOST);
};

const start = (matrix) => {
  const [tray, side, out, show] = ["tray", "side", "out", "show"].map((name) =>
    one(`[data-pa-${name}]`),
  );
  const rows = new Map(all("tbody tr", matrix).map((row) => [row.dataset.id, row]));
  const topics = all("[data-topic]", matrix).map(({ dataset }) => ({ ...dataset }));
  const names = (ids) => ids.map((id) => rows.get(id).dataset.site).join(", ");
  const load = remembered((id) => fetchJson(rows.get(id).dataset.src, isSnapshot));
  let chosen = [];

  const update = async () => {
    const full = chosen.length >= MOST;
    for (const [id, row] of rows) {
      const box = one("input", row);
      box.checked = chosen.includes(id);
      box.disabled = full && !box.checked;
    }
    tray.hidden = !chosen.length;
    side.hidden = show.hidden = chosen.length < 2;
    const sites = names(chosen);
    let said = sites;
    if (side.hidden) said = gettext("%(sites)s: choose another", { sites });
    else if (full) said = gettext("%(sites)s (four is the most)", { sites });
    one("p", tray).textContent = said;
    showAddress(withQuery(location.href, { sites: chosen.join() }));
    if (!side.hidden) await compare(chosen);
  };

  const compare = async (ids) => {
    const [results, { comparison, warning }] = await Promise.all([
      Promise.allSettled(ids.map(load)),
      import("./comparison.js"),
    ]);
    if (ids !== chosen) return;
    const answers = results.flatMap(({ value }) => (value ? { ...value.value, base: value.url } : []));
    const failed = ids.filter((_, index) => results[index].reason);
    out.replaceChildren(...(answers.length ? comparison(topics, answers) : []));
    if (failed.length) {
      const said = gettext("%(sites)s; their own pages can still be read.", { sites: names(failed) });
      out.prepend(warning(gettext("Not loaded"), said));
    }
  };

  for (const label of all("tbody label", matrix)) label.hidden = false;
  matrix.addEventListener("change", ({ target }) => {
    chosen = chosen.filter((id) => id !== target.value).concat(target.checked ? target.value : []);
    update();
  });
  show.addEventListener("click", () => {
    one("h2", side).focus({ preventScroll: true });
    side.scrollIntoView();
  });
  one("[data-pa-clear]").addEventListener("click", () => {
    chosen = [];
    update();
    one("input", matrix).focus();
  });
  chosen = sitesIn(location.search, rows);
  update().then(() => side.hidden || side.scrollIntoView());
};

const matrix = one("[data-pa-matrix]");
if (matrix) start(matrix);
