import type { Counters } from "../counters.ts";
import type { FaultPlan } from "../faults.ts";
import type { Journal } from "../journal.ts";
import type { Market } from "./market.ts";
import type { MarketChange, MarketOrder, MarketStatus, OrderEvent } from "./market-order.ts";
import type { PlatformSimulator } from "./platform.ts";
import type { DemoShop } from "./shops.ts";

/**
 * One call to the hub's address for a shop, `<hub>/api/v1/hooks/<platform>/<shopId>?<query>`. That path is also what
 * platforms sign that sign a path.
 */
export interface HookMessage {
	method: "GET" | "POST";
	query: Record<string, string>;
	headers: Record<string, string>;
	body: string;
	/** Whether this answer confirms the message; what it cannot read and throws at does not. */
	acked(answer: HookAnswer): boolean;
}

/** Status 0: there was no answer, and `body` says why. */
export interface HookAnswer {
	status: number;
	body: string;
}

/** The platform's end of a WebSocket. */
export interface MessageSocket {
	/** Text goes as a text frame, bytes as a binary one. */
	send(frame: string | Buffer): void;
	close(): void;
	onFrame(listener: (frame: Buffer) => void): void;
	onClose(listener: () => void): void;
}

/** How a single message is sent: as it should be, or as somebody who wants to harm would. */
export const messageManners = ["valid", "forged", "replayed", "late"] as const;
export type MessageManner = (typeof messageManners)[number];

/** Where a platform sends its messages. Kept over restarts and resets. */
interface HubAddress {
	platform: string;
	url: string; // "http://127.0.0.1:3000"
}

/** Pauses before a message is tried again; real platforms wait minutes. After the last it is given up. */
const pausesMs = [500, 2000, 5000];
const timeoutMs = 5000;
const mostAtOnce = 8;
/** Older than any platform goes on trying. */
const lateByMs = 40 * 24 * 3_600_000;

/** Sends platforms' messages to the hub's hook. What waits is kept in memory only: hooks may be lost, pulling may not. */
export class Messenger {
	readonly #journal: Journal;
	readonly #counters: Counters;
	readonly #faults: FaultPlan;
	readonly #hubs: Map<string, HubAddress>;
	readonly #queue: (() => Promise<void>)[] = [];
	readonly #pauses = new Set<NodeJS.Timeout>();
	#abort = new AbortController();
	#inFlight = 0;

