import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestbed, type Testbed } from "./testbed.ts";

let bed: Testbed;
beforeAll(async () => {
	bed = await startTestbed();
});
afterAll(() => bed.stop());

const everyMs = 400;
const many = 20;

/** Sends a start, then a byte now and then, for ever. Returns what it heard when the hub has had enough. */
function sendSlowly(start: string): Promise<string> {
	const { promise, resolve } = Promise.withResolvers<string>();
	const chunks: Buffer[] = [];
	const socket = connect(Number(new URL(bed.url).port), "127.0.0.1", () => socket.write(start));
	const timer = setInterval(() => socket.write("x"), everyMs);
	socket.on("data", (chunk: Buffer) => chunks.push(chunk));
	socket.on("error", () => socket.destroy());
	socket.on("close", () => {
		clearInterval(timer);
		resolve(Buffer.concat(chunks).toString());
	});
	return promise;
}

const head = "POST /api/v1/auth/login HTTP/1.1\r\nhost: hub\r\n";

describe("clients that send a byte now and then", () => {
	it("are hung up on, and others are served meanwhile", async () => {
		const inHeaders = Array.from({ length: many }, () => sendSlowly(`${head}x-slow: `));
		const inBody = Array.from({ length: many }, () =>
			sendSlowly(`${head}content-type: application/json\r\ncontent-length: 100000\r\n\r\n{"username":"`),
		);
		expect((await fetch(`${bed.url}/healthz`)).status).toBe(200);
		for (const heard of await Promise.all([...inHeaders, ...inBody])) expect(heard).toMatch(/^HTTP\/1\.1 408 /);
	}, 60_000);
});
