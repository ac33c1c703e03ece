import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const read = (...parts: string[]): string => readFileSync(path.join(import.meta.dirname, ...parts), "utf8");
const { "node-red": parts } = JSON.parse(read("package.json")) as { "node-red": { nodes: Record<string, string> } };
const languages = ["zh-CN", "en-US"];

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
		expect(html).toContain("version: { value: 1 }");
	});

	it("says the same things in every language, and has help in each", () => {
		expect(catalogue("en-US")).toEqual(catalogue("zh-CN"));
		for (const language of languages) {
			const help = read(type, "locales", language, `${type}.html`);
			expect(help).toContain(`data-help-name="${type}"`);
			if (type !== "hub") expect(help).toMatch(/<h3>(示例|Example)<\/h3>/);
		}
	});

	it("uses no text that is missing", () => {
		const wanted = new RegExp(`(?<=["\\]:\`])${type}\\.[a-z]+\\.[A-Za-z]+(?=["\`])`, "g");
		const used = `${html}\n${code}`.match(wanted) ?? [];
		expect(used.length).toBeGreaterThan(0);
		expect(used.filter((key) => !catalogue("en-US").includes(key))).toEqual([]);
	});
});
