// The day that a reader asked for, on the page of the capture that stood then: ?on=2019-06-01
import { dayIn } from "./day.js";
import { make, one } from "./dom.js";
import { momentShown } from "./snapshot.js";

const day = dayIn(`#on=${new URLSearchParams(location.search).get("on")}`);
const stood = one(".pa-stood");
if (day && stood) {
  const last = stood.dataset.paLast.slice(0, 10);
  const until = last > day ? `, unchanged until ${momentShown(last)} at least` : "";
  const said = `On ${momentShown(day)} this is what it said, as far as this archive knows${until}.`;
  stood.before(make("p", { className: "pa-asked" }, said));
}
