import { type Context, ServiceBroker, type ServiceSchema } from "moleculer";
import { afterEach, describe, expect, it } from "vitest";
import brokerOptions from "../moleculer.config.ts";
import { type Collector, spansOf, startCollector, type Taken } from "./otlp.testbed.ts";
import { startExporter } from "./otlp.ts";
import { sendSpans, spanMiddleware, spanned } from "./spans.ts";
import { traceMiddleware, traceOf, underTrace } from "./trace.ts";

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	sendSpans(null);
	for (const end of ends.splice(0).reverse()) await end();
});

const order: ServiceSchema = {
	name: "order",
	actions: {
		save: (ctx: Context<{ receiver: string }>) => ctx.call("sku.match", ctx.params),
	},
};
const sku: ServiceSchema = {
	name: "sku",
	actions: {
		match: () =>
			spanned({ name: "GET erp.test", kind: "client", attributes: { "server.address": "erp.test" } }, async () => 1),
		fail: () => Promise.reject(Object.assign(new Error("canary in a message"), { type: "CONFLICT" })),
	},
};

/** Two processes that hear each other inside this one. */
async function start(): Promise<{ broker: ServiceBroker; receiver: Collector; flush(): Promise<void> }> {
	const receiver = await startCollector();
	ends.push(() => receiver.stop());
	const made = [order, sku].map((schema) => {
		const middlewares = [traceMiddleware, spanMiddleware];
		const options = { ...brokerOptions, middlewares, nodeID: schema.name, transporter: "Fake", logger: false } as const;
		const broker = new ServiceBroker(options);
		broker.createService(schema);
		ends.push(() => broker.stop());
		return broker;
	});
	const [broker] = made as [ServiceBroker];
	await Promise.all(made.map((each) => each.start()));
	await broker.waitForServices("sku");
	const exporter = startExporter({ url: `${receiver.url}/`, headers: { "api-key": "k" } }, broker);
	ends.push(() => exporter.stop());
	sendSpans(exporter.add);
	return { broker, receiver, flush: () => exporter.stop() };
}

describe("spans of the hub", () => {
	it("reach an OpenTelemetry collector in its own form, each with its parent, whatever process it was in", async () => {
		const { broker, receiver, flush } = await start();
		const traceId = traceOf("jd:s1:1");
		await broker.call("order.save", { receiver: "canary" }, { requestID: traceId });
		await flush();
		const spans = spansOf(receiver);
		expect(spans.map(({ name, kind }) => [name, kind])).toEqual([
			["GET erp.test", 3],
			["sku.match", 2],
			["order.save", 1],
		]);
		const [outside, match, save] = spans as [Taken, Taken, Taken];
		expect(save).not.toHaveProperty("parentSpanId");
		expect([match.parentSpanId, outside.parentSpanId]).toEqual([save.spanId, match.spanId]);
		for (const span of spans) {
			expect(span.traceId).toBe(traceId);
			expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
			expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano)).toBe(true);
			expect(Math.abs(Number(BigInt(span.startTimeUnixNano) / 1_000_000n) - Date.now())).toBeLessThan(60_000);
			expect(span.status).toEqual({});
		}
		expect(outside.attributes).toEqual([{ key: "server.address", value: { stringValue: "erp.test" } }]);
		expect(receiver.headers[0]).toMatchObject({ "content-type": "application/json", "api-key": "k" });
		expect(receiver.bodies[0]?.resourceSpans[0]?.resource).toEqual({
			attributes: [
				{ key: "service.name", value: { stringValue: "order-hub" } },
				{ key: "service.instance.id", value: { stringValue: "order" } },
			],
		});
		expect(JSON.stringify(receiver.bodies)).not.toContain("canary");
	});

	it("say what failed by its type, without its words", async () => {
		const { broker, receiver, flush } = await start();
		await expect(broker.call("sku.fail")).rejects.toThrow();
		await flush();
		expect(spansOf(receiver)).toMatchObject([
			{
				name: "sku.fail",
				traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
				attributes: [{ key: "error.type", value: { stringValue: "CONFLICT" } }],
				status: { code: 2, message: "CONFLICT" },
			},
		]);
		expect(JSON.stringify(receiver.bodies)).not.toContain("canary");
	});

	it("join the calls of a loop to the work they are made for", async () => {
		const { broker, receiver, flush } = await start();
		await underTrace("11111111-1111-4111-8111-111111111111", () =>
			spanned({ name: "flow a", kind: "consumer", attributes: {} }, () => broker.call("sku.match")),
		);
		await flush();
		const [, match, flow] = spansOf(receiver) as [Taken, Taken, Taken];
		expect(match.parentSpanId).toBe(flow.spanId);
		expect([match.traceId, flow.traceId]).toEqual(Array(2).fill("11111111111141118111111111111111"));
	});

	it("are dropped when the collector does not take them, and the work goes on", async () => {
		const { broker, receiver, flush } = await start();
		receiver.status = 503;
		expect(await broker.call("order.save", {})).toBe(1);
		await flush();
		expect(receiver.bodies).toHaveLength(1);
	});

	it("are not recorded where nobody wants them", async () => {
		const { broker, receiver, flush } = await start();
		sendSpans(null);
		await broker.call("order.save", {});
		await flush();
		expect(receiver.bodies).toEqual([]);
	});
});
