/** What an upsert starts from when no document matches, and what every new document needs. */
import { BSONRegExp, BsonUndefined, type Doc, isPlain, newDoc, ObjectId, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { isOperatorDocument } from "../query/operators.ts";

/**
 * The document an upsert applies its update to: the fields the filter fixes by equality, also inside `$and` and an
 * `$or` of one. For a replacement only `_id`. Throws NotSingleValueField when the filter fixes a field twice.
 */
export function upsertSeed(filter: Doc, isReplacement: boolean): Doc {
	const seed = newDoc();
	const fixed: string[] = [];
	for (const [path, value] of equalities(filter)) {
		if (isReplacement && path !== "_id") continue;
		refuseSecond(path, fixed);
		fixed.push(path);
		put(seed, path.split("."), value);
	}
	return seed;
}

function refuseSecond(path: string, fixed: readonly string[]): void {
	for (const other of fixed) {
		if (other === path) {
			throw new StoreError("NotSingleValueField", `cannot infer query fields to set, path '${path}' is matched twice`);
		}
		if (other.startsWith(`${path}.`) || path.startsWith(`${other}.`)) {
			throw new StoreError(
				"NotSingleValueField",
				`cannot infer query fields to set, both paths '${other}' and '${path}' are matched`,
			);
		}
	}
}

function equalities(filter: Doc): [string, Value][] {
	return Object.keys(filter).flatMap((name): [string, Value][] => {
		const condition = filter[name];
		if (name === "$and" && Array.isArray(condition)) return condition.filter(isPlain).flatMap(equalities);
		if (name === "$or" && Array.isArray(condition) && condition.length === 1) {
			return condition.filter(isPlain).flatMap(equalities);
		}
		if (name.startsWith("$")) return [];
		return fixedValues(condition).map((value) => [name, value]);
	});
}

function fixedValues(condition: Value): Value[] {
	if (condition instanceof BSONRegExp) return [];
	if (!isOperatorDocument(condition)) return [condition];
	const values: Value[] = [];
	if (condition.$eq !== undefined) values.push(condition.$eq);
	for (const list of [condition.$in, condition.$all]) {
		if (!Array.isArray(list) || list.length !== 1) continue;
		const [value] = list;
		if (!(value instanceof BSONRegExp) && !isOperatorDocument(value)) values.push(value);
	}
	return values;
}

function put(doc: Doc, parts: readonly string[], value: Value): void {
	let target = doc;
	for (const part of parts.slice(0, -1)) {
		const inner = target[part];
		const next = isPlain(inner) ? inner : newDoc();
		target[part] = next;
		target = next;
	}
	target[parts.at(-1) ?? ""] = value;
}

/** The document with `_id` as its first field; a new ObjectId where it has none. */
export function ensureId(doc: Doc): Doc {
	const [first] = Object.keys(doc);
	if (first === "_id" && doc._id !== undefined) return doc;
	const result = newDoc();
	result._id = doc._id === undefined ? new ObjectId() : doc._id;
	for (const name in doc) if (name !== "_id") result[name] = doc[name];
	return result;
}

/** Throws InvalidIdField or DollarPrefixedFieldName for values that can't be an `_id`. */
export function checkId(id: Value): void {
	const refused = Array.isArray(id)
		? "array"
		: id instanceof BSONRegExp
			? "regex"
			: id instanceof BsonUndefined
				? "undefined"
				: null;
	if (refused) throw new StoreError("InvalidIdField", `The '_id' value cannot be of type ${refused}`);
	if (!isPlain(id)) return;
	const operator = Object.keys(id).find((name) => name.startsWith("$") && !["$ref", "$id", "$db"].includes(name));
	if (operator === undefined) return;
	throw new StoreError(
		"DollarPrefixedFieldName",
		`_id fields may not contain '$'-prefixed fields: ${operator} is not valid for storage.`,
	);
}
