import { registry } from "../../mixins/registry.ts";

export interface ProcessState {
	since: string; // ISO
	memoryBytes: number; // resident
	cpuSec: number; // used since its start
	eventLoopMs: number | null; // how late its timers are, 99 of 100; null: not measured yet
}

export async function processState(): Promise<ProcessState> {
	const lag = await registry.getSingleMetric("nodejs_eventloop_lag_p99_seconds")?.get();
	const seconds = lag?.values[0]?.value;
	const { user, system } = process.cpuUsage();
	return {
		since: new Date(performance.timeOrigin).toISOString(),
		memoryBytes: process.memoryUsage.rss(),
		cpuSec: (user + system) / 1_000_000,
		eventLoopMs: seconds === undefined || Number.isNaN(seconds) ? null : seconds * 1_000,
	};
}
