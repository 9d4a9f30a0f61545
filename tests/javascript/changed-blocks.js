// Reads pairs of snapshots as JSON, says of each which blocks the browser's comparison has changed.
import { readFileSync } from "node:fs";
import { script } from "./page.js";

const { differences } = await script("modules/capture-diff.js");
const pairs = JSON.parse(readFileSync(0, "utf8"));
const ids = (edits, side) =>
  edits
    .filter(({ kind }) => ["changed", "added", "removed"].includes(kind))
    .map((edit) => edit[side]?.id)
    .filter((id) => id?.startsWith("p-"));
const found = pairs.map(([old, young]) => {
  const edits = differences(old, young);
  return [ids(edits, "old"), ids(edits, "new")];
});
console.log(JSON.stringify(found));
