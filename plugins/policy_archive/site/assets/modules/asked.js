// The day that a reader asked for, on the page of the capture that stood then: ?on=2019-06-01
import { dayIn } from "./day.js";
import { make, one } from "./dom.js";
import { momentShown } from "./snapshot.js";
import { gettext } from "./words.js";

const day = dayIn(`#on=${new URLSearchParams(location.search).get("on")}`);
const stood = one(".pa-stood");
if (day && stood) {
  const last = stood.dataset.paLast.slice(0, 10);
  const values = { day: momentShown(day), last: momentShown(last) };
  const said =
    last > day
      ? gettext(
          "On %(day)s this is what it said, as far as this archive knows, unchanged until %(last)s at least.",
          values,
        )
      : gettext("On %(day)s this is what it said, as far as this archive knows.", values);
  stood.before(make("p", { className: "pa-asked" }, said));
}
