/** insert, update, delete and findAndModify. Each command is one job of the write queue. */
import { decode, firstFieldName } from "../bson/decode.ts";
import { type Doc, newDoc, type Value } from "../bson/values.ts";
import { checkSize, deleteDocuments, insertDocument, updateDocuments } from "../engine/change.ts";
import type { Query } from "../engine/find.ts";
import type { Operation } from "../engine/operation.ts";
import { failedToParse } from "../errors.ts";
import { parseSort } from "../index/sort.ts";
import { compileProjection } from "../project.ts";
import type { Catalog } from "../storage/catalog.ts";
import { compileUpdate } from "../update/update.ts";
import { checkId } from "../update/upsert.ts";
import { type Commands, operationOf } from "./command.ts";
import { usesPosition } from "./find.ts";
import type { Reply } from "./reply.ts";
import { documentField, flagField, integerField, namespaceOf, type Request, refuseUnknownFields } from "./request.ts";
import { rawStatements, runEach, statements } from "./statements.ts";

const FIND_AND_MODIFY_FIELDS = ["query", "sort", "fields", "hint", "new", "remove", "update", "upsert"];

export const writeCommands: Commands = {
	insert: {
		kind: "write",
		fields: ["documents", "ordered", "bypassDocumentValidation"],
		run(request, { store }) {
			const ns = namespaceOf(request);
			const documents = rawStatements(request, "documents");
			return store.writes.run(() => {
				let n = 0;
				const failures = runEach(request, documents, (bytes) => {
					insertBytes(store.catalog, ns, bytes);
					n++;
				});
				return { n, ...failures };
			});
		},
	},
	update: {
		kind: "write",
		fields: ["updates", "ordered", "bypassDocumentValidation"],
		run(request, { store }) {
			const ns = namespaceOf(request);
			const updates = statements(request, "updates");
			for (const statement of updates) refuseUnknownFields(statement, "update.updates", UPDATE_FIELDS);
			return store.writes.run(() => {
				const operation = operationOf(request);
				let n = 0;
				let nModified = 0;
				const upserted: Reply[] = [];
				const failures = runEach(request, updates, (statement, index) => {
					const result = runUpdate(store.catalog, ns, statement, operation);
					n += result.matched;
					nModified += result.modified;
					if (result.upsertedId === undefined) return;
					n++;
					upserted.push({ index, _id: result.upsertedId });
				});
				return { n, nModified, ...(upserted.length > 0 && { upserted }), ...failures };
			});
		},
	},
	delete: {
		kind: "write",
		fields: ["deletes", "ordered"],
		run(request, { store }) {
			const ns = namespaceOf(request);
			const deletes = statements(request, "deletes");
			for (const statement of deletes) checkDelete(statement);
			return store.writes.run(() => {
				const operation = operationOf(request);
				let n = 0;
				const failures = runEach(request, deletes, (statement) => {
					const multi = integerField(statement, "limit") === 0;
					const query = queryOf(documentField(statement, "q"), statement.hint);
					n += deleteDocuments(store.catalog, ns, query, multi, operation).deleted;
				});
				return { n, ...failures };
			});
		},
	},
	findAndModify: {
		kind: "write",
		fields: [...FIND_AND_MODIFY_FIELDS, "arrayFilters", "bypassDocumentValidation"],
		run(request, { store }) {
			refuseContradictions(request.body);
			return store.writes.run(() => findAndModify(request, store.catalog));
		},
	},
};

const UPDATE_FIELDS = ["q", "u", "multi", "upsert", "arrayFilters", "hint"];
const DELETE_FIELDS = ["q", "limit", "hint"];

function checkDelete(statement: Doc): void {
	refuseUnknownFields(statement, "delete.deletes", DELETE_FIELDS);
	const limit = integerField(statement, "limit");
	if (limit === 0 || limit === 1) return;
	throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${limit}`);
}

const queryOf = (filter: Doc, hint: Value): Query => ({ filter, sort: [], skip: 0, limit: 0, hint });

/** The bytes are stored as they came when `_id` is already in its place. */
function insertBytes(catalog: Catalog, ns: string, bytes: Buffer): void {
	const doc = decode(bytes);
	if (firstFieldName(bytes) !== "_id") {
		insertDocument(catalog, ns, doc);
		return;
	}
	checkId(doc._id);
	checkSize(bytes.length);
	catalog.getOrCreate(ns).insert(doc, bytes);
}

function runUpdate(catalog: Catalog, ns: string, statement: Doc, operation: Operation) {
	const multi = flagField(statement, "multi");
	const update = compileUpdate(statement.u, statement.arrayFilters, operation);
	if (update.isReplacement && multi) throw failedToParse("a replacement can't update several documents");
	const query = queryOf(documentField(statement, "q"), statement.hint);
	return updateDocuments(catalog, ns, { query, update, multi, upsert: flagField(statement, "upsert") }, operation);
}

/** Source: manual, findAndModify; texts: the server's. */
function refuseContradictions(body: Doc): void {
	if (!flagField(body, "remove")) {
		if (body.update === undefined) throw failedToParse("Either an update or remove=true must be specified");
		return;
	}
	if (body.update !== undefined) throw failedToParse("Cannot specify both an update and remove=true");
	if (flagField(body, "upsert")) throw failedToParse("Cannot specify both upsert=true and remove=true");
	if (flagField(body, "new")) throw failedToParse("Cannot specify both new=true and remove=true");
}

function findAndModify(request: Request, catalog: Catalog): Reply {
	const { body } = request;
	const ns = namespaceOf(request);
	const operation = operationOf(request);
	const fields = documentField(body, "fields");
	const query = { ...queryOf(documentField(body, "query"), body.hint), sort: parseSort(body.sort) };
	const project = compileProjection(fields, "find", operation);
	const hasFields = Object.keys(fields).length > 0;
	const answer = (doc: Doc | undefined, position: number): Doc | null =>
		doc === undefined ? null : hasFields ? project(doc, position) : doc;
	if (flagField(body, "remove")) {
		const position = usesPosition(fields) ? { index: -1 } : null;
		const { deleted, last } = deleteDocuments(catalog, ns, query, false, operation, position);
		return { lastErrorObject: { n: deleted }, value: answer(last, position?.index ?? -1) };
	}
	const change = {
		query,
		update: compileUpdate(body.update, body.arrayFilters, operation),
		multi: false,
		upsert: flagField(body, "upsert"),
		wantsPosition: usesPosition(fields),
	};
	const { matched, before, after, position, upsertedId } = updateDocuments(catalog, ns, change, operation);
	const lastErrorObject: Doc = newDoc();
	lastErrorObject.n = upsertedId === undefined ? matched : 1;
	lastErrorObject.updatedExisting = matched > 0;
	if (upsertedId !== undefined) lastErrorObject.upserted = upsertedId;
	return { lastErrorObject, value: answer(flagField(body, "new") ? after : before, position) };
}
