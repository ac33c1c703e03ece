import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type RunningSandbox, runSandbox, until } from "../../testing/running.ts";
import { messageUrl } from "./test-client.ts";

let sandbox: RunningSandbox;
const open: WebSocket[] = [];
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterEach(() => {
	for (const socket of open.splice(0)) socket.terminate();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("POST", "reset", { seed: 1 });
});

interface Message {
	id: number;
	commandType: string;
	time: number;
	sendTime: number;
	message: { type: string; mallID: number; content: string };
}

/** A client and all it was sent. */
function connect(url = messageUrl(sandbox.url)): { socket: WebSocket; frames: Message[]; closed: Promise<unknown> } {
	const socket = new WebSocket(url);
	open.push(socket);
	const frames: Message[] = [];
	socket.on("message", (frame: Buffer) => frames.push(JSON.parse(frame.toString()) as Message));
	return { socket, frames, closed: new Promise((resolve) => socket.once("close", resolve)) };
}
const received = (frames: Message[], count: number) =>
	until(
		async () => frames.length,
		(length) => length >= count,
	);
const ack = ({ id, time, sendTime, message: { type, mallID } }: Message, changes: object = {}): string =>
	JSON.stringify({ id, commandType: "Ack", time, sendTime, type, mallID, ...changes });
const counts = async () =>
	(await sandbox.control<Record<string, { messages: object }>>("GET", "counters")).pdd?.messages;

describe("the message server", () => {
	it.each([
		["a wrong secret", () => messageUrl(sandbox.url, "wrong")],
		["a clock 11 minutes late", () => messageUrl(sandbox.url, undefined, Date.now() - 660_000)],
	])("sends away who comes with %s", async (_what, url) => {
		const { frames, closed } = connect(url());
		await closed;
		expect(frames).toMatchObject([{ commandType: "Fail" }]);
	});

	it("tells of what happens, in the platform's words", async () => {
		const { frames } = connect();
		const [order = ""] = await sandbox.place({ count: 1 }, "pdd");
		await sandbox.place({ count: 1, paid: false }, "pdd"); // nobody is told of it
		await sandbox.act(order, { action: "change-address" }, "pdd");
		await sandbox.act(order, { action: "request-refund" }, "pdd");
		await received(frames, 3);
		expect(frames.map(({ message }) => message.type)).toEqual([
			"pdd_trade_TradeConfirmed",
			"pdd_trade_TradeLogisticsAddressChanged",
			"pdd_refund_RefundCreated",
		]);
		const contents = frames.map(({ message }) => JSON.parse(message.content) as object);
		expect(contents[0]).toEqual({ mall_id: 1000001, tid: order });
		expect(contents[2]).toMatchObject({ tid: order, refund_id: expect.any(Number), refund_fee: expect.any(Number) });
	});

	it("sends again what was not acknowledged, and only that", async () => {
		await sandbox.place({ count: 3 }, "pdd");
		const first = connect();
		await received(first.frames, 3);
		const [taken, , last] = first.frames;
		if (!taken || !last) throw new Error("no messages");
		first.socket.send(ack(taken));
		first.socket.send(ack(last, { time: 1 })); // not what the message said of itself
		await until(counts, (messages) => JSON.stringify(messages) === '{"sent":3,"acked":1,"refused":1}');
		first.socket.close();
		await first.closed;
		const second = connect();
		await received(second.frames, 2);
		expect(second.frames.map(({ id }) => id)).toEqual(first.frames.slice(1).map(({ id }) => id));
	});

	it("sends no more than a client keeps up with", async () => {
		await sandbox.place({ count: 60 }, "pdd");
		const { socket, frames } = connect();
		await received(frames, 50);
		expect(await counts()).toMatchObject({ sent: 50 });
		for (const frame of [...frames]) socket.send(ack(frame));
		await received(frames, 60);
	});

	it("answers heart beats", async () => {
		const { socket, frames } = connect();
		await new Promise((resolve) => socket.once("open", resolve));
		socket.send(JSON.stringify({ id: 0, commandType: "HeartBeat", time: Date.now() }));
		await received(frames, 1);
		expect(frames[0]).toMatchObject({ id: 0, commandType: "HeartBeat" });
	});
});
