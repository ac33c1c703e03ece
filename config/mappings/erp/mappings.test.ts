import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { compileMapping } from "../../../nodes/jsonata-map/compile.ts";

interface Case {
	name: string;
	input: { order: Record<string, unknown>; cfg: Record<string, string> };
	output: Record<string, unknown>;
}

const names = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
	.filter((file) => file.endsWith(".jsonata"))
	.map((file) => file.slice(0, -".jsonata".length));

const read = (file: string): string => readFileSync(path.join(import.meta.dirname, file), "utf8");

describe.each(names)("mapping %s", (name) => {
	const cases = JSON.parse(read(`${name}.cases.json`)) as Case[];

	it.each(cases)("$name", async ({ input, output }) => {
		const mapped = await compileMapping(read(`${name}.jsonata`))(input);
		expect(JSON.parse(JSON.stringify(mapped))).toEqual(output);
	});
});
