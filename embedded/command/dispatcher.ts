/** Answers messages: plain commands at once, writes through the queue, reads here or on a reader thread. */
import { DEFAULT_TIME_MS, LOCAL_DOCUMENTS } from "../engine/limits.ts";
import { TooLongForMainThread } from "../engine/operation.ts";
import type { ReaderPool } from "../engine/reader-pool.ts";
import { StoreError } from "../errors.ts";
import type { Message } from "../wire/message.ts";
import type { Command, ReadContext, ServerContext } from "./command.ts";
import { cursorId } from "./cursor.ts";
import { encodeFailure, encodeReply } from "./reply.ts";
import { maxTimeOf, type Request, readRequest } from "./request.ts";
import { commandOf } from "./table.ts";

export class Dispatcher {
	private readonly server: ServerContext;
	private readonly readers: ReaderPool;
	private readonly mainThread: ReadContext;

	constructor(server: ServerContext, readers: ReaderPool) {
		this.server = server;
		this.readers = readers;
		this.mainThread = { catalog: server.store.catalog, allowance: LOCAL_DOCUMENTS, cursors: undefined };
	}

	/** Never rejects: a failure is a reply, too. */
	async answer(message: Message, connectionId: number): Promise<Buffer> {
		try {
			const { body, sequences, legacyNamespace } = message;
			const database = legacyNamespace?.slice(0, legacyNamespace.indexOf("."));
			const request = readRequest(body, connectionId, sequences, database);
			if (legacyNamespace !== undefined) refuseLegacy(request);
			return await this.run(request, commandOf(request));
		} catch (error) {
			return encodeFailure(error);
		}
	}

	private async run(request: Request, command: Command): Promise<Buffer> {
		switch (command.kind) {
			case "plain":
				return encodeReply(command.run(request, this.server));
			case "write":
				return encodeReply(await command.run(request, this.server));
			case "read":
				try {
					return encodeReply(command.run(request, this.mainThread));
				} catch (error) {
					if (!(error instanceof TooLongForMainThread)) throw error;
					return await this.readElsewhere(request);
				}
		}
	}

	private readElsewhere(request: Request): Promise<Buffer> {
		const timeMs = maxTimeOf(request) || DEFAULT_TIME_MS;
		return this.readers.read(request.bytes, request.connectionId, timeMs, cursorOf(request));
	}
}

/** Cursors of one killCursors may lie with several readers, but drivers kill one at a time. */
function cursorOf({ name, body }: Request): bigint | undefined {
	if (name === "getMore") return cursorId(body.getMore);
	if (name !== "killCursors" || !Array.isArray(body.cursors)) return undefined;
	return body.cursors.length === 0 ? undefined : cursorId(body.cursors[0]);
}

/** Only the hello by which a driver finds out that there is OP_MSG. */
function refuseLegacy({ name }: Request): void {
	if (["hello", "isMaster", "ismaster"].includes(name)) return;
	throw new StoreError("UnsupportedOpQueryCommand", `Unsupported OP_QUERY command: ${name}`);
}
