/** First batches, getMore and killCursors. */

import { toInteger } from "../bson/number.ts";
import { isNumeric } from "../bson/types.ts";
import type { Doc, RawDocument, Value } from "../bson/values.ts";
import { DocumentStream } from "../engine/cursors.ts";
import { DEFAULT_BATCH_DOCUMENTS } from "../engine/limits.ts";
import { type Operation, TooLongForMainThread } from "../engine/operation.ts";
import { typeMismatch } from "../errors.ts";
import type { Commands, ReadContext } from "./command.ts";
import type { Reply } from "./reply.ts";
import { countField, maxTimeOf, namespaceOf, type Request } from "./request.ts";

/**
 * Answers with the first batch; the rest waits in a cursor, unless the client wants a single batch.
 * `options` holds `batchSize`: the command itself for find, its `cursor` for the others.
 */
export function firstBatch(
	ns: string,
	documents: Iterable<Doc | RawDocument>,
	options: Doc,
	operation: Operation,
	context: ReadContext,
	singleBatch = false,
): Reply {
	const stream = new DocumentStream(documents);
	const size = countField(options, "batchSize", DEFAULT_BATCH_DOCUMENTS);
	const batch = stream.take(size);
	if (singleBatch || (size > 0 && stream.isDrained())) return { cursor: { firstBatch: batch, id: 0n, ns } };
	if (context.cursors === undefined) throw new TooLongForMainThread();
	return { cursor: { firstBatch: batch, id: context.cursors.add({ ns, stream, operation }), ns } };
}

export const cursorCommands: Commands = {
	getMore: {
		kind: "read",
		fields: ["collection", "batchSize"],
		run(request, { cursors }) {
			if (cursors === undefined) throw new TooLongForMainThread();
			const id = cursorId(request.body.getMore);
			const cursor = cursors.get(id, cursorNamespace(request));
			cursor.operation.restart(maxTimeOf(request));
			const size = countField(request.body, "batchSize") || Number.POSITIVE_INFINITY;
			try {
				const nextBatch = cursor.stream.take(size);
				const drained = cursor.stream.isDrained();
				if (drained) cursors.close(id);
				return { cursor: { nextBatch, id: drained ? 0n : id, ns: cursor.ns } };
			} catch (error) {
				cursors.close(id);
				throw error;
			}
		},
	},
	killCursors: {
		kind: "read",
		fields: ["cursors"],
		run(request, { cursors }) {
			if (cursors === undefined) throw new TooLongForMainThread();
			const ids = Array.isArray(request.body.cursors) ? request.body.cursors.map(cursorId) : [];
			const cursorsKilled = ids.filter((id) => cursors.close(id));
			const cursorsNotFound = ids.filter((id) => !cursorsKilled.includes(id));
			return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] };
		},
	},
};

/** Cursors of lists that are no collection's have a name that none can have: `$cmd.listCollections`. */
function cursorNamespace(request: Request): string {
	const { collection } = request.body;
	const isOfCommand = typeof collection === "string" && collection.startsWith("$cmd.");
	return isOfCommand ? `${request.database}.${collection}` : namespaceOf(request, "collection");
}

export function cursorId(value: Value): bigint {
	const id = isNumeric(value) ? toInteger(value) : undefined;
	if (id === undefined) throw typeMismatch("a cursor id must be a 64-bit integer");
	return id;
}
