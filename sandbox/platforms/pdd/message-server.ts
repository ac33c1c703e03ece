import type { Counters } from "../../counters.ts";
import type { FaultPlan } from "../../faults.ts";
import type { Journal } from "../../journal.ts";
import type { Received } from "../../target.ts";
import type { MarketChange } from "../market-order.ts";
import type { MessageSocket } from "../messenger.ts";
import type { Shops } from "../shops.ts";
import { skewMs } from "./gateway.ts";
import { digest } from "./sign.ts";
import { toldOf } from "./topics.ts";

/** A message until it is acknowledged. */
interface Waiting {
	platform: string;
	id: number;
	appKey: string;
	mallID: number;
	type: string;
	content: string; // JSON text
	time: number; // when it was made, epoch milliseconds
}

interface Client {
	socket: MessageSocket;
	appKey: string;
	/** What was sent to it and when, until it is acknowledged. */
	sent: Map<number, number>;
}

const mostInFlight = 50;
/** The platform waits minutes before it sends again; here nobody wants to. */
const againMs = 10_000;
const keptMs = 7 * 24 * 3_600_000;

/**
 * The message server (PMC) at /pdd/message/{client_id}/{timestamp}/{digest}: text frames of JSON. Whatever is not
 * acknowledged comes again, also to the next connection, for seven days. Heart beats drive what time would.
 */
export class MessageServer {
	readonly #parts: { shops: Shops; counters: Counters; faults: FaultPlan; journal: Journal; platform: string };
	readonly #waiting = new Map<number, Waiting>();
	readonly #clients = new Map<string, Client>(); // by app: the latest takes the messages
	#lastId = 0;

	constructor(parts: { shops: Shops; counters: Counters; faults: FaultPlan; journal: Journal; platform: string }) {
		this.#parts = parts;
		const mine = parts.journal.load<Waiting>("message").filter(({ platform }) => platform === parts.platform);
		for (const message of mine.sort((a, b) => a.id - b.id)) this.#waiting.set(message.id, message);
		this.#lastId = mine.at(-1)?.id ?? 0;
	}

	/** Something changed: all who subscribed are told. */
	told(change: MarketChange): void {
		const { shops, platform, journal } = this.#parts;
		const shop = shops.shop(change.order.shopId);
		const told = shop && toldOf(change, Number(shop.sellerId));
		if (!told) return;
		const message: Waiting = {
			platform,
			id: this.#nextId(),
			appKey: shop.app.key,
			mallID: Number(shop.sellerId),
			type: told.type,
			content: JSON.stringify(told.content),
			time: this.#now(),
		};
		this.#waiting.set(message.id, message);
		journal.put("message", keyOf(message), message);
		this.#pump(message.appKey);
	}

	/** `request.path`: "/message/{client_id}/{timestamp}/{digest}". A wrong one is told so and sent away. */
	connect(socket: MessageSocket, { path }: Received): void {
		const [, , appKey = "", timestamp = "", given = ""] = path.split("/").map(decodeURIComponent);
		const secret = this.#parts.shops.ofApp(appKey)?.app.secret;
		const isRight = secret !== undefined && given === digest(appKey, timestamp, secret);
		if (!isRight) this.#parts.counters.of(this.#parts.platform).refusedSignatures += 1;
		if (!isRight || !/^\d{13}$/.test(timestamp) || Math.abs(Number(timestamp) - this.#now()) > skewMs) {
			socket.send(JSON.stringify({ id: 0, commandType: "Fail", time: this.#now() }));
			socket.close();
			return;
		}
		const client: Client = { socket, appKey, sent: new Map() };
		this.#clients.set(appKey, client);
		socket.onFrame((frame) => this.#frame(client, frame.toString("utf8")));
		socket.onClose(() => {
			if (this.#clients.get(appKey) === client) this.#clients.delete(appKey);
		});
		this.#pump(appKey);
	}

	/** Forgets what waits; numbers go on, so that none comes twice. */
	reset(): void {
		this.#waiting.clear();
		for (const client of this.#clients.values()) client.sent.clear();
	}

	#frame(client: Client, text: string): void {
		const frame = parsed(text);
		if (!frame) {
			client.socket.close();
			return;
		}
		if (frame.commandType === "HeartBeat") {
			client.socket.send(JSON.stringify({ id: 0, commandType: "HeartBeat", time: this.#now() }));
			this.#forgetOld(client);
		} else if (frame.commandType === "Ack") this.#acknowledge(client, frame);
		this.#pump(client.appKey);
	}

	/** An acknowledgement repeats what the message said of itself. */
	#acknowledge(client: Client, { id, time, type, mallID }: Record<string, unknown>): void {
		const { counters, journal, platform } = this.#parts;
		const message = this.#waiting.get(Number(id));
		const { messages } = counters.of(platform);
		if (message?.appKey !== client.appKey) return;
		if (message.time !== time || message.type !== type || message.mallID !== mallID) {
			messages.refused += 1;
			return;
		}
		messages.acked += 1;
		client.sent.delete(message.id);
		this.#waiting.delete(message.id);
		journal.remove("message", keyOf(message));
	}

	/** What was sent long ago and not acknowledged is sent again; what is too old is given up. */
	#forgetOld(client: Client): void {
		const nowMs = Date.now();
		for (const [id, sentMs] of client.sent) if (nowMs - sentMs >= againMs) client.sent.delete(id);
		for (const message of this.#waiting.values()) {
			if (this.#now() - message.time <= keptMs) continue;
			this.#waiting.delete(message.id);
			this.#parts.journal.remove("message", keyOf(message));
		}
	}

	/** Sends what waits, the oldest first, as far as the client keeps up. */
	#pump(appKey: string): void {
		const client = this.#clients.get(appKey);
		if (!client || client.sent.size >= mostInFlight) return;
		const { counters, platform } = this.#parts;
		for (const { id, type, mallID, content, time, appKey: owner } of this.#waiting.values()) {
			if (client.sent.size >= mostInFlight) return;
			if (owner !== appKey || client.sent.has(id)) continue;
			client.sent.set(id, Date.now());
			counters.of(platform).messages.sent += 1;
			const message = { type, mallID, content };
			client.socket.send(JSON.stringify({ id, commandType: "Common", time, sendTime: this.#now(), message }));
		}
	}

	/** Never one that was used before, whatever was forgotten since. */
	#nextId(): number {
		this.#lastId = Math.max(this.#lastId + 1, Date.now() * 1000);
		return this.#lastId;
	}

	#now(): number {
		return this.#parts.faults.now(this.#parts.platform);
	}
}

function keyOf({ platform, id }: Waiting): string {
	return `${platform}:${id}`;
}

/** A JSON object, or null. */
function parsed(text: string): Record<string, unknown> | null {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
	} catch {
		return null;
	}
}
