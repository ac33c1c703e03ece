/** `npm run bench`: each figure a ratio measured in one run; writes bench/results.json. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { measureOrderList } from "./order-list.ts";

const results = { at: new Date().toISOString(), orderList: await measureOrderList(console.log) };
const rounded = JSON.stringify(
	results,
	(_, value) => (typeof value === "number" ? Math.round(value * 100) / 100 : value),
	"\t",
);
await writeFile(path.join(import.meta.dirname, "results.json"), `${rounded}\n`);
console.log(rounded);
