import { randomUUID } from "node:crypto";
import { type Context, ServiceBroker, type ServiceSchema } from "moleculer";
import { Schema } from "mongoose";
import { afterAll, beforeAll, expect, inject, it, vi } from "vitest";
import brokerOptions from "../moleculer.config.ts";
import { database, ownsModels } from "./database.ts";
import type { HubEvent } from "./event.ts";
import { outbox, outboxField, outboxIndex, type Pending, pending } from "./outbox.ts";

interface Note {
	_id: string;
	outbox: Pending[];
}

const schema = new Schema<Note>({ _id: String, outbox: outboxField }, { strict: "throw", versionKey: false });
schema.index(...outboxIndex);
const NoteModel = database.model("outbox-test", schema, "outbox_tests");

/** Two processes on NATS, as in production: what is published is a message between them. */
const namespace = `outbox-${randomUUID()}`;
const node = (...schemas: ServiceSchema[]): ServiceBroker => {
	const transporter = { type: "NATS" as const, options: { servers: [new URL(inject("natsUrl")).host] } };
	const broker = new ServiceBroker({ ...brokerOptions, namespace, nodeID: randomUUID(), logger: false, transporter });
	for (const schema of schemas) broker.createService(schema);
	return broker;
};

const published: string[] = [];
const events = node({
	name: "event",
	actions: {
		publish: (ctx: Context<{ events: HubEvent[] }>) => void published.push(...ctx.params.events.map(({ id }) => id)),
	},
});
const notes = node({ name: "note", mixins: [outbox(NoteModel), ownsModels(NoteModel)] });

beforeAll(async () => {
	await events.start();
	await notes.start();
});
afterAll(async () => {
	await notes.stop();
	await events.stop();
});

const note = (id: string, bytes: number): Note => ({
	_id: id,
	outbox: [pending("hub.note.made", { text: "x".repeat(bytes) }, "", id)],
});

it("carries a backlog larger than one message, and what fits into none holds up nothing else", async () => {
	const ids = Array.from({ length: 30 }, (_, i) => `note-${i}`);
	await NoteModel.insertMany([note("too-large", 1_200_000), ...ids.map((id) => note(id, 60_000))]);
	await vi.waitFor(() => expect(new Set(published)).toEqual(new Set(ids)), { timeout: 15_000 });
	await vi.waitFor(async () =>
		expect(await NoteModel.distinct("_id", { "outbox.id": { $exists: true } })).toEqual(["too-large"]),
	);
});
