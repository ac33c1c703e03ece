/** find, count and distinct. */
import { compare } from "../bson/compare.ts";
import { type Doc, isPlain, RawDocument, type Value } from "../bson/values.ts";
import { countDocuments } from "../engine/count.ts";
import { everything, findDocuments } from "../engine/find.ts";
import { MAX_DOCUMENT_BYTES } from "../engine/limits.ts";
import type { Operation } from "../engine/operation.ts";
import { StoreError, typeMismatch } from "../errors.ts";
import { encodeValue } from "../index/keys.ts";
import { parseSort } from "../index/sort.ts";
import { compileProjection } from "../project.ts";
import type { StoredDocument } from "../storage/document.ts";
import { type Commands, operationOf } from "./command.ts";
import { firstBatch } from "./cursor.ts";
import {
	countField,
	documentField,
	flagField,
	integerField,
	namespaceOf,
	refuseCollation,
	refuseOptions,
	refuseUnknownFields,
} from "./request.ts";

/** Permissions and hints that change no result here. */
const FIND_INDIFFERENT = ["allowDiskUse", "allowPartialResults", "noCursorTimeout", "oplogReplay"];
const FIND_REFUSED = ["awaitData", "max", "min", "returnKey", "showRecordId", "tailable"];
const FIND_FIELDS = [
	"filter",
	"projection",
	"sort",
	"hint",
	"skip",
	"limit",
	"batchSize",
	"singleBatch",
	"let",
	"collation",
];

export const findCommands: Commands = {
	find: {
		kind: "read",
		run(request, context) {
			const { body } = request;
			refuseUnknownFields(request, [...FIND_FIELDS, ...FIND_INDIFFERENT, ...FIND_REFUSED]);
			refuseOptions(body, "find", FIND_REFUSED);
			refuseCollation(body);
			const ns = namespaceOf(request);
			const operation = operationOf(request, context.allowance);
			// A negative limit is the old way to ask for a single batch.
			const limit = integerField(body, "limit", "find");
			const query = {
				filter: documentField(body, "filter", "find"),
				sort: parseSort(body.sort),
				skip: countField(body, "skip", "find"),
				limit: Math.abs(limit),
				hint: body.hint,
			};
			const projection = documentField(body, "projection", "find");
			const position = usesPosition(projection) ? { index: -1 } : null;
			const found = findDocuments(context.catalog.get(ns), query, operation, position);
			const documents = projected(found, projection, operation, position);
			return firstBatch(ns, documents, body, operation, context, limit < 0 || flagField(body, "singleBatch"));
		},
	},
	count: {
		kind: "read",
		run(request, context) {
			const { body } = request;
			refuseUnknownFields(request, ["query", "limit", "skip", "hint", "collation", "fields"]);
			refuseCollation(body);
			const operation = operationOf(request, context.allowance);
			const collection = context.catalog.get(namespaceOf(request));
			const all = countDocuments(collection, documentField(body, "query", "count"), operation, body.hint);
			const limit = Math.abs(integerField(body, "limit", "count"));
			const rest = Math.max(0, all - countField(body, "skip", "count"));
			return { n: limit === 0 ? rest : Math.min(rest, limit) };
		},
	},
	distinct: {
		kind: "read",
		run(request, context) {
			const { body } = request;
			refuseUnknownFields(request, ["key", "query", "hint", "collation"]);
			refuseCollation(body);
			if (typeof body.key !== "string") throw typeMismatch("BSON field 'distinct.key' must be a string");
			const operation = operationOf(request, context.allowance);
			const query = { ...everything(documentField(body, "query", "distinct")), hint: body.hint };
			const found = findDocuments(context.catalog.get(namespaceOf(request)), query, operation);
			return { values: distinctValues(found, body.key.split(".")) };
		},
	},
};

/** `{"lines.$": 1}`: the element the filter matched. */
export const usesPosition = (projection: Doc): boolean => Object.keys(projection).some((field) => field.endsWith(".$"));

/** Without a projection the stored bytes are the answer. */
function* projected(
	found: Iterable<StoredDocument>,
	projection: Doc,
	operation: Operation,
	position: { index: number } | null,
): Generator<Doc | RawDocument, void> {
	if (Object.keys(projection).length === 0) {
		for (const { bytes } of found) yield new RawDocument(bytes);
		return;
	}
	const project = compileProjection(projection, "find", operation);
	for (const { doc } of found) yield project(doc, position?.index);
}

/** In BSON order, each value once; of an array, its elements. Source: manual, distinct. */
function distinctValues(found: Iterable<StoredDocument>, path: readonly string[]): Value[] {
	const values = new Map<string, Value>();
	let bytes = 0;
	for (const { doc } of found) {
		for (const value of valuesAt(doc, path)) {
			const key = encodeValue(value).toString("latin1");
			if (values.has(key)) continue;
			values.set(key, value);
			bytes += key.length;
			if (bytes > MAX_DOCUMENT_BYTES) throw new StoreError(17217, "distinct too big, 16mb cap");
		}
	}
	return [...values.values()].sort(compare);
}

function* valuesAt(value: Value, path: readonly string[]): Generator<Value, void> {
	const [name, ...rest] = path;
	if (name === undefined) {
		if (Array.isArray(value)) yield* value;
		else if (value !== undefined) yield value;
	} else if (Array.isArray(value)) {
		if (/^\d+$/.test(name)) yield* valuesAt(value[Number(name)], rest);
		for (const element of value) if (isPlain(element)) yield* valuesAt(element, path);
	} else if (isPlain(value)) {
		yield* valuesAt(value[name], rest);
	}
}
