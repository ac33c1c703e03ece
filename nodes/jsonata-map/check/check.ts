/** Tells an integrator what is wrong with her mapping before any order goes through it. */
import type { Mapper } from "../mapper.ts";
import { failureOf } from "./failure.ts";
import { lint, type Reading } from "./lint.ts";
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
	const kind = target?.kind ?? (input.aftersale ? "aftersale" : "order");
	const read = (): Reading => lint(source, kind, target && settingNames(target, input));
	switch (ran.problems[0]?.code) {
		case "SYNTAX":
		case "TIMEOUT":
			return ran;
		case "REGEX": // nothing runs, and only reading tells where it goes
			return { output: undefined, problems: read().problems };
	}
	const platform = typeof input.order.platform === "string" ? input.order.platform : "taobao";
	const [tried, said] = await Promise.all([
		probe(mapper, source, { cfg: input.cfg, platform, kind }, target, judge),
		ran.problems.length || !target
			? []
			: judge(target, Object(ran.output) as Record<string, unknown>).then(({ problems }) => problems.map(fromErp)),
	]);
	const { problems, placeOf, fieldAt } = read();
	const run = [...ran.problems, ...said, ...tried].map((each) => {
		if (each.line === null) return { ...each, ...placeOf(each.field) };
		return each.field ? each : named(each, fieldAt(each.line, each.column ?? 1));
	});
	const news = run.filter(({ code, field }) => !followsFromList(code, field, [...problems, ...run]));
	return { output: ran.output, problems: distinct([...problems, ...news]) };
}

function named(failure: MappingProblem, field: string): MappingProblem {
	if (!field) return failure;
	const { zh, en } = failure.words;
	return { ...failure, field, words: { zh: `${field}：${zh}`, en: `${field}: ${en}` } };
}

/** What is said of a list that is none, and of what is in it, says the same once more. */
function followsFromList(code: string, field: string, all: readonly MappingProblem[]): boolean {
	return all.some(
		(other) =>
			other.code === "COLLAPSE" &&
			((field === other.field && code !== "COLLAPSE") || /^(\.|\[\])/.test(field.slice(other.field.length))) &&
			field.startsWith(other.field),
	);
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
	return [...seen.values()];
}
