import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { toFiles } from "./flow-files.ts";
import { planSave, save } from "./flow-save.ts";

const tab = (id: string, func = "return msg;") => [
	{ id, type: "tab", label: id },
	{ id: `${id}1`, type: "function", z: id, func, x: 1, y: 1, wires: [[]] },
];

describe("saving flows to a repository", () => {
	let deployed: string;
	let repository: string;
	beforeEach(async () => {
		const dir = await mkdtemp(path.join(tmpdir(), "hub-save-"));
		[deployed, repository] = [path.join(dir, "flows"), path.join(dir, "repository")];
		await Promise.all([mkdir(deployed), mkdir(repository)]);
		for (const [name, text] of toFiles([...tab("a"), ...tab("b"), ...tab("old")]))
			await writeFile(path.join(repository, name), text);
		await writeFile(path.join(repository, "a.cases.json"), "the cases of a");
		await writeFile(path.join(repository, "old.cases.json"), "the cases of old");
		for (const [name, text] of toFiles([...tab("a"), ...tab("b", "return null;"), ...tab("new")]))
			await writeFile(path.join(deployed, name), text);
	});
	afterEach(() => rm(path.dirname(deployed), { recursive: true, force: true }));
	const read = (name: string): Promise<string> => readFile(path.join(repository, name), "utf8");

	it("tells for each file what would become of it, and changes nothing", async () => {
		const before = await readdir(repository);
		const { files, problems } = await planSave(deployed, repository);
		expect(Object.fromEntries(files.map(({ name, state }) => [name, state]))).toEqual({
			"a.json": "same",
			"b.json": "changed",
			"new.json": "new",
			"old.json": "removed",
			"tabs.json": "changed",
		});
		expect(problems).toEqual([]);
		expect(await readdir(repository)).toEqual(before);
	});

	it("writes what is new or changed, and leaves cases and the files of other tabs alone", async () => {
		await save(await planSave(deployed, repository), repository, false);
		expect(await read("b.json")).toContain("return null;");
		expect(JSON.parse(await read("tabs.json"))).toEqual(["a", "b", "new"]);
		expect(JSON.parse(await read("new.json"))).toHaveLength(2);
		expect(await read("old.json")).toContain("old1");
		expect(await read("a.cases.json")).toBe("the cases of a");
		const again = await planSave(deployed, repository);
		expect(again.files.filter(({ state }) => state !== "same")).toEqual([{ name: "old.json", state: "removed" }]);
	});

	it("removes files of tabs that are gone only when told to, never their cases", async () => {
		await save(await planSave(deployed, repository), repository, true);
		expect((await readdir(repository)).sort()).toEqual(
			["a.cases.json", "a.json", "b.json", "new.json", "old.cases.json", "tabs.json"].sort(),
		);
	});

	it.each(['[{"id":"a","ty', "{}"])("finds a file that is no list of nodes: %s", async (text) => {
		await writeFile(path.join(deployed, "a.json"), text);
		expect((await planSave(deployed, repository)).problems).toEqual(["a.json: no JSON list of nodes"]);
	});

	it("finds what is wrong in the flows", async () => {
		await writeFile(path.join(deployed, "new.json"), JSON.stringify([...tab("new"), ...tab("new")]));
		expect((await planSave(deployed, repository)).problems).toContain("function new1: the id is taken already");
	});
});
