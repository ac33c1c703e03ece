/** An OpenTelemetry collector that keeps what it is sent. For tests. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Taken {
	traceId: string;
	spanId: string;
	parentSpanId?: string;
	name: string;
	kind: number;
	startTimeUnixNano: string;
	endTimeUnixNano: string;
	attributes: { key: string; value: { stringValue: string } }[];
	status: { code?: number; message?: string };
}
export interface Collector {
	url: string;
	headers: Record<string, unknown>[];
	bodies: { resourceSpans: { resource: object; scopeSpans: { scope: object; spans: Taken[] }[] }[] }[];
	status: number;
	stop(): Promise<void>;
}

export async function startCollector(): Promise<Collector> {
	const server = createServer(async (req, res) => {
		let text = "";
		for await (const chunk of req) text += chunk;
		if (req.method === "POST" && req.url === "/v1/traces") {
			collector.headers.push(req.headers);
			collector.bodies.push(JSON.parse(text) as Collector["bodies"][number]);
		}
		res.writeHead(collector.status, { "content-type": "application/json" }).end("{}");
	}).listen(0, "127.0.0.1");
	await once(server, "listening");
	const collector: Collector = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		headers: [],
		bodies: [],
		status: 200,
		async stop() {
			server.close();
			server.closeAllConnections();
			await once(server, "close");
		},
	};
	return collector;
}
export const spansOf = ({ bodies }: Collector): Taken[] =>
	bodies.flatMap(({ resourceSpans }) => resourceSpans.flatMap((each) => each.scopeSpans.flatMap(({ spans }) => spans)));
