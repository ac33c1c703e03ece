import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Journal } from "../../journal.ts";
import type { MessageSocket } from "../messenger.ts";
import type { PlatformParts } from "../platform.ts";
import type { Shops } from "../shops.ts";
import { sign } from "./sign.ts";
import { type FrameValue, readFrame, type TmcFrame, writeFrame } from "./tmc-frame.ts";
import { newsOf } from "./tmc-messages.ts";

const platform = "taobao";
const groupName = "default";
const skewMs = 10 * 60_000;
/** What was not confirmed is sent again after so long; the platform itself waits minutes. */
const againMs = 10_000;
const mostAtOnce = 200;
/** Older messages are dropped when nobody takes them. */
const mostKept = 10_000;
/** Longer contents go compressed. */
const longestPlain = 300;

/** A message nobody has confirmed yet. */
interface Waiting {
	platform: string;
	id: string; // int64, beyond 2^53
	appKey: string;
	sellerId: string;
	sellerNick: string;
	topic: string;
	content: string;
	timeMs: number;
}

/** A client that has proved its app's secret. */
interface Client {
	socket: MessageSocket;
	appKey: string;
	token: string;
	pulled: boolean; // it has asked for messages
	sentMs: Map<string, number>; // by message id
}

/**
 * TMC, the message service: a client connects for its app, asks every few seconds, gets at once what happens meanwhile,
 * and confirms each message. What is not confirmed comes again, to this client or the next.
 */
export class MessageService {
	readonly #parts: PlatformParts;
	readonly #shops: Shops;
	readonly #journal: Journal;
	readonly #waiting = new Map<string, Waiting>();
	readonly #clients = new Set<Client>();
	#lastId: bigint;

