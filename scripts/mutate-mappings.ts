/**
 * `npm run flows:mutate [-- <mapping>…]`: how much the golden cases of the mappings notice. Every mapping is run with one
 * small mistake at a time; a case must then give another document. Prints what no case noticed, and fails below 80 %.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parseMapping } from "../nodes/jsonata-map/compile.ts";
import { mappingNames, readMapping } from "../nodes/jsonata-map/mapping-files.ts";
import { mutantsOf } from "./mutants.ts";

interface MappingCase {
	input: unknown;
	output: unknown;
}

const wanted = 0.8;
const root = path.resolve(import.meta.dirname, "../config/mappings/erp");

/** Whether some case gives another document than it should. */
async function isNoticed(run: (input: unknown) => Promise<unknown>, cases: readonly MappingCase[]): Promise<boolean> {
	for (const { input, output } of cases) {
		try {
			const made = JSON.stringify(await run(structuredClone(input)));
			if (made === undefined || !isDeepStrictEqual(JSON.parse(made), output)) return true;
		} catch {
			return true; // it fails on this case: noticed
		}
	}
	return false;
}

function placeOf(source: string, position: number): string {
	const before = source.slice(0, position).split("\n");
	return `line ${before.length}: ${source.split("\n")[before.length - 1]?.trim()}`;
}

const names = process.argv.length > 2 ? process.argv.slice(2) : await mappingNames();
let made = 0;
let noticed = 0;
for (const name of names) {
	const source = await readMapping(name);
	const cases = JSON.parse(await readFile(path.join(root, `${name}.cases.json`), "utf8")) as MappingCase[];
	const expression = parseMapping(source);
	const survivors: string[] = [];
	let mutants = 0;
	for (const mutant of mutantsOf(expression.ast())) {
		mutants += 1;
		const takeBack = mutant.make();
		if (!(await isNoticed((input) => expression.evaluate(input), cases)))
			survivors.push(`    ${mutant.what} · ${placeOf(source, mutant.position)}`);
		takeBack();
	}
	made += mutants;
	noticed += mutants - survivors.length;
	console.log(`${name}: ${mutants - survivors.length} of ${mutants} noticed`);
	for (const each of survivors) console.log(each);
}
const rate = made ? noticed / made : 1;
console.log(`${noticed} of ${made} mistakes noticed: ${(rate * 100).toFixed(1)} %, at least ${wanted * 100} % wanted`);
process.exit(rate >= wanted ? 0 : 1);
