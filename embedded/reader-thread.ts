/** Main module of a reader thread: runs read commands on a snapshot of its own. */
import { parentPort, workerData } from "node:worker_threads";
import { runRead } from "./command/run-read.ts";
import { Cursors } from "./engine/cursors.ts";
import type { ReaderReply, ReaderRequest, ReaderSettings } from "./engine/reader-pool.ts";
import { Catalog } from "./storage/catalog.ts";
import { openReader } from "./storage/sqlite.ts";

const { file, number } = workerData as ReaderSettings;
const connection = openReader(file);
const catalog = new Catalog(connection);
const context = { catalog, allowance: Number.POSITIVE_INFINITY, cursors: new Cursors(number) };

parentPort?.on("message", ({ body, connectionId }: ReaderRequest) => {
	// One transaction per command: all of it sees the same state, the one of its start.
	connection.exec("BEGIN");
	try {
		catalog.refresh();
		const bytes = runRead(Buffer.from(body.buffer, body.byteOffset, body.byteLength), connectionId, context);
		const reply: ReaderReply = Uint8Array.from(bytes);
		parentPort?.postMessage(reply, [reply.buffer]);
	} finally {
		connection.exec("COMMIT");
	}
});
