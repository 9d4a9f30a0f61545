// Buttons that copy a citation; permalinks that copy their address.
import { PERMALINK, all } from "./dom.js";
import { gettext } from "./words.js";

/** Milliseconds that a button says so. */
const SAID = 2000;

const startButton = (button) => {
  const label = button.textContent;
  const source = document.getElementById(button.dataset.paCopy);
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.textContent).then(
      () => (button.textContent = gettext("Copied")),
      () => getSelection().selectAllChildren(source),
    );
    setTimeout(() => (button.textContent = label), SAID);
  });
};

if (navigator.clipboard) {
  for (const button of all("[data-pa-copy]")) startButton(button);
  for (const link of all(`.pa-text ${PERMALINK}`)) {
    link.addEventListener("click", () => navigator.clipboard.writeText(link.href).catch(() => {}));
  }
}
