/** What a command needs to run, by what it does to the store. */
import { isPlain, newDoc, type Value } from "../bson/values.ts";
import type { Cursors } from "../engine/cursors.ts";
import type { IndexBuilder } from "../engine/index-build.ts";
import { Operation } from "../engine/operation.ts";
import type { Store } from "../engine/store.ts";
import { typeMismatch } from "../errors.ts";
import { compileExpression } from "../expression/expression.ts";
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

export type Command =
	/** Needs no documents, and little time. */
	| { kind: "plain"; run(request: Request, server: ServerContext): Reply }
	| { kind: "read"; run(request: Request, context: ReadContext): Reply }
	| { kind: "write"; run(request: Request, server: ServerContext): Promise<Reply> };

export type Commands = Readonly<Record<string, Command>>;

export function operationOf(request: Request, allowance = Number.POSITIVE_INFINITY): Operation {
	const variables = letVariables(request.body.let);
	return new Operation(maxTimeOf(request), allowance, variables);
}

/** The `let` of a command: constants and expressions over them, computed before any document is read. */
function letVariables(definitions: Value): Record<string, Value> {
	const variables: Record<string, Value> = newDoc();
	if (definitions === undefined) return variables;
	if (!isPlain(definitions)) throw typeMismatch("BSON field 'let' must be an object");
	for (const name in definitions) {
		const expression = compileExpression(definitions[name]);
		variables[name] = expression(newDoc(), new Operation(0));
	}
	return variables;
}
