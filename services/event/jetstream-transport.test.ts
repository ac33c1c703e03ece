import { randomBytes } from "node:crypto";
import { connect } from "nats";
import { afterAll, inject } from "vitest";
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

transportContract("JetStream", () => new JetStreamTransport(url, stream));
