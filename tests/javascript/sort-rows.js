// Prints the ids of rows, a JSON list on standard input, in the order that scripts put them in.
import { readFileSync } from "node:fs";
import { script } from "./page.js";

const { rowKey, sorted } = await script("modules/order.js");
const ids = JSON.parse(readFileSync(0, "utf-8"));
console.log(JSON.stringify(sorted(ids, ids.map(rowKey), false)));
