/** Runs a read command where it arrived without the rest of the server: on a reader thread. */
import type { ReadContext } from "./command.ts";
import { readRequest } from "./read-request.ts";
import { encodeFailure, encodeReply } from "./reply.ts";
import { commandNamed } from "./table.ts";

/** Answers with the encoded reply, also when the command fails. */
export function runRead(bytes: Buffer, connectionId: number, context: ReadContext): Buffer {
	try {
		const request = readRequest(bytes, connectionId);
		const command = commandNamed(request.name);
		if (command.kind !== "read") throw new TypeError(`${request.name} is not a read`);
		return encodeReply(command.run(request, context));
	} catch (error) {
		return encodeFailure(error);
	}
}
