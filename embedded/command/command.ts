/** What a command needs to run, by what it does to the store. */
import type { Cursors } from "../engine/cursors.ts";
import type { IndexBuilder } from "../engine/index-build.ts";
import { Operation } from "../engine/operation.ts";
import type { Store } from "../engine/store.ts";
import type { Catalog } from "../storage/catalog.ts";
import type { Reply } from "./reply.ts";
import { maxTimeOf, type Request } from "./request.ts";

/** Where a read runs: on the main thread, with little allowance and no cursors, or on a reader thread. */
export interface ReadContext {
	catalog: Catalog;
	/** Documents a command may look at here. */
	allowance: number;
	/** Undefined on the main thread: what does not fit one batch is read by a reader. */
	cursors: Cursors | undefined;
}

export interface ServerContext {
	store: Store;
	indexBuilder: IndexBuilder;
	startedAt: number;
	openConnections(): number;
}

export type Command = {
	/** The fields it takes beside those that every command may have; left out where any may come. */
	fields?: readonly string[];
} /** Needs no documents, and little time. */ & (
	| { kind: "plain"; run(request: Request, server: ServerContext): Reply }
	| { kind: "read"; run(request: Request, context: ReadContext): Reply }
	| { kind: "write"; run(request: Request, server: ServerContext): Promise<Reply> }
);

export type Commands = Readonly<Record<string, Command>>;

export const operationOf = (request: Request, allowance = Number.POSITIVE_INFINITY): Operation =>
	new Operation(maxTimeOf(request), allowance);
