// Reads pairs of snapshots as JSON, says of each which blocks the browser's comparison has changed.
import { readFileSync } from "node:fs";
import { script } from "./page.js";

const { blocksOf, setStates, stateOf } = await script("modules/changed-units.js");
const pairs = JSON.parse(readFileSync(0, "utf8"));
const changed = ({ heading, ...block }) => !heading && stateOf(block) === "changed";
const found = pairs.map((pair) => {
  const sides = pair.map(blocksOf);
  setStates(...sides);
  return sides.map((blocks) => blocks.filter(changed).map(({ id }) => id));
});
console.log(JSON.stringify(found));
