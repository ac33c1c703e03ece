/** What a Prometheus server reads at /metrics. Source: Prometheus text exposition format 0.0.4. */
import { STATUS_CODES } from "node:http";

const bucketsSec = [0.005, 0.02, 0.1, 0.5, 2, 10] as const;

export interface HttpMetrics {
	/** `pattern`: the route's, never an address with ids, or every order would become a series. */
	observe(method: string, pattern: string, status: number, seconds: number): void;
	text(): string;
}

export function httpMetrics(): HttpMetrics {
	const requests = new Map<string, number>();
	const durations = new Map<string, { counts: number[]; sum: number }>();

	return {
		observe(method, pattern, status, seconds) {
			const labels = `method="${method}",route="${pattern}"`;
			const request = `${labels},status="${status in STATUS_CODES ? status : 0}"`;
			requests.set(request, (requests.get(request) ?? 0) + 1);
			const duration = durations.get(labels) ?? { counts: [...bucketsSec, 0].map(() => 0), sum: 0 };
			const at = bucketsSec.findIndex((bound) => seconds <= bound);
			const slot = at < 0 ? bucketsSec.length : at;
			duration.counts[slot] = (duration.counts[slot] ?? 0) + 1;
			duration.sum += seconds;
			durations.set(labels, duration);
		},
		text() {
			const lines = [
				"# TYPE hub_http_requests_total counter",
				...[...requests].map(([labels, count]) => `hub_http_requests_total{${labels}} ${count}`),
				"# TYPE hub_http_request_seconds histogram",
				...[...durations].flatMap(([labels, duration]) => histogram("hub_http_request_seconds", labels, duration)),
				...processLines(),
			];
			return `${lines.join("\n")}\n`;
		},
	};
}

function histogram(name: string, labels: string, { counts, sum }: { counts: number[]; sum: number }): string[] {
	let total = 0;
	const buckets = [...bucketsSec, "+Inf"].map((bound, slot) => {
		total += counts[slot] ?? 0;
		return `${name}_bucket{${labels},le="${bound}"} ${total}`;
	});
	return [...buckets, `${name}_sum{${labels}} ${sum}`, `${name}_count{${labels}} ${total}`];
}

function processLines(): string[] {
	const { user, system } = process.cpuUsage(); // microseconds
	const { rss, heapUsed } = process.memoryUsage();
	const startedAt = (Date.now() / 1_000 - process.uptime()).toFixed(3);
	return [
		...["# TYPE process_cpu_seconds_total counter", `process_cpu_seconds_total ${(user + system) / 1e6}`],
		...["# TYPE process_resident_memory_bytes gauge", `process_resident_memory_bytes ${rss}`],
		...["# TYPE nodejs_heap_used_bytes gauge", `nodejs_heap_used_bytes ${heapUsed}`],
		...["# TYPE process_start_time_seconds gauge", `process_start_time_seconds ${startedAt}`],
	];
}
