import type { ServiceSchema } from "moleculer";
import { collectDefaultMetrics } from "prom-client";
import { registry } from "../../mixins/registry.ts";
import { processState } from "./process-state.ts";

let collecting = false;

/** metrics: what a process counts of itself. It runs in every process, whatever its other services are. */
const MetricsService: ServiceSchema = {
	name: "metrics",
	actions: {
		/** Returns {text}: the process's own samples. Asked of each process by itself. */
		read: {
			visibility: "public", // by the gateway
			params: { $$strict: true },
			handler: async () => ({ text: await registry.metrics() }),
		},
		/** A ProcessState. Asked of each process by itself. */
		state: { visibility: "public", params: { $$strict: true }, handler: () => processState() },
	},
	async started() {
		registry.setDefaultLabels({ process: this.broker.nodeID });
		if (collecting) return;
		collecting = true;
		collectDefaultMetrics({ register: registry }); // event loop, memory, CPU, garbage collection
	},
};

export default MetricsService;
