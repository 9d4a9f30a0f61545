// The version that was valid on a day: #on=2019-06-01 or the form's date.
import { dayIn } from "./day.js";
import { all, one } from "./dom.js";
import { gettext } from "./words.js";

/** The newest of `captures`, `{day, …}` and newest first, that is of `day` or before. */
export const captureOn = (day, captures) =>
  captures.find((capture) => capture.day && capture.day <= day);

const start = (form) => {
  const resolve = () => {
    const day = dayIn(location.hash);
    if (!day) return;
    form.elements.on.value = day;
    const capture = captureOn(day, captures(form.dataset.paOn));
    // In place of this address, which would lead on again when the reader comes back.
    if (capture) location.replace(`${capture.href}?on=${day}`);
    else one("output", form).textContent = gettext("There is no capture of that day or before.");
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const hash = `#on=${form.elements.on.value}`;
    if (location.hash === hash) resolve();
    else location.hash = hash;
  });
  addEventListener("hashchange", resolve);
  resolve();
};

const captures = (id) =>
  all("tbody tr", document.getElementById(id)).map((row) => ({
    day: one("time", row)?.dateTime.slice(0, 10) ?? "",
    href: one("a", row).href,
  }));

const form = one("[data-pa-on]");
if (form) start(form);
