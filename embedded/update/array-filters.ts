import { isPlain, type Value } from "../bson/values.ts";
import { badValue, failedToParse, typeMismatch } from "../errors.ts";
import type { Scope } from "../expression/operator.ts";
import { compileFilter } from "../query/filter.ts";

/** Tests of array elements by the identifier that stands for them in a path: `lines.$[line].quantity`. */
export type ArrayFilters = ReadonlyMap<string, (element: Value) => boolean>;

export function compileArrayFilters(filters: Value, scope: Scope): ArrayFilters {
	const compiled = new Map<string, (element: Value) => boolean>();
	if (filters === undefined) return compiled;
	if (!Array.isArray(filters)) throw typeMismatch("arrayFilters must be an array");
	for (const filter of filters) {
		if (!isPlain(filter)) throw typeMismatch("each array filter must be an object");
		const identifier = identifierOf(filter);
		if (compiled.has(identifier)) {
			throw failedToParse(`Found multiple array filters with the same top-level field name ${identifier}`);
		}
		const predicate = compileFilter(filter, scope);
		compiled.set(identifier, (element) => predicate({ [identifier]: element }, null));
	}
	return compiled;
}

function identifierOf(filter: Value): string {
	const names = new Set(topLevelNames(filter));
	const [identifier] = names;
	if (identifier === undefined || names.size > 1) {
		throw failedToParse(`An array filter has one top-level field name, not ${[...names].join(", ") || "none"}`);
	}
	if (/^[a-z][a-zA-Z0-9]*$/.test(identifier)) return identifier;
	throw badValue(`The field of an array filter is letters and digits after a lowercase letter, not '${identifier}'`);
}

function topLevelNames(filter: Value): string[] {
	if (!isPlain(filter)) return [];
	return Object.keys(filter).flatMap((name) => {
		if (!name.startsWith("$")) return [name.split(".")[0] ?? ""];
		const branches = filter[name];
		return Array.isArray(branches) ? branches.flatMap(topLevelNames) : [];
	});
}
