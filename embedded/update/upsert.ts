/** What an upsert starts from when no document matches, and what every new document needs. */
import { typeName } from "../bson/types.ts";
import { BSONRegExp, type Doc, isPlain, newDoc, ObjectId, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { withValueAt } from "../expression/field-path.ts";
import { isOperatorDocument, isOperatorName } from "../query/operators.ts";

/**
 * The document an upsert applies its update to: the fields the filter fixes by equality, also inside `$and` and an
 * `$or` of one. For a replacement only `_id`. Throws NotSingleValueField when the filter fixes a field twice.
 */
export function upsertSeed(filter: Doc, isReplacement: boolean): Doc {
	let seed = newDoc();
	const fixed: string[] = [];
	for (const [path, value] of equalities(filter)) {
		if (isReplacement && path !== "_id") continue;
		refuseSecond(path, fixed);
		fixed.push(path);
		seed = withValueAt(seed, path.split("."), value);
	}
	return seed;
}

function refuseSecond(path: string, fixed: readonly string[]): void {
	const other = fixed.find((one) => one === path || one.startsWith(`${path}.`) || path.startsWith(`${one}.`));
	if (other === undefined) return;
	throw new StoreError("NotSingleValueField", `cannot infer query fields to set: '${other}' and '${path}' are matched`);
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
	if (Array.isArray(id) || id instanceof BSONRegExp) {
		throw new StoreError("InvalidIdField", `The '_id' value cannot be of type ${typeName(id)}`);
	}
	const operator = isPlain(id) ? Object.keys(id).find(isOperatorName) : undefined;
	if (operator === undefined) return;
	throw new StoreError("DollarPrefixedFieldName", `_id may not contain '$'-prefixed fields: ${operator}`);
}
