import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { douyinChecks } from "../services/platform/douyin/vector-checks.ts";
import { jdChecks } from "../services/platform/jd/vector-checks.ts";
import { kuaishouChecks } from "../services/platform/kuaishou/vector-checks.ts";
import { pddChecks } from "../services/platform/pdd/vector-checks.ts";
import { taobaoChecks } from "../services/platform/taobao/vector-checks.ts";
import type { Vector, VectorChecks } from "../services/platform/vector.ts";
import { weixinChecks } from "../services/platform/weixin/vector-checks.ts";
import { xiaohongshuChecks } from "../services/platform/xiaohongshu/vector-checks.ts";

const checks: VectorChecks = {
	...jdChecks,
	...douyinChecks,
	...taobaoChecks,
	...pddChecks,
	...kuaishouChecks,
	...weixinChecks,
	...xiaohongshuChecks,
};

/**
 * Runs signature and cipher vectors against the adapters. Prints one line a failure.
 * A vector whose algorithm no adapter has is a failure too.
 */
export async function runVectors(files: readonly string[]): Promise<{ passed: number; failed: number }> {
	let passed = 0;
	let failed = 0;
	for (const file of files) {
		for (const vector of JSON.parse(await readFile(file, "utf8"), toTheDigit) as Vector[]) {
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

/** Whole numbers beyond 2^53 become bigints: some platforms sign ids of 19 digits as numbers. */
function toTheDigit(_name: string, value: unknown, context?: { source?: string }): unknown {
	const digits = context?.source ?? "";
	return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(digits) ? BigInt(digits) : value;
}

function problemOf(vector: Vector): string | null {
	const check = checks[vector.algorithm];
	if (!check) return `no adapter has the algorithm ${JSON.stringify(vector.algorithm)}`;
	try {
		const answer = check(vector);
		if (isDeepStrictEqual(answer, vector.expected)) return null;
		return `expected ${JSON.stringify(vector.expected)}, got ${JSON.stringify(answer)}`;
	} catch (err) {
		return (err as Error).message;
	}
}