	constructor(parts: PlatformParts, shops: Shops) {
		this.#parts = parts;
		this.#shops = shops;
		this.#journal = parts.journal;
		const stored = parts.journal.load<Waiting>("message").filter((row) => row.platform === platform);
		for (const row of stored.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))) this.#waiting.set(row.id, row);
		this.#lastId = BigInt(stored.at(-1)?.id ?? 0);
		parts.market.watch(platform, (change) => {
			const shop = shops.shop(change.order.shopId);
			if (!shop) return;
			const seller = { appKey: shop.app.key, sellerId: shop.sellerId, sellerNick: shop.name };
			this.#add({
				platform,
				id: this.#nextId(),
				timeMs: parts.faults.now(platform),
				...seller,
				...newsOf(change, shop),
			});
		});
	}

	connect(socket: MessageSocket): void {
		let client: Client | null = null;
		socket.onFrame((bytes) => {
			const frame = frameIn(bytes);
			if (!frame) return socket.close();
			if (frame.type === 0) {
				if (client) this.#clients.delete(client); // it starts anew
				client = this.#welcome(socket, frame);
			} else if (client) this.#take(client, frame);
		});
		socket.onClose(() => client && this.#clients.delete(client));
	}

	/** The journal is emptied already. */
	reset(): void {
		this.#waiting.clear();
		for (const client of this.#clients) client.sentMs.clear();
	}

	/** Null when the connect frame proves nothing: then the socket is closed. */
	#welcome(socket: MessageSocket, frame: TmcFrame): Client | null {
		const problem = this.#problemOf(frame);
		if (problem) {
			this.#parts.counters.of(platform).refusedSignatures += 1;
			socket.send(writeFrame({ type: 1, token: "", status: 401, phrase: problem, headers: new Map() }));
			socket.close();
			return null;
		}
		const token = randomBytes(16).toString("hex");
		const client = { socket, appKey: text(frame, "app_key"), token, pulled: false, sentMs: new Map() };
		this.#clients.add(client);
		socket.send(writeFrame({ type: 1, token, status: 0, phrase: "", headers: new Map() }));
		return client;
	}

	/** What is wrong with a connect frame. */
	#problemOf(frame: TmcFrame): string | null {
		const names = ["app_key", "group_name", "timestamp"];
		const signed = new Map(names.map((name) => [name, text(frame, name)]));
		const app = this.#shops.ofApp(signed.get("app_key"))?.app;
		if (!app) return "app_key is unknown";
		if (signed.get("group_name") !== groupName) return "no such group";
		const timestamp = signed.get("timestamp") ?? "";
		const offMs = Math.abs(Number(timestamp) - this.#parts.faults.now(platform));
		if (!/^\d{13}$/.test(timestamp) || offMs > skewMs) return "timestamp is too far off";
		return text(frame, "sign") === sign(signed, app.secret, "md5") ? null : "sign is wrong";
	}

	/** Pull, confirm or deny. Frames of another session are thrown away. */
	#take(client: Client, frame: TmcFrame): void {
		if (frame.type !== 2 || frame.token !== client.token) return;
		const kind = frame.headers.get("__kind")?.value;
		const id = String(frame.headers.get("id")?.value ?? "");
		if (kind === 1) this.#answerPull(client);
		else if (kind === 2) this.#confirmed(client, id);
		else if (kind === 20) this.#parts.counters.of(platform).messages.refused += 1;
	}

	#answerPull(client: Client): void {
		client.pulled = true;
		const beforeMs = Date.now() - againMs;
		const due = [...this.#waiting.values()].filter(
			({ id, appKey }) => appKey === client.appKey && (client.sentMs.get(id) ?? 0) <= beforeMs,
		);
		for (const message of due.slice(0, mostAtOnce)) this.#send(client, message);
	}

	#confirmed(client: Client, id: string): void {
		client.sentMs.delete(id);
		if (this.#waiting.get(id)?.appKey !== client.appKey) return;
		this.#waiting.delete(id);
		this.#journal.remove("message", keyOf(id));
		this.#parts.counters.of(platform).messages.acked += 1;
	}

	#add(message: Waiting): void {
		this.#waiting.set(message.id, message);
		this.#journal.put("message", keyOf(message.id), message);
		const [oldest] = this.#waiting.keys();
		if (oldest !== undefined && this.#waiting.size > mostKept) {
			this.#waiting.delete(oldest);
			this.#journal.remove("message", keyOf(oldest));
		}
		setImmediate(() => this.#sendNow(message)); // once it is written down what the message tells of
	}

	/** To the client that connected last, if it has not come by a pull meanwhile. */
	#sendNow(message: Waiting): void {
		const client = [...this.#clients].findLast(({ appKey, pulled }) => pulled && appKey === message.appKey);
		if (client && this.#waiting.has(message.id) && !client.sentMs.has(message.id)) this.#send(client, message);
	}

	#send(client: Client, { id, appKey, sellerId, sellerNick, topic, content, timeMs }: Waiting): void {
		client.sentMs.set(id, Date.now());
		this.#parts.counters.of(platform).messages.sent += 1;
		const headers = new Map<string, FrameValue>([
			["__kind", { format: "byte", value: 3 }],
			["id", { format: "int64", value: BigInt(id) }],
			["topic", { format: "string", value: topic }],
			["publisher", { format: "string", value: appKey }],
			["userid", { format: "int64", value: BigInt(sellerId) }],
			["nick", { format: "string", value: sellerNick }],
			["time", { format: "date", value: BigInt(timeMs) }],
			["content", contentValue(content)],
		]);
		client.socket.send(writeFrame({ type: 2, token: client.token, status: 0, phrase: "", headers }));
	}

	/** Rising, and never the same again after a reset or a restart. */
	#nextId(): string {
		const byTime = BigInt(Date.now()) * 1_000_000n;
		this.#lastId = byTime > this.#lastId ? byTime : this.#lastId + 1n;
		return String(this.#lastId);
	}
}

function contentValue(content: string): FrameValue {
	if (content.length <= longestPlain) return { format: "string", value: content };
	return { format: "bytes", value: gzipSync(content) };
}

function text({ headers }: TmcFrame, name: string): string {
	const header = headers.get(name);
	return header?.format === "string" ? header.value : "";
}

function frameIn(bytes: Buffer): TmcFrame | null {
	try {
		return readFrame(bytes);
	} catch (err) {
		if (err instanceof RangeError) return null;
		throw err;
	}
}

function keyOf(id: string): string {
	return `${platform}:${id}`;
}
