// The table of what some policies say, side by side, from their snapshots' `index.json`.
import { linkWithin } from "./address.js";
import { make } from "./dom.js";
import { checkedIn, momentShown, passagesOn } from "./snapshot.js";
import { gettext, ngettext } from "./words.js";

const TWO_YEARS = 2 * 365.25 * 864e5;

/** "2014 to 2019" where captures (ISO dates, empty for none) lie over two years apart; or empty. */
export const yearsApart = (captured) => {
  const times = captured.map((iso) => Date.parse(iso)).filter((time) => !isNaN(time));
  const ends = [Math.min(...times), Math.max(...times)];
  if (!(ends[1] - ends[0] > TWO_YEARS)) return "";
  const [first, last] = ends.map((time) => new Date(time).getUTCFullYear());
  return gettext("%(first)s to %(last)s", { first, last });
};

/** A table of `answers` (snapshots, each with its file's address as `base`), and what to warn of. */
export const comparison = (topics, answers) => {
  const spoken = topics.filter(({ topic }) =>
    answers.some((answer) => passagesOn(topic, answer).length),
  );
  const head = make("tr", {}, make("th", { scope: "col" }, gettext("Topic")), ...answers.map(heading));
  const lines = spoken.map(({ topic, question }) => {
    const name = make("th", { scope: "row" }, question);
    return make("tr", {}, name, ...answers.map((answer) => cell(topic, answer)));
  });
  const parts = [make("table", {}, make("thead", {}, head), make("tbody", {}, ...lines))];
  const years = yearsApart(answers.map((answer) => answer.captured));
  if (years) {
    const said = gettext("These captures were made from %(years)s.", { years });
    parts.unshift(warning(gettext("Years apart"), said));
  }
  const silent = topics.length - spoken.length;
  if (silent) {
    const said = ngettext(
      "In none of them did we find a passage on %(num)s more topics.",
      "In none of them did we find a passage on %(num)s more topics.",
      silent,
    );
    parts.push(make("p", { className: "pa-small" }, said));
  }
  return parts;
};

export const warning = (word, said) =>
  make("p", { className: "pa-doubt" }, make("b", {}, word), ` ${said}`);

const heading = ({ site, captured, addresses, base }) => {
  const time = make("time", { dateTime: captured ?? "" }, momentShown(captured));
  return make("th", { scope: "col" }, link(addresses.page, base, site), time);
};

const cell = (topic, answer) => {
  const td = make("td");
  td.dataset.label = `${answer.site}, ${momentShown(answer.captured)}`;
  const [first, ...more] = passagesOn(topic, answer).map((it) => quotation(it, answer.base));
  const checked = checkedIn(answer);
  const none = checked
    ? ngettext(
        "No passage found in %(num)s paragraphs checked",
        "No passage found in %(num)s paragraphs checked",
        checked,
      )
    : gettext("Not checked");
  td.append(first ?? make("p", { className: "pa-absent" }, none));
  if (more.length) {
    const said = ngettext("%(num)s more", "%(num)s more", more.length);
    td.append(make("details", {}, make("summary", {}, said), ...more));
  }
  return td;
};

const quotation = ({ text, url, possible }, base) => {
  const quote = make("blockquote", { className: "pa-theirs", dir: "auto" });
  quote.append(make("span", {}, text), " ", link(url, base, gettext("in context")));
  if (possible) quote.append(" ", make("span", { className: "pa-possible" }, gettext("possibly")));
  return quote;
};

const link = (url, base, text) => make("a", linkWithin(location.origin, url, base), text);
