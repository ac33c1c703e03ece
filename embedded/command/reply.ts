/** Replies of commands and of their failures. */
import { encode } from "../bson/encode.ts";
import { Double, type Encodable, RawDocument } from "../bson/values.ts";
import { StoreError } from "../errors.ts";

export type Reply = { [field: string]: Encodable };

const SUCCESS = new Double(1);
const FAILURE = new Double(0);

export const encodeReply = (reply: Reply | RawDocument): Buffer =>
	reply instanceof RawDocument ? reply.bytes : encode({ ...reply, ok: SUCCESS });

export function encodeFailure(error: unknown): Buffer {
	const known = error instanceof StoreError ? error : unexpected(error);
	return encode({
		ok: FAILURE,
		errmsg: known.message,
		code: known.code,
		codeName: known.codeName,
		...(known.extra as Reply),
	});
}

/** A mistake of the store's own, or a full disk: the operator needs to hear of it as well. */
function unexpected(error: unknown): StoreError {
	console.error(error);
	return new StoreError("InternalError", error instanceof Error ? error.message : String(error));
}

/** One statement of a write command failed; the others may go on. Anything but a StoreError ends the command. */
export function writeError(index: number, error: unknown): Reply {
	if (!(error instanceof StoreError)) throw error;
	return { index, code: error.code, ...(error.extra as Reply), errmsg: error.message };
}
