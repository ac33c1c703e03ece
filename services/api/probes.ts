/** What machines ask about the gateway itself. No token, and nothing about orders in the answers. */
import type { ServerResponse } from "node:http";
import { gatherer } from "./figures.ts";
import type { Step } from "./gateway.ts";
import { readiness } from "./readiness.ts";

const metricsOf = gatherer();

export const probes: Record<string, Step> = {
	/** The process is alive. */
	"GET healthz": async (_req, res) => answer(res, 200, { alive: true }),
	/** Every route can be answered. */
	"GET readyz": async function (_req, res) {
		const state = await readiness(this.broker);
		return answer(res, state.ready ? 200 : 503, state);
	},
	/** What a Prometheus server reads. */
	"GET metrics": async function (_req, res) {
		const text = await metricsOf(this.broker);
		res.setHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
		res.end(text);
		return true;
	},
};

function answer(res: ServerResponse, status: number, body: object): boolean {
	res.writeHead(status, { "Content-Type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
	return true;
}
