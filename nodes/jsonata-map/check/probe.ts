/** What only shows when a mapping runs: it is tried on orders that mappings trip over. */
import type { Words } from "../../../services/erp/format.ts";
import type { Mapper } from "../mapper.ts";
import { wrongBooking } from "./booked.ts";
import { failureOf } from "./failure.ts";
import { type Form, formsOf, leavesOf } from "./leaves.ts";
import type { Judge, MappingProblem, MappingTarget } from "./problem.ts";
import { exampleSettings } from "./settings.ts";
import { strayLines, untold, wrongValues } from "./values.ts";
import { type Variant, variants } from "./variants.ts";

interface Trial {
	variant: Variant;
	document: unknown;
}

export async function probe(
	mapper: Mapper,
	source: string,
	{ platform, kind, ...input }: { cfg: Record<string, unknown>; platform: string; kind: MappingTarget["kind"] },
	target: MappingTarget | null,
	judge: Judge,
): Promise<MappingProblem[]> {
	const dialect = target?.dialect ?? "generic";
	const cfg = { ...exampleSettings[dialect], ...target?.settings, ...input.cfg };
	const trials: Trial[] = [];
	const failures: MappingProblem[] = [];
	const all = variants({ dialect, kind }, platform);
	await Promise.all(
		all.map(async (variant) => {
			const { order, aftersale } = variant;
			const outcome = await mapper.run(source, { order, ...(aftersale && { aftersale }), cfg }).then(
				(document) => ({ document }),
				(err: unknown) => ({ failure: failureOf(err, for_(variant.name)) }),
			);
			if ("failure" in outcome) failures.push(outcome.failure);
			else trials.push({ variant, document: outcome.document });
		}),
	);
	const told = await Promise.all(
		trials.map(async ({ variant, document }) => {
			if (variant.empty) return [];
			const wrong = [
				...(await judged(document, variant, cfg, target, judge)),
				...wrongValues(document, variant, target),
			];
			return wrong.map((each) => ({ ...each, words: joined(for_(variant.name), each.words) }));
		}),
	);
	const plainest = trials.find(({ variant }) => variant.name === all[0]?.name);
	const silent = target && plainest && (kind === "order" || kind === "aftersale");
	const missing = silent ? untold(plainest.document, plainest.variant, target) : [];
	return [...failures.slice(0, 1), ...changing(trials), ...told.flat(), ...missing];
}

async function judged(
	document: unknown,
	variant: Variant,
	settings: Record<string, unknown>,
	target: MappingTarget | null,
	judge: Judge,
): Promise<MappingProblem[]> {
	const isDelivery = !target || target.kind === "order" || target.kind === "change";
	const stray = isDelivery && !variant.aftersale ? strayLines(document, variant) : [];
	if (!target) return stray;
	const texts = Object.entries(settings).map(([name, value]) => [name, String(value)]);
	const { problems, booking } = await judge(
		{ ...target, settings: Object.fromEntries(texts) },
		Object(document) as Record<string, unknown>,
	);
	return [
		...problems.map(fromErp),
		...(booking.lines ? [] : stray),
		...(!problems.some(({ rule }) => rule === "FORMAT" || rule === "LIST")
			? wrongBooking(booking, variant, target.kind)
			: []),
	];
}

const codes = { REQUIRED: "REQUIRED", FORMAT: "FORMAT", LIST: "COLLAPSE", UNKNOWN_FIELD: "ERP_FIELD" } as const;

export const fromErp = ({ field, rule, words }: Awaited<ReturnType<Judge>>["problems"][number]): MappingProblem => ({
	level: rule === "UNKNOWN_FIELD" ? "warning" : "error",
	code: codes[rule],
	field,
	line: null,
	column: null,
	words,
});

/** Fields that are a list for some orders and none for others, or a number here and text there. */
function changing(trials: readonly Trial[]): MappingProblem[] {
	const forms = trials.map(({ variant, document }) => ({ variant, at: formsOf(document) }));
	const lists = new Set(
		forms.flatMap(({ at }) => [...at].filter(([, form]) => form === "list").map(([field]) => field)),
	);
	const collapsed = [...lists].flatMap((field) => {
		const other = forms.find(({ at }) => isCollapsed(field, at));
		return other ? [collapse(field, other.at.get(field), for_(other.variant.name))] : [];
	});
	const types = new Map<string, Set<string>>();
	for (const { field, value } of trials.flatMap(({ document }) => leavesOf(document))) {
		if (value === null || value === "" || Array.isArray(value)) continue;
		types.set(field, (types.get(field) ?? new Set()).add(typeof value));
	}
	const mixed = [...types]
		.filter(([, found]) => found.has("number") && found.has("string"))
		.map(([field]) => mix(field));
	return [...collapsed, ...mixed];
}

/** There where its parent is, but no list. */
function isCollapsed(field: string, at: ReadonlyMap<string, Form>): boolean {
	const form = at.get(field);
	if (field.endsWith("[]")) return form !== undefined && form !== "list"; // of a list without entries nothing is known
	if (form) return form !== "list";
	const parent = field.includes(".") ? field.slice(0, field.lastIndexOf(".")) : "";
	return parent === "" || at.has(parent);
}

const collapse = (field: string, form: Form | undefined, when: Words): MappingProblem => ({
	level: "error",
	code: "COLLAPSE",
	field,
	line: null,
	column: null,
	words: joined(when, {
		zh: `${field} ${form ? "不是列表" : "消失"}：请用 […] 括起来，使它总是列表`,
		en: `${field} ${form ? "is no list" : "is not there"}: put […] around it, so that it always is one`,
	}),
});

const mix = (field: string): MappingProblem => ({
	level: "warning",
	code: "FORMAT",
	field,
	line: null,
	column: null,
	words: {
		zh: `${field} 有时是数字，有时是文本：请只用一种`,
		en: `${field} is a number for some orders and text for others: make it one of the two`,
	},
});

const for_ = ({ zh, en }: Words): Words => ({ zh: `对于${zh}，`, en: `For ${en}, ` });
const joined = (a: Words, b: Words): Words => ({ zh: a.zh + b.zh, en: a.en + b.en });
