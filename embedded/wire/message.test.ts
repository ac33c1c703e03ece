import { describe, expect, it } from "vitest";
import { encode } from "../bson/encode.ts";
import { MalformedMessage, readMessage, writeReply } from "./message.ts";

const body = encode({ insert: "orders", $db: "shop" });
const document = encode({ _id: 1 });

function message(flags: number, ...sections: Buffer[]): Buffer {
	const bytes = Buffer.concat([Buffer.alloc(20), ...sections]);
	bytes.writeInt32LE(bytes.length, 0);
	bytes.writeInt32LE(42, 4);
	bytes.writeInt32LE(2013, 12);
	bytes.writeUInt32LE(flags, 16);
	return bytes;
}

const bodySection = Buffer.concat([Buffer.from([0]), body]);

function sequence(name: string, ...documents: Buffer[]): Buffer {
	const content = Buffer.concat([Buffer.alloc(4), Buffer.from(`${name}\0`), ...documents]);
	content.writeInt32LE(content.length, 0);
	return Buffer.concat([Buffer.from([1]), content]);
}

describe("readMessage", () => {
	it("reads the body and the sequences beside it", () => {
		const read = readMessage(message(0, sequence("documents", document, document), bodySection));
		expect(read).toMatchObject({ requestId: 42, body, unanswered: false });
		expect(read.sequences.get("documents")).toEqual([document, document]);
	});

	it("sees that nobody waits for an answer", () => {
		expect(readMessage(message(2, bodySection)).unanswered).toBe(true);
	});

	it.each<[string, Buffer]>([
		["no section", message(0)],
		["no body", message(0, sequence("documents", document))],
		["two bodies", message(0, bodySection, bodySection)],
		["an unknown kind of section", message(0, Buffer.from([2, 5, 0, 0, 0, 0]))],
		["an unknown required flag", message(4, bodySection)],
		["a checksum", message(1, bodySection)],
		["a body longer than the message", message(0, Buffer.from([0, 99, 0, 0, 0, 0]))],
		["a body shorter than its header", message(0, Buffer.from([0, 1, 0, 0, 0, 0]))],
		["a sequence cut short", message(0, sequence("documents", document.subarray(0, 6)), bodySection)],
	])("refuses a message with %s", (_, bytes) => {
		expect(() => readMessage(bytes)).toThrow(MalformedMessage);
	});
});

describe("writeReply", () => {
	it("answers in the form the question came in", () => {
		const modern = readMessage(message(0, bodySection));
		const reply = writeReply(modern, document);
		expect([reply.readInt32LE(8), reply.readInt32LE(12)]).toEqual([42, 2013]);
		expect(reply.subarray(21)).toEqual(document);
		const legacy = writeReply({ ...modern, legacyNamespace: "admin.$cmd" }, document);
		expect(legacy.readInt32LE(12)).toBe(1);
		expect(legacy.subarray(36)).toEqual(document);
	});
});
