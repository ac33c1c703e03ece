/** docs/embedded-store.md is the closed list, so it has to be complete. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../command/table.ts";
import { statistics } from "../expression/accumulation.ts";
import { arithmetic } from "../expression/arithmetic.ts";
import { arrays } from "../expression/array.ts";
import { conditions } from "../expression/condition.ts";
import { conversions } from "../expression/conversion.ts";
import { dates } from "../expression/date.ts";
import { objects } from "../expression/object.ts";
import { strings } from "../expression/string.ts";
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

	it("names every expression, and no other", () => {
		const families = { ...arithmetic, ...arrays, ...conditions, ...conversions, ...dates };
		const all = Object.keys({ ...families, ...objects, ...statistics, ...strings });
		const table = page.slice(page.indexOf("**Expressions.**"), page.indexOf("Time zones"));
		expect([...table.matchAll(/`(\$\w+)`/g)].map(([, name]) => name).sort()).toEqual(all.sort());
	});
});
