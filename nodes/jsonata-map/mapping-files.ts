import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** A golden case: what the mapping must make of an input, to the last field. */
export interface Case {
	name: string;
	input: unknown;
	output: unknown;
}

const folder = path.resolve(import.meta.dirname, "../../config/mappings/erp");
const nameRule = /^[a-z0-9-]+\/[a-z0-9-]+$/;

/** Names of the mappings kept as files: `<dialect>/<name>`, as in "qimen/order". */
export async function mappingNames(): Promise<string[]> {
	const files = await readdir(folder, { recursive: true });
	return files
		.filter((file) => file.endsWith(".jsonata"))
		.map((file) => file.slice(0, -".jsonata".length).replaceAll(path.sep, "/"))
		.filter((name) => nameRule.test(name))
		.sort();
}

/** @throws Error when there is no such mapping */
export async function readMapping(name: string): Promise<string> {
	return readFile(fileOf(name, ".jsonata"), "utf8");
}

const deployed = new Map<string, string>();

/**
 * The text of a mapping as flows run it: the same from one deploy to the next, however the file changes meanwhile, so that
 * a flow's revision tells which one ran. @throws Error when there is no such mapping
 */
export function deployedMapping(name: string): string {
	const text = deployed.get(name) ?? readFileSync(fileOf(name, ".jsonata"), "utf8");
	deployed.set(name, text);
	return text;
}

/** For the next deploy. */
export const forgetDeployedMappings = (): void => deployed.clear();

/** The golden cases beside a mapping. @throws Error when there are none */
export async function readCases(name: string): Promise<Case[]> {
	return JSON.parse(await readFile(fileOf(name, ".cases.json"), "utf8")) as Case[];
}

function fileOf(name: string, ending: string): string {
	if (!nameRule.test(name)) throw new Error(`"${name}" is not the name of a mapping: <dialect>/<name>`);
	return path.join(folder, name + ending);
}
