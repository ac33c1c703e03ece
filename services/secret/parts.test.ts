import { glob, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { parts } from "./parts.ts";

const root = path.resolve(import.meta.dirname, "../..");

it("Every service that keeps secrets is among the parts that a change of the master key walks through", async () => {
	const keepers: string[] = [];
	for await (const file of glob("services/**/*.service.ts", { cwd: root })) {
		const text = await readFile(path.join(root, file), "utf8");
		if (/\breseals\(/.test(text)) keepers.push(/name: "([\w.]+)"/.exec(text)?.[1] ?? file);
	}
	expect(keepers.sort()).toEqual([...parts]);
});

it("Whatever encrypts belongs to one of them", async () => {
	const nouns = new Set<string>();
	for await (const file of glob("services/**/*.ts", { cwd: root })) {
		if (file.endsWith(".test.ts")) continue;
		const text = await readFile(path.join(root, file), "utf8");
		if (/\bencrypt\(/.test(text) && text.includes("mixins/secret.ts")) nouns.add(file.split(path.sep)[1] ?? file);
	}
	expect([...nouns].sort()).toEqual([...parts]);
});
