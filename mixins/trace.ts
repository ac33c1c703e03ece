/**
 * The trace that work belongs to: one id in the logs, events and spans of everything that was done for it, in whatever
 * process. Moleculer's `requestID` carries it from call to call, `HubEvent.traceId` from event to event.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import type { CallingOptions, Context, Middleware } from "moleculer";

const traces = new AsyncLocalStorage<string>();

export const traceNow = (): string | undefined => traces.getStore();

/** What `work` logs and whom it calls belongs to this trace. "": to none that is known. */
export const underTrace = <T>(traceId: string, work: () => T): T => (traceId ? traces.run(traceId, work) : work());

/** For loops that are woken by some work and go on with other work. */
export const untraced = <T>(work: () => T): T => traces.exit(work);

/**
 * The trace of a document's life: the same whenever something is done for it, so that one id leads from an order's pull to
 * its shipping, which another program may ask for days later. 16 bytes in hex, as W3C Trace Context has them.
 */
export const traceOf = (documentId: string): string =>
	createHash("sha256").update(documentId).digest("hex").slice(0, 32);

type Call = (action: string, params: unknown, options?: CallingOptions) => Promise<unknown>;

/** Calls from outside any context belong to the trace of the work that makes them. */
const tracedCall =
	(next: Call): Call =>
	(action, params, options = {}) => {
		const requestID = options.requestID || options.parentCtx ? undefined : traceNow();
		return next(action, params, requestID ? { ...options, requestID } : options);
	};

/** Actions run under the trace of their call. */
export const traceMiddleware: Middleware = {
	name: "trace",
	localAction: (next: (ctx: Context) => Promise<unknown>) => (ctx: Context) =>
		underTrace(ctx.requestID ?? "", () => next(ctx)),
	// The types take it for what the call answers.
	call: tracedCall as unknown as NonNullable<Middleware["call"]>,
};
