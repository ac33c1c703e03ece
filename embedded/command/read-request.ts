/** A command's body, and the lists sent beside it, as a request. */
import { decode, firstFieldName } from "../bson/decode.ts";
import { StoreError } from "../errors.ts";
import { checkCommonFields, type Request } from "./request.ts";

const NO_SEQUENCES: ReadonlyMap<string, Buffer[]> = new Map();

/** `database` is given for the legacy hello only; others bring `$db`. Throws what the common fields are refused for. */
export function readRequest(bytes: Buffer, connectionId: number, sequences = NO_SEQUENCES, database?: string): Request {
	const body = decode(bytes);
	const from = database ?? body.$db;
	if (typeof from !== "string") throw new StoreError(40571, "OP_MSG requests require a $db argument");
	const request = { name: firstFieldName(bytes), body, bytes, sequences, database: from, connectionId };
	checkCommonFields(request);
	return request;
}
