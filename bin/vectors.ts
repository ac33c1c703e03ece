import { readFile } from "node:fs/promises";
import { taobaoChecks } from "../services/platform/taobao/vector-checks.ts";
import type { Vector, VectorChecks } from "../services/platform/vector.ts";

const checks: VectorChecks = { ...taobaoChecks };

/**
 * Runs signature and cipher vectors against the adapters. Prints one line a failure.
 * A vector whose algorithm no adapter has is a failure too.
 */
export async function runVectors(files: readonly string[]): Promise<{ passed: number; failed: number }> {
	let passed = 0;
	let failed = 0;
	for (const file of files) {
		for (const vector of JSON.parse(await readFile(file, "utf8")) as Vector[]) {
			const problem = problemOf(vector);
			if (problem === null) passed += 1;
			else {
				failed += 1;
				console.log(`${file}: ${vector.name}: ${problem}`);
			}
		}
	}
	return { passed, failed };
}

function problemOf(vector: Vector): string | null {
	const check = checks[vector.algorithm];
	if (!check) return `no adapter has the algorithm ${JSON.stringify(vector.algorithm)}`;
	try {
		const answer = check(vector);
		return answer === vector.expected ? null : `expected ${vector.expected}, got ${answer}`;
	} catch (err) {
		return (err as Error).message;
	}
}
