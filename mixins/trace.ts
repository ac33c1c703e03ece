/**
 * The trace that work belongs to: one id in the logs, events and spans of everything that was done for it, in whatever
 * process. Moleculer's `requestID` carries it from call to call, `HubEvent.traceId` from event to event.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import type { CallingOptions, Context, Middleware, Span } from "moleculer";

interface Place {
	traceId: string;
	spanId: string | null; // of what goes on now: an action's context, or a span of spans.ts
}

const places = new AsyncLocalStorage<Place>();

export const placeNow = (): Place | undefined => places.getStore();

export const within = <T>(place: Place, work: () => T): T => places.run(place, work);

/** What `work` logs and whom it calls belongs to this trace. "": to none that is known. */
export const underTrace = <T>(traceId: string, work: () => T): T =>
	traceId ? within({ traceId, spanId: null }, work) : work();

/** For loops that are woken by some work and go on with other work. */
export const untraced = <T>(work: () => T): T => places.exit(work);

/**
 * The trace of a document's life: the same whenever something is done for it, so that one id leads from an order's pull to
 * its shipping, which another program may ask for days later. 16 bytes in hex, as W3C Trace Context has them.
 */
export const traceOf = (documentId: string): string =>
	createHash("sha256").update(documentId).digest("hex").slice(0, 32);

type Call = (action: string, params: unknown, options?: CallingOptions) => Promise<unknown>;

/** Calls from outside any context belong to the work that makes them, unless it is told otherwise. */
const tracedCall =
	(next: Call): Call =>
	(action, params, options = {}) => {
		const place = placeNow();
		const other = options.parentCtx || (options.requestID && options.requestID !== place?.traceId);
		return next(action, params, place && !other ? { ...options, ...caused(place) } : options);
	};

/** Moleculer takes no more of a parent than this. */
const caused = ({ traceId, spanId }: Place): CallingOptions => ({
	requestID: traceId,
	...(spanId && { parentSpan: { id: spanId, traceID: traceId, sampled: true } as Span }),
});

/** Actions run under the trace of their call. */
export const traceMiddleware: Middleware = {
	name: "trace",
	localAction: (next: (ctx: Context) => Promise<unknown>) => (ctx: Context) =>
		within({ traceId: ctx.requestID ?? ctx.id, spanId: ctx.id }, () => next(ctx)),
	// The types take it for what the call answers.
	call: tracedCall as unknown as NonNullable<Middleware["call"]>,
};
