// Two captures chosen on a timeline, by pointer or by keyboard. Loaded where a page has one to choose on.
import { all, one } from "./dom.js";
import { gettext } from "./words.js";

/** Segments in time order, which is the order of the dots. */
export const inOrder = (pair, known) => known.filter((segment) => pair.includes(segment));

/**
 * Make buttons of the dots of `picture`: `{show, stop}`. `tell(label)` is called with the first of
 * two, `done(from, to)` with both; `show(segments)` marks dots as chosen, `stop` makes links of them.
 */
export const chooser = (picture, tell, done) => {
  const dots = all("a[data-capture]", picture);
  const known = dots.map((dot) => dot.dataset.capture);
  let first = "";

  const show = (segments) => {
    for (const dot of dots) {
      dot.setAttribute("role", "button");
      dot.setAttribute("aria-pressed", segments.includes(dot.dataset.capture));
    }
  };
  const choose = (dot) => {
    const segment = dot.dataset.capture;
    if (!first || first === segment) {
      first = first ? "" : segment;
      show(first ? [first] : []);
      tell(first ? dot.getAttribute("aria-label") : "");
      return;
    }
    const pair = inOrder([first, segment], known);
    first = "";
    show(pair);
    done(...pair);
  };
  const clicked = (event) => {
    const dot = event.target.closest("a[data-capture]");
    if (!dot || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(dot);
  };
  // Buttons answer to the space bar, which links do not.
  const pressed = (event) => {
    const dot = event.key === " " && event.target.closest("a[data-capture]");
    if (!dot) return;
    event.preventDefault();
    choose(dot);
  };
  picture.addEventListener("click", clicked);
  picture.addEventListener("keydown", pressed);
  show([]);

  const stop = () => {
    picture.removeEventListener("click", clicked);
    picture.removeEventListener("keydown", pressed);
    for (const dot of dots) for (const name of ["role", "aria-pressed"]) dot.removeAttribute(name);
  };
  return { show, stop };
};

/** On a policy's page: dots lead to captures until the reader asks to compare two. */
const start = (place) => {
  const [button, status] = [one("button", place), one("[role=status]", place)];
  const picture = one("svg", place.parentElement);
  let running = null;

  const stop = () => {
    running.stop();
    running = null;
    button.setAttribute("aria-pressed", "false");
    status.textContent = "";
  };
  const tell = (label) => {
    status.textContent = label
      ? gettext("%(day)s, and the other?", { day: label })
      : gettext("Choose two dots.");
  };
  button.addEventListener("click", () => {
    if (running) return stop();
    button.setAttribute("aria-pressed", "true");
    tell("");
    running = chooser(picture, tell, (from, to) => {
      stop();
      location.href = `${place.dataset.paChoose}#${from}..${to}`;
    });
  });
  place.hidden = false;
};

const place = one("[data-pa-choose]");
if (place) start(place);
