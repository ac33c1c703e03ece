/** In what two revisions differ over one order, in the words of its documents. Pure. */
import type { Made, MadeDocument } from "./rig/plan.ts";

/**
 * field: a value of a document · line: an entry of one of its lists comes or goes · document: a whole document does ·
 * rejected: the ERP would refuse it, or no longer does · deed: another action that the flow calls · outcome: how the
 * flow settles the order's event.
 */
export type DifferenceKind = "field" | "line" | "document" | "rejected" | "deed" | "outcome";

export interface Difference {
	what: DifferenceKind;
	of: string; // the document, as "order@qimen-demo"; the action of a deed; "" for an outcome
	path: string; // in the document, with places: "orderLines.orderLine[0].actualPrice"; "" for all of it
	before: unknown; // undefined: was not there
	after: unknown;
}

/** An order with one thing changed all over needs no more to be understood. */
export const mostDifferences = 50;

/** Everything in which `after` is not what `before` is; the same revision makes none. */
export function differencesBetween(before: Made, after: Made): Difference[] {
	const endings = [before, after].map(({ outcome, reason }) => (reason ? `${outcome}: ${reason}` : outcome));
	// Who fails makes nothing: that documents are missing then is no difference of its own.
	if (endings[0] !== endings[1]) return [{ what: "outcome", of: "", path: "", before: endings[0], after: endings[1] }];
	return [...documentDifferences(before.documents, after.documents), ...deedDifferences(before.deeds, after.deeds)];
}

const nameOf = ({ kind, connectionId }: MadeDocument): string => `${kind}@${connectionId}`;

/** By name and, where a flow pushes several of one name, by place. */
function named<T>(list: readonly T[], name: (each: T) => string): Map<string, T> {
	const byName = new Map<string, T>();
	for (const each of list) {
		let key = name(each);
		for (let place = 2; byName.has(key); place += 1) key = `${name(each)} ${place}`;
		byName.set(key, each);
	}
	return byName;
}

function documentDifferences(before: readonly MadeDocument[], after: readonly MadeDocument[]): Difference[] {
	const [old, young] = [named(before, nameOf), named(after, nameOf)];
	return [...new Set([...old.keys(), ...young.keys()])].flatMap((of): Difference[] => {
		const [was, is] = [old.get(of), young.get(of)];
		if (!was || !is) {
			const come: Difference = { what: "document", of, path: "", before: was && "made", after: is && "made" };
			return [come, ...rejections(of, [], is?.objections ?? [])];
		}
		return [...fieldDifferences(of, was.document, is.document), ...rejections(of, was.objections, is.objections)];
	});
}

function rejections(of: string, before: readonly string[], after: readonly string[]): Difference[] {
	const [old, young] = [new Set(before), new Set(after)];
	const gone = before.filter((field) => !young.has(field));
	const come = after.filter((field) => !old.has(field));
	return [
		...come.map((path): Difference => ({ what: "rejected", of, path, before: undefined, after: "refused" })),
		...gone.map((path): Difference => ({ what: "rejected", of, path, before: "refused", after: undefined })),
	];
}

function deedDifferences(before: Made["deeds"], after: Made["deeds"]): Difference[] {
	const [old, young] = [before, after].map((deeds) => named(deeds, ({ action }) => action)) as [
		Map<string, Made["deeds"][number]>,
		Map<string, Made["deeds"][number]>,
	];
	return [...new Set([...old.keys(), ...young.keys()])].flatMap((of) =>
		valueDifferences(old.get(of)?.params, young.get(of)?.params, "").map((each) => ({ ...each, what: "deed", of })),
	);
}

const fieldDifferences = (of: string, before: unknown, after: unknown): Difference[] =>
	valueDifferences(before, after, "").map((each) => ({ ...each, of }));

type Found = Omit<Difference, "of">;

function valueDifferences(before: unknown, after: unknown, path: string): Found[] {
	if (Object.is(before, after)) return [];
	if (Array.isArray(before) && Array.isArray(after)) return listDifferences(before, after, path);
	if (isObject(before) && isObject(after)) {
		return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
			valueDifferences(before[key], after[key], path ? `${path}.${key}` : key),
		);
	}
	return [{ what: "field", path, before: shown(before), after: shown(after) }];
}

/** Entries are matched by what names them, so that one that goes does not make all behind it look changed. */
function listDifferences(before: readonly unknown[], after: readonly unknown[], path: string): Found[] {
	const name = namingField(before, after);
	if (name === null) {
		return Array.from({ length: Math.max(before.length, after.length) }, (_, at) => at).flatMap((at) =>
			at < before.length && at < after.length
				? valueDifferences(before[at], after[at], `${path}[${at}]`)
				: [{ what: "line" as const, path: `${path}[${at}]`, before: shown(before[at]), after: shown(after[at]) }],
		);
	}
	const places = new Map(after.map((entry, at) => [nameIn(entry, name), at]));
	const gone = before.flatMap((entry, at): Found[] => {
		const place = places.get(nameIn(entry, name));
		if (place !== undefined) return valueDifferences(entry, after[place], `${path}[${place}]`);
		return [{ what: "line", path: `${path}[${at}]`, before: shown(nameIn(entry, name)), after: undefined }];
	});
	const known = new Set(before.map((entry) => nameIn(entry, name)));
	const come = after.flatMap((entry, at): Found[] => {
		const is = nameIn(entry, name);
		return known.has(is) ? [] : [{ what: "line", path: `${path}[${at}]`, before: undefined, after: shown(is) }];
	});
	return [...gone, ...come];
}

const nameIn = (entry: unknown, field: string): unknown => (isObject(entry) ? entry[field] : undefined);

/**
 * The field whose values tell the entries of both lists apart and that most of them share: a SKU, a line's number.
 * `null` where there is none: they are matched by place.
 */
function namingField(before: readonly unknown[], after: readonly unknown[]): string | null {
	const [first] = before;
	if (!isObject(first) || !before.every(isObject) || !after.every(isObject)) return null;
	let best: { field: string; shared: number } | null = null;
	for (const field of Object.keys(first)) {
		const [old, young] = [before, after].map((list) => new Set(list.map((entry) => nameIn(entry, field)))) as [
			Set<unknown>,
			Set<unknown>,
		];
		const tells = old.size === before.length && young.size === after.length;
		if (!tells || ![...old, ...young].every((value) => typeof value === "string")) continue;
		const shared = old.intersection(young).size;
		if (shared && shared > (best?.shared ?? 0)) best = { field, shared };
	}
	return best?.field ?? null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** A part of a document as a report shows it. */
const shown = (value: unknown): unknown => {
	if (typeof value === "string") return value.slice(0, 200);
	return typeof value === "object" && value !== null ? JSON.stringify(value).slice(0, 200) : value;
};
