/** Tells an integrator what is wrong with her mapping before any order goes through it. */
import type { Mapper } from "../mapper.ts";
import { failureOf } from "./failure.ts";
import { lint } from "./lint.ts";
import { fromErp, probe } from "./probe.ts";
import type { Judge, MappingProblem, MappingTarget } from "./problem.ts";
import { exampleSettings } from "./settings.ts";

export type { Judge, MappingProblem, MappingTarget, ProblemCode } from "./problem.ts";

/** What a mapping sees. */
export interface MappingInput {
	order: Record<string, unknown>;
	aftersale?: Record<string, unknown>;
	cfg: Record<string, unknown>;
}

/**
 * What the mapping makes of `input`, and what is wrong with it: by reading it, by trying it on orders that mappings trip
 * over, and by what the target ERP would say (`judge`, the action erp.check). Without a target only what holds for every
 * ERP is looked at. Never throws for what the mapping does.
 */
export async function checkMapping(
	mapper: Mapper,
	source: string,
	input: MappingInput,
	target: MappingTarget | null,
	judge: Judge,
): Promise<{ output: unknown; problems: MappingProblem[] }> {
	const ran = await mapper.run(source, input).then(
		(output) => ({ output, problems: [] }),
		(err: unknown) => ({ output: undefined, problems: [failureOf(err)] }),
	);
	const failed = ran.problems.some(({ code }) => code === "SYNTAX" || code === "REGEX" || code === "TIMEOUT");
	if (failed) return { output: ran.output, problems: ran.problems };
	const platform = typeof input.order.platform === "string" ? input.order.platform : "taobao";
	const kind = target?.kind ?? (input.aftersale ? "aftersale" : "order");
	const [tried, said] = await Promise.all([
		probe(mapper, source, { cfg: input.cfg, platform, kind }, target, judge),
		ran.problems.length || !target
			? []
			: judge(target, Object(ran.output) as Record<string, unknown>).then(({ problems }) => problems.map(fromErp)),
	]);
	const read = lint(source, target?.kind ?? null, target && settingNames(target, input));
	return { output: ran.output, problems: distinct([...ran.problems, ...read, ...said, ...tried]) };
}

const settingNames = ({ dialect, settings }: MappingTarget, { cfg }: MappingInput): string[] => [
	...Object.keys(exampleSettings[dialect] ?? {}),
	...Object.keys(settings),
	...Object.keys(cfg),
];

/** Of one field and one cause, what was told first: what was read has a place in the text, the run only a case. */
function distinct(problems: readonly MappingProblem[]): MappingProblem[] {
	const seen = new Map<string, MappingProblem>();
	for (const problem of problems) {
		const key = `${problem.code} ${problem.field}`;
		if (!seen.has(key)) seen.set(key, problem);
	}
	const all = [...seen.values()];
	return all.filter(({ code, field, line }) => {
		const others = all.filter((each) => each.field === field);
		const isList = code === "FORMAT" && others.some((each) => each.code === "COLLAPSE");
		return !isList || line !== null;
	});
}
