/** find, count and distinct. */
import { compare } from "../bson/compare.ts";
import { type Doc, RawDocument, type Value } from "../bson/values.ts";
import { countDocuments } from "../engine/count.ts";
import { everything, findDocuments } from "../engine/find.ts";
import { MAX_DOCUMENT_BYTES } from "../engine/limits.ts";
import type { Operation } from "../engine/operation.ts";
import { badValue, StoreError, typeMismatch } from "../errors.ts";
import { expandPaths } from "../index/entries.ts";
import { EMPTY_ARRAY, encodeValue } from "../index/keys.ts";
import { parseSort } from "../index/sort.ts";
import { compileProjection } from "../project.ts";
import type { StoredDocument } from "../storage/document.ts";
import { type Commands, operationOf } from "./command.ts";
import { firstBatch } from "./cursor.ts";
import { countField, documentField, flagField, integerField, namespaceOf } from "./request.ts";

const FIND_FIELDS = ["filter", "projection", "sort", "hint", "skip", "limit", "batchSize", "singleBatch"];
/** Permissions and hints that change no result here. */
const FIND_INDIFFERENT = ["allowDiskUse", "allowPartialResults", "noCursorTimeout", "oplogReplay"];

export const findCommands: Commands = {
	find: {
		kind: "read",
		fields: [...FIND_FIELDS, ...FIND_INDIFFERENT],
		run(request, context) {
			const { body } = request;
			const ns = namespaceOf(request);
			const operation = operationOf(request, context.allowance);
			// A negative limit is the old way to ask for a single batch.
			const limit = integerField(body, "limit");
			const query = {
				filter: documentField(body, "filter"),
				sort: parseSort(body.sort),
				skip: countField(body, "skip"),
				limit: Math.abs(limit),
				hint: body.hint,
			};
			const projection = documentField(body, "projection");
			const position = usesPosition(projection) ? { index: -1 } : null;
			const found = findDocuments(context.catalog.get(ns), query, operation, position);
			const documents = projected(found, projection, operation, position);
			return firstBatch(ns, documents, body, operation, context, limit < 0 || flagField(body, "singleBatch"));
		},
	},
	count: {
		kind: "read",
		fields: ["query", "limit", "skip", "hint", "collation", "fields"],
		run(request, context) {
			const { body } = request;
			const operation = operationOf(request, context.allowance);
			const collection = context.catalog.get(namespaceOf(request));
			const all = countDocuments(collection, documentField(body, "query"), operation, body.hint);
			const limit = Math.abs(integerField(body, "limit"));
			const rest = Math.max(0, all - countField(body, "skip"));
			return { n: limit === 0 ? rest : Math.min(rest, limit) };
		},
	},
	distinct: {
		kind: "read",
		fields: ["key", "query", "hint"],
		run(request, context) {
			const { body } = request;
			if (typeof body.key !== "string") throw typeMismatch("BSON field 'distinct.key' must be a string");
			if (/\.\d+(\.|$)/.test(body.key)) throw badValue("distinct of array positions is not supported");
			const operation = operationOf(request, context.allowance);
			const query = { ...everything(documentField(body, "query")), hint: body.hint };
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
		for (const entry of expandPaths(doc, [path]).entries) {
			const [value] = entry.values;
			if (entry.missing > 0 || value === undefined || value === EMPTY_ARRAY) continue;
			const key = encodeValue(value).toString("latin1");
			if (values.has(key)) continue;
			values.set(key, value);
			bytes += key.length;
			if (bytes > MAX_DOCUMENT_BYTES) throw new StoreError(17217, "distinct too big, 16mb cap");
		}
	}
	return [...values.values()].sort(compare);
}
