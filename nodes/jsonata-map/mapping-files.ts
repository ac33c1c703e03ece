import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { hubError } from "../../config/errors.ts";

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

/** @throws NOT_FOUND; INVALID for what cannot be a name */
export const readMapping = (name: string): Promise<string> => read(name, ".jsonata");

const deployed = new Map<string, string>();

/**
 * The text of a mapping as flows run it: the same from one deploy to the next, however the file changes meanwhile, so that
 * a flow's revision tells which one ran. @throws as `readMapping`
 */
export function deployedMapping(name: string): string {
	const known = deployed.get(name);
	if (known !== undefined) return known;
	const file = fileOf(name, ".jsonata");
	try {
		const text = readFileSync(file, "utf8");
		deployed.set(name, text);
		return text;
	} catch (err) {
		throw missing(err, file);
	}
}

/** For the next deploy. */
export const forgetDeployedMappings = (): void => deployed.clear();

/** The golden cases beside a mapping. @throws NOT_FOUND when there are none; INVALID for what cannot be a name */
export const readCases = async (name: string): Promise<Case[]> => JSON.parse(await read(name, ".cases.json")) as Case[];

async function read(name: string, ending: string): Promise<string> {
	const file = fileOf(name, ending);
	try {
		return await readFile(file, "utf8");
	} catch (err) {
		throw missing(err, file);
	}
}

function fileOf(name: string, ending: string): string {
	if (!nameRule.test(name)) throw hubError("INVALID", `"${name}" is not the name of a mapping: <dialect>/<name>`);
	return path.join(folder, name + ending);
}

const missing = (err: unknown, file: string): unknown =>
	(err as { code?: string }).code === "ENOENT"
		? hubError("NOT_FOUND", `there is no mapping file ${path.relative(folder, file)}`)
		: err;
