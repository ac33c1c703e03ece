/** Tells an integrator what is wrong with her mapping before any order goes through it. */
import type { Mapper } from "../mapper.ts";
import { failureOf } from "./failure.ts";
import type { Judge, MappingProblem, MappingTarget } from "./problem.ts";

export type { Judge, MappingProblem, MappingTarget, ProblemCode } from "./problem.ts";

export interface MappingInput {
	order: Record<string, unknown>;
	aftersale?: Record<string, unknown>;
	cfg: Record<string, unknown>;
}

/**
 * What the mapping makes of `input`, and what is wrong with it. `judge`: what the target ERP would say of a document (the
 * action erp.check). Without a target only what holds for every ERP is looked at. Never throws for what the mapping does.
 */
export async function checkMapping(
	mapper: Mapper,
	source: string,
	input: MappingInput,
	target: MappingTarget | null,
	judge: Judge,
): Promise<{ output: unknown; problems: MappingProblem[] }> {
	try {
		const output = await mapper.run(source, input);
		const document = Object(output) as Record<string, unknown>;
		const { problems } = target ? await judge(target, document) : { problems: [] };
		return {
			output,
			problems: problems.map(({ field, rule, words }) => ({
				level: "error",
				code: rule === "REQUIRED" ? "REQUIRED" : "FORMAT",
				field,
				line: null,
				column: null,
				words,
			})),
		};
	} catch (err) {
		return { output: undefined, problems: [failureOf(err)] };
	}
}
