/** Spans: what was done, when and for how long, for OpenTelemetry. Nothing is recorded, or costs, without a sink. */
import { randomUUID } from "node:crypto";
import type { Context, Middleware } from "moleculer";
import { placeNow, within } from "./trace.ts";

export interface HubSpan {
	traceId: string; // as the hub has them: otlp.ts makes the ids that OpenTelemetry wants
	id: string;
	parentId: string | null;
	name: string;
	kind: "internal" | "server" | "client" | "consumer";
	startMs: number; // since 1970, with fractions
	endMs: number;
	attributes: Record<string, string>; // no people's data, no parameter of a call
	error: string; // its type; "" where all went well
}

type Sink = (span: HubSpan) => void;
let sink: Sink | null = null;

/** `null`: to nowhere any more. */
export function sendSpans(to: Sink | null): void {
	sink = to;
}

const nowMs = (): number => performance.timeOrigin + performance.now();

type Told = Pick<HubSpan, "name" | "kind" | "attributes">;

/** Does `work` as a span of its own. `errorOf`: what is wrong with an answer; "" for nothing. */
export function spanned<T>(told: Told, work: () => Promise<T>, errorOf: (answer: T) => string = () => ""): Promise<T> {
	if (!sink) return work();
	const place = placeNow();
	const id = randomUUID();
	const traceId = place?.traceId ?? id;
	const span = { ...told, traceId, id, parentId: place?.spanId ?? null };
	return recorded(sink, span, () => within({ traceId, spanId: id }, work), errorOf);
}

async function recorded<T>(
	to: Sink,
	span: Omit<HubSpan, "startMs" | "endMs" | "error">,
	work: () => Promise<T>,
	errorOf: (answer: T) => string,
): Promise<T> {
	const startMs = nowMs();
	let error = "";
	try {
		const answer = await work();
		error = errorOf(answer);
		return answer;
	} catch (err) {
		const { type, name } = err as { type?: string; name?: string };
		error = type || name || "Error";
		throw err;
	} finally {
		to({ ...span, startMs, endMs: nowMs(), error });
	}
}

/** Asked all the time, for nobody's work. */
const unseen = new Set(["event.fetch", "event.subscribe", "event.working", "metrics.read"]);

/** Every action is a span; its parent is the call it was called from, in whatever process. */
export const spanMiddleware: Middleware = {
	name: "spans",
	localAction(next: (ctx: Context) => Promise<unknown>, action: { name?: string }) {
		const { name = "" } = action;
		if (name.startsWith("$") || unseen.has(name)) return next;
		return (ctx: Context) => {
			if (!sink) return next(ctx);
			const { id, requestID, parentID, nodeID, broker } = ctx;
			const kind = nodeID && nodeID !== broker.nodeID ? "server" : "internal";
			const parentId = parentID ?? null;
			const span = { traceId: requestID ?? id, id, parentId, name, kind, attributes: {} } as const;
			return recorded(
				sink,
				span,
				() => next(ctx),
				() => "",
			);
		};
	},
};
