import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const read = (...parts: string[]): string => readFileSync(path.join(import.meta.dirname, ...parts), "utf8");
const { "node-red": parts } = JSON.parse(read("package.json")) as { "node-red": { nodes: Record<string, string> } };
const languages = ["zh-CN", "en-US"];

/** What a dialog loads beside its template, where it is too long for one file. */
function scriptsOf(type: string): string {
	const folder = path.join(import.meta.dirname, "resources", type);
	if (!existsSync(folder)) return "";
	return readdirSync(folder)
		.map((file) => read("resources", type, file))
		.join("\n");
}

/** "a.b.c" for every text of a catalogue. */
function keysOf(catalogue: unknown, at = ""): string[] {
	if (typeof catalogue === "string") return [at];
	return Object.entries(catalogue as object).flatMap(([key, value]) => keysOf(value, at ? `${at}.${key}` : key));
}

describe.each(Object.entries(parts.nodes))("the node %s", (type, file) => {
	const html = read(type, `${type}.html`);
	const code = read(type, `${type}.ts`);
	const catalogue = (language: string) => keysOf(JSON.parse(read(type, "locales", language, `${type}.json`))).sort();

	it("lies in its folder, with a template and a version of its settings", () => {
		expect(file).toBe(`${type}/${type}.js`);
		expect(existsSync(path.join(import.meta.dirname, file))).toBe(true);
		expect(html).toContain(`RED.nodes.registerType("${type}"`);
		expect(html).toContain(`data-template-name="${type}"`);
	});

	it("migrates the settings of every version before today's", () => {
		const version = Number(/version: \{ value: (\d+) \}/.exec(html)?.[1]);
		expect(version).toBeGreaterThanOrEqual(1);
		expect(existsSync(path.join(import.meta.dirname, type, "migrations.ts"))).toBe(version > 1);
		expect(existsSync(path.join(import.meta.dirname, type, "migrations.test.ts"))).toBe(version > 1);
	});

	it("says the same things in every language, and has help in each", () => {
		expect(catalogue("en-US")).toEqual(catalogue("zh-CN"));
		for (const language of languages) {
			const help = read(type, "locales", language, `${type}.html`);
			expect(help).toContain(`data-help-name="${type}"`);
			if (type !== "hub") expect(help).toMatch(/<h3>(示例|Example)<\/h3>/);
		}
	});

	it("marks in its texts the places of values as Node-RED does: __name__", () => {
		for (const language of languages) expect(read(type, "locales", language, `${type}.json`)).not.toContain("{{");
	});

	it("uses no text that is missing", () => {
		const wanted = new RegExp(`(?<=["\\]:\`])${type}\\.[a-z]+\\.[A-Za-z]+(?=["\`])`, "g");
		const used = `${html}\n${code}\n${scriptsOf(type)}`.match(wanted) ?? [];
		expect(used.length).toBeGreaterThan(0);
		expect(used.filter((key) => !catalogue("en-US").includes(key))).toEqual([]);
	});
});