	constructor(
		{ journal, counters, faults, market }: { journal: Journal; counters: Counters; faults: FaultPlan; market: Market },
		platforms: readonly PlatformSimulator[],
	) {
		this.#journal = journal;
		this.#counters = counters;
		this.#faults = faults;
		this.#hubs = new Map(journal.load<HubAddress>("hub").map((address) => [address.platform, address]));
		for (const platform of platforms) market.watch(platform.name, (change) => this.#told(platform, change));
	}

	/** Where the platform sends to; null: nowhere. */
	hub(platform: string): string | null {
		return this.#hubs.get(platform)?.url ?? null;
	}

	setHub(platform: string, url: string | null): void {
		if (url === null) {
			this.#hubs.delete(platform);
			this.#journal.remove("hub", platform);
			return;
		}
		this.#hubs.set(platform, { platform, url });
		this.#journal.put("hub", platform, { platform, url });
	}

	/**
	 * Sends one message about an order now, once, and gives the hub's answer: with one sign of its signature (or
	 * ciphertext) changed, the same bytes twice (the second answer), or made by a clock forty days back.
	 * Null: the platform has no message for an order as it is.
	 */
	async sendOne(platform: PlatformSimulator, order: MarketOrder, as: MessageManner): Promise<HookAnswer | null> {
		const shop = platform.shops.shop(order.shopId);
		const madeMs = this.#faults.now(platform.name) - (as === "late" ? lateByMs : 0);
		const message = shop && messageAbout(platform, order, shop, madeMs);
		if (!message) return null;
		const sent = as === "forged" ? forged(message) : message;
		if (as === "replayed") await this.#call(platform.name, shop, sent);
		return (await this.#call(platform.name, shop, sent)).answer;
	}

	/** Forgets all that waits. */
	reset(): void {
		this.stop();
		this.#abort = new AbortController();
	}

	/** Gives up calls in flight and those that wait. */
	stop(): void {
		this.#queue.length = 0;
		for (const pause of this.#pauses) clearTimeout(pause);
		this.#pauses.clear();
		this.#abort.abort();
	}

	/** The message is made now, while the order is as the change left it, and sent when this turn of the loop is over. */
	#told(platform: PlatformSimulator, change: MarketChange): void {
		const shop = platform.shops.shop(change.order.shopId);
		if (!platform.messages || !shop || this.hub(platform.name) === null) return;
		for (const message of platform.messages(change, shop, this.#faults.now(platform.name))) {
			this.#enqueue(() => this.#deliver(platform.name, shop, message, 0));
		}
	}

	#enqueue(send: () => Promise<void>): void {
		this.#queue.push(send);
		setImmediate(() => this.#next());
	}

	#next(): void {
		if (this.#inFlight >= mostAtOnce) return;
		const send = this.#queue.shift();
		if (!send) return;
		this.#inFlight += 1;
		void send().finally(() => {
			this.#inFlight -= 1;
			this.#next();
		});
	}

	async #deliver(platform: string, shop: DemoShop, message: HookMessage, pausesTaken: number): Promise<void> {
		const { signal } = this.#abort;
		const { acked } = await this.#call(platform, shop, message);
		const pauseMs = pausesMs[pausesTaken];
		if (acked || pauseMs === undefined || signal.aborted || this.hub(platform) === null) return;
		const pause = setTimeout(() => {
			this.#pauses.delete(pause);
			this.#enqueue(() => this.#deliver(platform, shop, message, pausesTaken + 1));
		}, pauseMs);
		this.#pauses.add(pause);
	}

	/** One call, counted. Rejects never. */
	async #call(platform: string, shop: DemoShop, message: HookMessage): Promise<{ answer: HookAnswer; acked: boolean }> {
		const hub = this.hub(platform);
		if (hub === null) return { answer: { status: 0, body: "no hub is set" }, acked: false };
		const { messages } = this.#counters.of(platform);
		const query = new URLSearchParams(message.query).toString();
		const path = `/api/v1/hooks/${platform}/${encodeURIComponent(shop.shopId)}${query && `?${query}`}`;
		messages.sent += 1;
		try {
			const response = await fetch(`${hub}${path}`, {
				method: message.method,
				headers: message.headers,
				body: message.method === "POST" ? message.body : undefined,
				signal: AbortSignal.any([this.#abort.signal, AbortSignal.timeout(timeoutMs)]),
			});
			const answer = { status: response.status, body: await response.text() };
			const acked = confirms(message, answer);
			messages[acked ? "acked" : "refused"] += 1;
			return { answer, acked };
		} catch (err) {
			return { answer: { status: 0, body: (err as Error).message }, acked: false };
		}
	}
}

function confirms(message: HookMessage, answer: HookAnswer): boolean {
	try {
		return message.acked(answer);
	} catch {
		return false; // an answer in another form than the platform's
	}
}

/** What last happened to an order, by its status. */
const latestEvent: Record<MarketStatus, OrderEvent> = {
	WAIT_PAY: "placed",
	WAIT_SHIP: "paid",
	PART_SHIPPED: "shipped",
	SHIPPED: "shipped",
	COMPLETED: "completed",
	CLOSED: "closed",
};
/** Tried one after another where the platform has no message for what happened last. */
const allEvents: readonly OrderEvent[] = ["paid", "placed", "shipped", "address", "memo", "touched"];

function messageAbout(
	platform: PlatformSimulator,
	order: MarketOrder,
	shop: DemoShop,
	madeMs: number,
): HookMessage | undefined {
	for (const event of [latestEvent[order.status], ...allEvents]) {
		const message = platform.messages?.({ order, event, aftersale: null }, shop, madeMs)[0];
		if (message) return message;
	}
	return undefined;
}

/** Changes one sign of every signature; where there is none, the first of the body, which is ciphertext then. */
function forged(message: HookMessage): HookMessage {
	const isSignature = (name: string) => /(^|[-_])sign(ature)?$/i.test(name);
	const change = (values: Record<string, string>) =>
		Object.fromEntries(
			Object.entries(values).map(([name, value]) => [name, isSignature(name) ? otherFirst(value) : value]),
		);
	const signed = [...Object.keys(message.query), ...Object.keys(message.headers)].some(isSignature);
	return {
		...message,
		query: change(message.query),
		headers: change(message.headers),
		body: signed ? message.body : otherFirst(message.body),
	};
}

function otherFirst(text: string): string {
	return `${text.startsWith("a") ? "b" : "a"}${text.slice(1)}`;
}
