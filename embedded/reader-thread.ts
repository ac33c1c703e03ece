/** Main module of a reader thread: runs read commands on a snapshot of its own. */
import { parentPort, workerData } from "node:worker_threads";
import { encodeFailure, encodeReply } from "./command/reply.ts";
import { readRequest } from "./command/request.ts";
import { commandOf } from "./command/table.ts";
import { Cursors } from "./engine/cursors.ts";
import type { ReaderReply, ReaderRequest, ReaderSettings } from "./engine/reader-pool.ts";
import { Catalog } from "./storage/catalog.ts";
import { openReader } from "./storage/sqlite.ts";

const { file, number } = workerData as ReaderSettings;
const connection = openReader(file);
const catalog = new Catalog(connection);
const context = { catalog, allowance: Number.POSITIVE_INFINITY, cursors: new Cursors(number) };

parentPort?.on("message", (request: ReaderRequest) => {
	// One transaction per command: all of it sees the same state, the one of its start.
	connection.exec("BEGIN");
	try {
		catalog.refresh();
		const reply: ReaderReply = Uint8Array.from(answer(request));
		parentPort?.postMessage(reply, [reply.buffer]);
	} finally {
		connection.exec("COMMIT");
	}
});

/** The encoded reply, also when the command fails. */
function answer({ body, connectionId }: ReaderRequest): Buffer {
	try {
		const request = readRequest(Buffer.from(body.buffer, body.byteOffset, body.byteLength), connectionId);
		const command = commandOf(request);
		if (command.kind !== "read") throw new TypeError(`${request.name} is not a read`);
		return encodeReply(command.run(request, context));
	} catch (error) {
		return encodeFailure(error);
	}
}
