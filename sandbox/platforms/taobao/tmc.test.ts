import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type RunningSandbox, runSandbox, until } from "../../testing/running.ts";
import { demoShops } from "./demo-shop.ts";
import { sign } from "./sign.ts";
import { type FrameValue, readFrame, type TmcFrame, writeFrame } from "./tmc-frame.ts";

const [shop] = demoShops;
if (!shop) throw new Error("no demo shop");
const { key, secret } = shop.app;

let sandbox: RunningSandbox;
const open = new Set<WebSocket>();
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("POST", "reset", {});
});
afterEach(() => {
	for (const socket of open) socket.terminate();
	open.clear();
});

const texts = (values: Record<string, string>) =>
	new Map(Object.entries(values).map(([name, value]): [string, FrameValue] => [name, { format: "string", value }]));

/** A client as the platform's SDK is one, but for `changes` to its connect headers after signing. */
class Client {
	readonly frames: TmcFrame[] = [];
	closed = false;
	readonly #socket: WebSocket;

	constructor(socket: WebSocket) {
		this.#socket = socket;
		socket.on("message", (bytes: Buffer) => this.frames.push(readFrame(bytes)));
		socket.on("close", () => {
			this.closed = true;
		});
	}

	static async connect(changes: Record<string, string> = {}, ageMs = 0): Promise<Client> {
		const socket = new WebSocket(`${sandbox.url.replace("http", "ws")}/taobao/tmc`);
		open.add(socket);
		const client = new Client(socket);
		await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
		const signed = { app_key: key, group_name: "default", timestamp: String(Date.now() - ageMs) };
		const headers = { ...signed, sign: sign(new Map(Object.entries(signed)), secret, "md5"), sdk: "test", ...changes };
		socket.send(writeFrame({ type: 0, token: "", status: 0, phrase: "", headers: texts(headers) }));
		await until(
			async () => client.frames.length,
			(count) => count > 0,
		);
		return client;
	}

	get token(): string {
		return this.frames[0]?.token ?? "";
	}

	send(kind: number, id?: string, token = this.token): void {
		const headers = new Map<string, FrameValue>([["__kind", { format: "byte", value: kind }]]);
		if (id) headers.set("id", { format: "int64", value: BigInt(id) });
		this.#socket.send(writeFrame({ type: 2, token, status: 0, phrase: "", headers }));
	}

	/** Waits until so many messages have come; a closed one is done. */
	async messages(count: number): Promise<{ id: string; topic: string; content: string }[]> {
		const data = () => this.frames.filter(({ headers }) => headers.get("__kind")?.value === 3);
		await until(
			async () => data().length,
			(length) => length >= count,
		);
		return data().map(({ token, headers }) => {
			expect(token).toBe(this.token);
			const content = headers.get("content");
			const text = content?.format === "bytes" ? gunzipSync(content.value).toString() : String(content?.value);
			return { id: String(headers.get("id")?.value), topic: String(headers.get("topic")?.value), content: text };
		});
	}

	end(): void {
		this.#socket.terminate();
	}
}

const counts = async () => {
	type Counts = { refusedSignatures: number; messages: { sent: number; acked: number; refused: number } };
	const counters = await sandbox.control<Record<string, Counts>>("GET", "counters");
	return counters.taobao;
};

describe("TMC", () => {
	it.each<[string, Record<string, string>, number?]>([
		["an unknown app", { app_key: "1" }],
		["another signature", { sign: "0".repeat(32) }],
		["another group", { group_name: "mine" }],
		["a time that is not the signed one", { timestamp: String(Date.now() - 1_000) }],
		["an old time", {}, 660_000],
	])("refuses %s and hangs up", async (_, changes, ageMs) => {
		const client = await Client.connect(changes, ageMs);
		expect(client.frames[0]).toMatchObject({ type: 1, token: "", status: 401 });
		await until(
			async () => client.closed,
			(closed) => closed,
		);
		expect((await counts())?.refusedSignatures).toBe(1);
	});

	it("sends what waits when it is asked, and what happens then at once", async () => {
		const [tid = ""] = await sandbox.place({ count: 1, paid: false });
		const client = await Client.connect();
		expect(client.frames).toHaveLength(1);
		client.send(1);
		const [created] = await client.messages(1);
		expect(created).toMatchObject({
			topic: "taobao_trade_TradeCreate",
			content: expect.stringContaining(`"tid":${tid}`),
		});
		await sandbox.act(tid, { action: "pay" });
		expect((await client.messages(2))[1]?.topic).toBe("taobao_trade_TradeBuyerPay");
	});

	it("tells of every step of a trade and its refund", async () => {
		const client = await Client.connect();
		client.send(1);
		const [tid = ""] = await sandbox.place({ count: 1, lines: 1, paid: false });
		await sandbox.act(tid, { action: "pay" });
		await sandbox.act(tid, { action: "change-memo", seller: "加急" });
		await sandbox.act(tid, { action: "change-address" });
		await sandbox.act(tid, { action: "request-refund" });
		await sandbox.act(tid, { action: "cancel-refund" });
		await sandbox.act(tid, { action: "modify" });
		await sandbox.act(tid, { action: "close" });
		const messages = await client.messages(8);
		expect(messages.map(({ topic }) => topic.replace("taobao_", ""))).toEqual([
			"trade_TradeCreate",
			"trade_TradeBuyerPay",
			"trade_TradeMemoModified",
			"trade_TradeLogisticsAddressChanged",
			"refund_RefundCreated",
			"refund_RefundClosed",
			"trade_TradeChanged",
			"trade_TradeClose",
		]);
		expect(new Set(messages.map(({ id }) => id)).size).toBe(8);
		expect(messages[4]?.content).toMatch(/"refund_id":18\d{16},/);
	});

	it("sends again to the next client what was not confirmed, and nothing that was", async () => {
		await sandbox.place({ count: 2, paid: false });
		const first = await Client.connect();
		first.send(1);
		const [confirmed, denied] = await first.messages(2);
		first.send(2, confirmed?.id);
		first.send(20, denied?.id);
		await until(counts, (seen) => seen?.messages.acked === 1 && seen.messages.refused === 1);
		first.end();
		const second = await Client.connect();
		second.send(1);
		expect((await second.messages(1)).map(({ id }) => id)).toEqual([denied?.id]);
	});

	it("throws frames of another session away", async () => {
		await sandbox.place({ count: 1, paid: false });
		const client = await Client.connect();
		client.send(1, undefined, "no-such-session");
		client.send(1);
		const [message] = await client.messages(1);
		client.send(2, message?.id, "no-such-session");
		client.send(20, message?.id);
		await until(counts, (seen) => seen?.messages.refused === 1);
		expect((await counts())?.messages).toMatchObject({ sent: 1, acked: 0 });
	});
});

describe("frames", () => {
	it("are refused when cut short anywhere, or too long", () => {
		const bytes = writeFrame({ type: 0, token: "t", status: 1, phrase: "p", headers: texts({ app_key: "1" }) });
		for (let length = 0; length < bytes.length; length += 1) {
			expect(() => readFrame(bytes.subarray(0, length))).toThrow(RangeError);
		}
		expect(() => readFrame(Buffer.concat([bytes, Buffer.of(0)]))).toThrow(RangeError);
	});
});
