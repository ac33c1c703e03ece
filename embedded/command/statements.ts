/** The statements of insert, update and delete: sent beside the body as a sequence, or inside it as an array. */
import { decode } from "../bson/decode.ts";
import { encode } from "../bson/encode.ts";
import { type Doc, isPlain } from "../bson/values.ts";
import { MAX_BATCH_DOCUMENTS } from "../engine/limits.ts";
import { StoreError, typeMismatch } from "../errors.ts";
import { type Reply, writeError } from "./reply.ts";
import { flagField, type Request } from "./request.ts";

/** The documents of a list field, as bytes. */
export function rawStatements(request: Request, field: string): Buffer[] {
	return checkedLength(request.sequences.get(field) ?? listOf(request, field).map((doc) => encode(doc)));
}

export function statements(request: Request, field: string): Doc[] {
	const sequence = request.sequences.get(field);
	return checkedLength(sequence ? sequence.map((bytes) => decode(bytes)) : listOf(request, field));
}

function listOf({ body, name }: Request, field: string): Doc[] {
	const list = body[field];
	if (list === undefined) {
		throw new StoreError(40414, `BSON field '${name}.${field}' is missing but a required field`);
	}
	if (Array.isArray(list) && list.every(isPlain)) return list;
	throw typeMismatch(`BSON field '${name}.${field}' must be an array of documents`);
}

function checkedLength<T>(list: T[]): T[] {
	if (list.length >= 1 && list.length <= MAX_BATCH_DOCUMENTS) return list;
	throw new StoreError("InvalidLength", `A batch has 1 to ${MAX_BATCH_DOCUMENTS} operations, not ${list.length}`);
}

/** Runs statement after statement; an ordered command ends at its first failure. Returns the failures. */
export function runEach<T>(request: Request, list: readonly T[], run: (statement: T, index: number) => void): Reply {
	const ordered = flagField(request.body, "ordered", true);
	const writeErrors: Reply[] = [];
	for (const [index, statement] of list.entries()) {
		try {
			run(statement, index);
		} catch (error) {
			writeErrors.push(writeError(index, error));
			if (ordered) break;
		}
	}
	return writeErrors.length > 0 ? { writeErrors } : {};
}
