/** What machines ask about the gateway itself. No token, and nothing about orders in the answers. */
import type { ServerResponse } from "node:http";
import type { Step } from "./gateway.ts";
import type { HttpMetrics } from "./metrics.ts";
import { readiness } from "./readiness.ts";

export const probes = (metrics: HttpMetrics): Record<string, Step> => ({
	/** The process is alive. */
	"GET healthz": async (_req, res) => answer(res, 200, { alive: true }),
	/** Every route can be answered. */
	"GET readyz": async function (_req, res) {
		const state = await readiness(this.broker);
		return answer(res, state.ready ? 200 : 503, state);
	},
	"GET metrics": async (_req, res) => {
		res.setHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
		res.end(metrics.text());
		return true;
	},
});

function answer(res: ServerResponse, status: number, body: object): boolean {
	res.writeHead(status, { "Content-Type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
	return true;
}
