import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { deeds, purposeWords } from "./deeds.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** Every kind of entry that the services write, read from their code. */
function written(): Set<string> {
	const found = new Set<string>();
	for (const file of globSync("services/**/*.ts", { cwd: root })) {
		if (file.endsWith(".test.ts")) continue;
		const text = readFileSync(path.join(root, file), "utf8");
		const service = /^\tname: "([\w-]+)"/m.exec(text)?.[1] ?? "";
		for (const [, what = ""] of text.matchAll(/"audit\.record",\s*\{\s*what: "([\w.-]+)"/g)) found.add(what);
		for (const [, what = ""] of text.matchAll(/announced\(ctx, "([\w.-]+)"/g)) found.add(what);
		for (const [, what = ""] of text.matchAll(/note\(ctx, "([\w-]+)"/g)) found.add(`account.${what}`);
		for (const [, table = ""] of text.matchAll(/\baudited\(\{(.*?)\}\)[,\]]/gs))
			for (const [, action = ""] of table.matchAll(/(\w+): \(/g)) found.add(`${service}.${action}`);
	}
	return found;
}

describe("the words of the audit", () => {
	it("are there for every kind of entry that the services write, and for no other", () => {
		const kinds = written();
		expect(kinds.size).toBeGreaterThan(25);
		expect([...kinds].filter((what) => !deeds[what])).toEqual([]);
		expect(Object.keys(deeds).filter((what) => !kinds.has(what))).toEqual([]);
	});

	it.each([
		["account.login", "hub-editor", "看板与流程编辑器"],
		["account.login-failed", "BAD_CREDENTIALS", "账号或密码不正确"],
		["order.reveal", "print", "打印面单"],
		["shop.update", "pull, status", "拉取设置、状态"],
		["shop.update", "something-new", "something-new"],
		["replay.push", "12 orders", "12 orders"],
		["account.logout", "", ""],
	])("say of %s for %s: %s", (what, purpose, said) => {
		expect(purposeWords(what, purpose)[0]).toBe(said);
	});
});
