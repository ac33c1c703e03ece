/** docs/embedded-store.md is the closed list, so it has to be complete. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../command/table.ts";
import { arithmetic } from "../expression/arithmetic.ts";
import { arrays } from "../expression/array.ts";
import { conditions } from "../expression/condition.ts";
import { conversions } from "../expression/conversion.ts";
import { dates } from "../expression/date.ts";
import { dateParts } from "../expression/date-parts.ts";
import { objects } from "../expression/object.ts";
import { sets } from "../expression/set.ts";
import { statistics } from "../expression/statistics.ts";
import { strings } from "../expression/string.ts";
import { textPatterns } from "../expression/text-pattern.ts";
import { arrayModifiers } from "../update/array-modifiers.ts";
import { fieldModifiers } from "../update/field-modifiers.ts";

const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "embedded-store.md"), "utf8");
const ALIASES = ["ismaster", "buildinfo"];

describe("the closed list", () => {
	it("names every command", () => {
		const missing = Object.keys(COMMANDS).filter((name) => !ALIASES.includes(name) && !page.includes(`\`${name}\``));
		expect(missing).toEqual([]);
	});

	it("names every update operator", () => {
		const missing = Object.keys({ ...arrayModifiers, ...fieldModifiers }).filter(
			(name) => !page.includes(`\`${name}\``),
		);
		expect(missing).toEqual([]);
	});

	it("names every expression", () => {
		const families = { ...arithmetic, ...arrays, ...conditions, ...conversions, ...dates, ...dateParts };
		const more = { ...objects, ...sets, ...statistics, ...strings, ...textPatterns };
		const missing = Object.keys({ ...families, ...more }).filter((name) => !page.includes(`\`${name}\``));
		expect(missing).toEqual([]);
	});
});
