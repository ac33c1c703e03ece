import { STATUS_CODES } from "node:http";
import { Counter, Histogram } from "prom-client";
import { registry } from "../../mixins/registry.ts";

const requests = new Counter({
	name: "hub_http_requests_total",
	help: "Answers of the gateway",
	labelNames: ["method", "route", "status"] as const,
	registers: [registry],
});
const seconds = new Histogram({
	name: "hub_http_request_seconds",
	help: "How long the gateway took for an answer",
	labelNames: ["method", "route"] as const,
	buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
	registers: [registry],
});

/** `route`: its pattern, never an address with ids, or every order would become a series. */
export function observeRequest(method: string, route: string, status: number, tookSec: number): void {
	requests.inc({ method, route, status: status in STATUS_CODES ? status : 0 });
	seconds.observe({ method, route }, tookSec);
}
