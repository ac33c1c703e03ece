import { ServiceBroker, type ServiceSchema } from "moleculer";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Figure } from "../../mixins/figure.ts";
import brokerOptions from "../../moleculer.config.ts";
import MetricsService from "../metrics/metrics.service.ts";
import { merged } from "./exposition.ts";
import { gatherer } from "./figures.ts";

const brokers: ServiceBroker[] = [];
afterEach(async () => {
	await Promise.all(brokers.splice(0).map((broker) => broker.stop()));
});

/** Processes that hear each other inside this one. */
async function start(nodeID: string, ...schemas: ServiceSchema[]): Promise<ServiceBroker> {
	const broker = new ServiceBroker({ ...brokerOptions, nodeID, transporter: "Fake", logger: false });
	for (const schema of schemas) broker.createService(schema);
	brokers.push(broker);
	await broker.start();
	return broker;
}

const lag: Figure = {
	name: "hub_pull_lag_seconds",
	help: "how far behind",
	samples: [
		{ labels: { shop: 'a "b"', kind: "orders" }, value: 12.5 },
		{ labels: { shop: "c", kind: "orders" }, value: 0 },
	],
};
let asked = 0;
const pull: ServiceSchema = {
	name: "pull",
	actions: {
		figures() {
			asked += 1;
			return [lag];
		},
	},
};

describe("/metrics", () => {
	it("holds the figures of services, and says which do not answer", async () => {
		const text = await gatherer()(await start("front", MetricsService, pull));
		expect(text).toContain('hub_pull_lag_seconds{shop="a \\"b\\"",kind="orders"} 12.5\n');
		expect(text).toContain('hub_pull_lag_seconds{shop="c",kind="orders"} 0\n');
		expect(text).toContain('hub_figures_up{service="pull"} 1\n');
		expect(text).toContain('hub_figures_up{service="erp"} 0\n');
	});

	it("holds what each process counted, and says which is silent", async () => {
		const silent: ServiceSchema = { name: "metrics", actions: { read: () => new Promise(() => {}) } };
		const front = await start("front", MetricsService, pull);
		await start("back", { name: "metrics", actions: { read: () => ({ text: "# HELP x y\n# TYPE x gauge\nx 1\n" }) } });
		await start("stuck", silent);
		let text = "";
		// They hear of each other a little after each has started.
		await vi.waitFor(
			async () => {
				text = await gatherer()(front);
				for (const process of ["back", "stuck"]) expect(text).toContain(`hub_process_up{process="${process}"}`);
			},
			{ timeout: 15_000 },
		);
		expect(text).toContain('hub_process_up{process="front"} 1\n');
		expect(text).toContain('hub_process_up{process="back"} 1\n');
		expect(text).toContain('hub_process_up{process="stuck"} 0\n');
		expect(text).toContain("\nx 1\n");
		expect(text).toMatch(/\nnodejs_eventloop_lag_p99_seconds\{process="front"\} \d/);
		expect(text).toMatch(/\nprocess_resident_memory_bytes\{process="front"\} \d/);
	});

	it("counts the store once, however many ask at a time", async () => {
		const front = await start("front", pull);
		const gather = gatherer();
		asked = 0;
		await Promise.all(Array.from({ length: 20 }, () => gather(front)));
		expect(asked).toBe(1);
	});
});

describe("the texts of several processes", () => {
	it("become one in which a name stands once with all its samples", () => {
		const one = '# HELP a the a\n# TYPE a gauge\na{p="1"} 1\n\n# HELP b the b\n# TYPE b counter\nb 5\n';
		const two = '# HELP a the a\n# TYPE a gauge\na{p="2"} 2\n';
		expect(merged([one, two])).toBe(
			'# HELP a the a\n# TYPE a gauge\na{p="1"} 1\na{p="2"} 2\n\n# HELP b the b\n# TYPE b counter\nb 5\n',
		);
	});
});
