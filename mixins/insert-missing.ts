import type { Collection } from "mongodb";

/**
 * Writes the documents whose `_id` is not there yet; a repeat changes nothing. By the driver itself: this is for records
 * made a moment ago by our own code, of every change there is.
 */
export async function insertMissing<T extends { _id: string }>(
	model: { collection: unknown },
	documents: Iterable<T>,
): Promise<void> {
	const operations = Array.from(documents, ({ _id, ...fields }) => ({
		updateOne: { filter: { _id }, update: { $setOnInsert: fields as object }, upsert: true },
	}));
	if (operations.length)
		await (model.collection as Collection<{ _id: string }>).bulkWrite(operations, { ordered: false });
}
