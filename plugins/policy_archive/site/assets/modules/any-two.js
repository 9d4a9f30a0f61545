// Any two captures of a policy, chosen on its timeline or in two lists: compare/#20210901164447..20230629124243
import { idIn, showAddress } from "./address.js";
import { differences } from "./capture-diff.js";
import { chooser } from "./choose-two.js";
import { fetchJson, remembered } from "./data.js";
import { all, make, one } from "./dom.js";
import { isSnapshot } from "./snapshot.js";
import { gettext, language, ngettext } from "./words.js";

/** Unchanged blocks around a change. */
const CONTEXT = 2;

/** The two captures that a hash such as `#2019..2021` names, of those `known`; null: none. */
export const pairIn = (hash, known) => {
  const pair = idIn(hash).split("..");
  return pair.length === 2 && pair.every((it) => known.has(it)) ? pair : null;
};

/** Which of `edits` stand near a change. */
export const nearChanges = (edits) => {
  const near = edits.map(() => false);
  for (const [at, { kind }] of edits.entries()) {
    if (kind !== "same") near.fill(true, Math.max(0, at - CONTEXT), at + CONTEXT + 1);
  }
  return near;
};

const LABELS = {
  added: gettext("Added"),
  removed: gettext("Removed"),
  moved: gettext("Moved here"),
  "moved-away": gettext("Moved from here"),
};

const row = ({ kind, old, new: young, words }) => {
  const block = make("div", { className: `pa-edit pa-${kind}` });
  if (LABELS[kind]) block.append(make("p", { className: "pa-told", lang: language }, LABELS[kind]));
  if (kind === "changed") block.append(make("span", { className: "pa-vh" }, `${gettext("Changed")}: `));
  const text = words ? words.map(marked) : [whole(kind, young ?? old)];
  block.append(make("p", { className: young?.heading ? "pa-heading" : "", dir: "auto" }, ...text));
  return block;
};

const whole = (kind, { text }) => {
  if (kind === "added") return make("ins", {}, text);
  return kind === "removed" ? make("del", {}, text) : text;
};

const marked = ({ added, removed, value }) => {
  if (added) return make("ins", {}, value);
  return removed ? make("del", {}, value) : value;
};

const skipped = (count) =>
  make(
    "p",
    { className: "pa-skip" },
    ngettext("%(num)s unchanged paragraph", "%(num)s unchanged paragraphs", count),
  );

/** The rows of `edits`; what is far from any change is counted. */
const rowsOf = (edits) => {
  const near = nearChanges(edits);
  const rows = [];
  let far = 0;
  for (const [at, edit] of edits.entries()) {
    if (near[at] && far) rows.push(skipped(far));
    far = near[at] ? 0 : far + 1;
    if (near[at]) rows.push(row(edit));
  }
  return far ? [...rows, skipped(far)] : rows;
};

/** The page's timeline to choose on; null where it has none. */
const onTimeline = (done) => {
  const place = one(".pa-choose");
  if (!place) return null;
  const status = one("[role=status]", place);
  place.hidden = false;
  const tell = (label) => {
    status.textContent = label ? gettext("%(day)s, and the other?", { day: label }) : "";
  };
  const chosen = (...pair) => {
    tell("");
    done(...pair);
  };
  return chooser(one("svg", place.parentElement), tell, chosen);
};

const start = (form) => {
  const [from, to] = ["from", "to"].map((name) => form.elements[name]);
  const out = one("[data-pa-out]");
  const status = one("[role=status]", form);
  const addresses = new Map(all("option", from).map((it) => [it.value, it.dataset.json]));
  const load = remembered((segment) => fetchJson(addresses.get(segment), isSnapshot));

  const timeline = onTimeline((...pair) => {
    [from.value, to.value] = pair;
    form.dispatchEvent(new Event("change"));
  });

  const show = async () => {
    const asked = location.hash;
    const chosen = [from.value, to.value];
    timeline?.show(chosen);
    status.textContent = gettext("Comparing …");
    try {
      const [old, young] = await Promise.all(chosen.map(load));
      if (asked !== location.hash) return;
      const edits = differences(old.value, young.value);
      const changed = edits.filter(({ kind }) => kind !== "same" && !kind.startsWith("moved")).length;
      out.replaceChildren(...rowsOf(edits));
      out.lang = young.value.language === "und" ? "" : young.value.language;
      status.textContent = changed
        ? ngettext("%(num)s passage differs", "%(num)s passages differ", changed)
        : gettext("Not a word differs.");
    } catch (error) {
      console.info(error);
      status.textContent = gettext(
        "These captures could not be loaded; their own pages can still be read.",
      );
    }
  };

  const fromAddress = () => {
    const pair = pairIn(location.hash, addresses);
    if (pair) [from.value, to.value] = pair;
    return show();
  };
  form.addEventListener("change", () => {
    showAddress(new URL(`#${from.value}..${to.value}`, location.href).href);
    return show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", fromAddress);
  form.hidden = false;
  fromAddress();
};

const form = one("[data-pa-any-two]");
if (form) start(form);
