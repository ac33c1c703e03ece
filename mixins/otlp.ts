/**
 * Spans to an OpenTelemetry collector, by OTLP/HTTP with JSON. Best effort: spans of a collector that does not answer are
 * dropped, and the hub's work never waits for it. Source: OpenTelemetry Protocol 1.x, opentelemetry.io/docs/specs/otlp:
 * ids in hex, 64-bit integers as text, enumerations as numbers.
 */
import { createHash } from "node:crypto";
import type { ServiceBroker } from "moleculer";
import type { HubSpan } from "./spans.ts";

export interface Collector {
	url: string; // of the collector; spans go to /v1/traces below it
	headers: Readonly<Record<string, string>>;
}

const kinds = { internal: 1, server: 2, client: 3, consumer: 5 } as const;
const flushEveryMs = 2_000;
const mostAtOnce = 500;
const mostWaiting = 10_000;
const patienceMs = 10_000;

export interface Exporter {
	add(span: HubSpan): void;
	/** Sends what waits, and no more after that. */
	stop(): Promise<void>;
}

export function startExporter({ url, headers }: Collector, broker: ServiceBroker): Exporter {
	const logger = broker.getLogger("otlp");
	let waiting: HubSpan[] = [];
	let dropped = 0;
	let running = Promise.resolve();
	const timer = setInterval(flush, flushEveryMs).unref();

	function flush(): Promise<void> {
		running = running.then(async () => {
			while (waiting.length) {
				const part = waiting.slice(0, mostAtOnce);
				waiting = waiting.slice(mostAtOnce);
				const problem = await post(part);
				if (problem) {
					logger.warn("spans dropped", { spans: part.length + waiting.length + dropped, reason: problem });
					waiting = [];
					dropped = 0;
				}
			}
		});
		return running;
	}

	/** Returns "" when they were taken. */
	async function post(spans: readonly HubSpan[]): Promise<string> {
		try {
			const answer = await fetch(`${url.replace(/\/+$/, "")}/v1/traces`, {
				method: "POST",
				headers: { ...headers, "content-type": "application/json" },
				body: JSON.stringify(requestOf(spans, broker.nodeID)),
				redirect: "error",
				signal: AbortSignal.timeout(patienceMs),
			});
			await answer.body?.cancel();
			return answer.ok ? "" : `http ${answer.status}`;
		} catch (err) {
			const { name, cause } = err as Error & { cause?: { code?: string } };
			return cause?.code ?? name;
		}
	}

	return {
		add(span) {
			if (waiting.length < mostWaiting) waiting.push(span);
			else dropped += 1;
		},
		stop() {
			clearInterval(timer);
			return flush();
		},
	};
}

function requestOf(spans: readonly HubSpan[], process: string): object {
	const resource = { attributes: attributesOf({ "service.name": "order-hub", "service.instance.id": process }) };
	return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "order-hub" }, spans: spans.map(spanOf) }] }] };
}

const spanOf = ({ traceId, id, parentId, name, kind, startMs, endMs, attributes, error }: HubSpan): object => ({
	traceId: hex(traceId, 32),
	spanId: hex(id, 16),
	...(parentId && { parentSpanId: hex(parentId, 16) }),
	name,
	kind: kinds[kind],
	startTimeUnixNano: nano(startMs),
	endTimeUnixNano: nano(endMs),
	attributes: attributesOf(error ? { ...attributes, "error.type": error } : attributes),
	status: error ? { code: 2, message: error } : {},
});

const attributesOf = (attributes: Record<string, string>): object[] =>
	Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }));

const nano = (ms: number): string => String(BigInt(Math.round(ms * 1_000)) * 1_000n);

/** An id that is hex of that length, dashes left out, stays itself, so that it is found by the one in the log. */
function hex(id: string, digits: number): string {
	const plain = id.replaceAll("-", "").toLowerCase();
	if (plain.length === digits && /^[0-9a-f]+$/.test(plain) && /[1-9a-f]/.test(plain)) return plain;
	return createHash("sha256").update(id).digest("hex").slice(0, digits);
}
