import { randomBytes } from "node:crypto";
import { connect } from "nats";
import { afterAll, expect, inject, it } from "vitest";
import { JetStreamTransport } from "./jetstream-transport.ts";
import { transportContract } from "./transport.contract.ts";

const url = inject("natsUrl");
const stream = `TEST_${randomBytes(6).toString("hex")}`;

afterAll(async () => {
	const connection = await connect({ servers: url });
	const manager = await connection.jetstreamManager();
	await manager.streams.delete(stream);
	await connection.close();
});

it("says that NATS lost its data, and goes on once its consumers are there again", async () => {
	const own = `${stream}_LOST`;
	const transport = new JetStreamTransport(url, own);
	await transport.start();
	const connection = await connect({ servers: url });
	const manager = await connection.jetstreamManager();
	try {
		const spec = { name: "c", subjects: ["hub.lost.made"], ackWaitMs: 30_000, maxAttempts: 5, backoffMs: [100] };
		const event = { id: "lost-1", subject: "hub.lost.made", at: "", traceId: "", body: {} };
		await transport.subscribe(spec);
		await manager.streams.delete(own);
		await expect(transport.publish([event])).rejects.toThrow();
		await expect(transport.fetch(spec, 1, 200)).rejects.toThrow("says nothing");
		await transport.subscribe(spec);
		await transport.publish([event]);
		expect(await transport.fetch(spec, 1, 5_000)).toMatchObject([{ event }]);
	} finally {
		await manager.streams.delete(own);
		await connection.close();
		await transport.stop();
	}
});

it("hands out no more at once than one message between processes can carry", async () => {
	const own = `${stream}_LARGE`;
	const transport = new JetStreamTransport(url, own);
	await transport.start();
	const connection = await connect({ servers: url });
	try {
		const spec = { name: "c", subjects: ["hub.large.made"], ackWaitMs: 30_000, maxAttempts: 5, backoffMs: [100] };
		const event = (id: string, bytes: number) => ({
			id,
			subject: "hub.large.made",
			at: "",
			traceId: "",
			body: { text: "x".repeat(bytes) },
		});
		await transport.subscribe(spec);
		const sizes = [200_000, 200_000, 200_000, 200_000, 200_000, 200_000, 950_000, 200_000];
		for (const [i, bytes] of sizes.entries()) await transport.publish([event(`large-${i}`, bytes)]);
		const taken: string[] = [];
		while (taken.length < sizes.length) {
			const deliveries = await transport.fetch(spec, 16, 1_000);
			expect(JSON.stringify(deliveries).length).toBeLessThan(1_000_000);
			expect(deliveries.every(({ attempt }) => attempt === 1)).toBe(true);
			taken.push(...deliveries.map(({ event: { id } }) => id));
		}
		expect(taken).toEqual(sizes.map((_, i) => `large-${i}`));
	} finally {
		await (await connection.jetstreamManager()).streams.delete(own);
		await connection.close();
		await transport.stop();
	}
});

transportContract("JetStream", () => new JetStreamTransport(url, stream));
