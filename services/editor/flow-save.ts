/** Brings what is deployed to the files of a repository. */
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { flowProblems } from "./flow-check.ts";
import { type FlowNode, fromFiles, isFlowFile, orderFile, toFiles } from "./flow-files.ts";

export interface PlannedFile {
	name: string;
	state: "new" | "changed" | "same" | "removed";
}

/** What saving would do. */
export interface SavePlan {
	files: PlannedFile[];
	texts: ReadonlyMap<string, string>; // file name -> its text afterwards
	before: FlowNode[]; // what stands in the repository
	after: FlowNode[]; // what is deployed
	problems: string[]; // why it must not be saved; none when it may
}

/** Reads both folders and changes neither. @throws Error when `deployed` is no folder */
export async function planSave(deployed: string, repository: string): Promise<SavePlan> {
	const [from, to] = [await readFolder(deployed), await readFolder(repository)];
	const unreadable = [...from].filter(([, text]) => !isList(text)).map(([name]) => `${name}: no JSON list of nodes`);
	const after = unreadable.length ? [] : fromFiles(from);
	const texts = toFiles(after);
	const planned = [...new Set([...texts.keys(), ...to.keys()])].sort();
	return {
		files: planned.map((name) => ({ name, state: stateOf(to.get(name), texts.get(name)) })),
		texts,
		before: fromFiles(to),
		after,
		problems: unreadable.length ? unreadable : flowProblems(after),
	};
}

/** Golden cases are never touched, and no file goes without `prune`. */
export async function save({ files, texts }: SavePlan, repository: string, prune: boolean): Promise<void> {
	for (const { name, state } of files) {
		const file = path.join(repository, name);
		if (state === "new" || state === "changed") await writeFile(file, texts.get(name) ?? "");
		if (state === "removed" && prune) await rm(file);
	}
}

async function readFolder(folder: string): Promise<Map<string, string>> {
	const names = (await readdir(folder)).filter((name) => isFlowFile(name) || name === orderFile);
	const texts = names.map(async (name) => [name, await readFile(path.join(folder, name), "utf8")] as const);
	return new Map(await Promise.all(texts));
}

function isList(text: string): boolean {
	try {
		return Array.isArray(JSON.parse(text));
	} catch {
		return false;
	}
}

function stateOf(before: string | undefined, after: string | undefined): PlannedFile["state"] {
	if (after === undefined) return "removed";
	if (before === undefined) return "new";
	return before === after ? "same" : "changed";
}
