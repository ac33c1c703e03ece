/** What platforms tell by themselves. A message is a hint that something changed, never the truth: it causes a pull. */
import type { ShopAccess } from "./adapter.ts";

/** A call of the platform to the hub, as it came. */
export interface HookCall {
	method: "GET" | "POST";
	path: string; // as called, without the query
	query: Readonly<Record<string, string>>;
	headers: Readonly<Record<string, string>>; // names in lower case
	body: Buffer;
}

export interface HookReply {
	status: number;
	type: string; // Content-Type
	body: string;
}

/** What changed. */
export interface Hint {
	kind: "orders" | "aftersales" | "products";
	id: string; // the platform's number
}

export interface Message {
	id: string; // the same for the same message, however often it comes
	at: Date | null; // when it was made or sent, as far as what was verified tells
	sellerId: string; // whom it is about, where one address or connection serves several shops; "": the shop itself
	hints: Hint[]; // empty for one that is of no use to us
}

export interface HookDriver {
	/** A message older than this is refused: longer than the platform goes on trying. */
	lateMs: number;
	/**
	 * Verifies (and decrypts) over the raw bytes. `reply` is what the platform wants to hear once all was taken.
	 * Throws HOOK_REFUSED for a call that is not proved to be the platform's.
	 */
	read(shop: ShopAccess, call: HookCall): { messages: Message[]; reply: HookReply };
}

export type Frame = string | Buffer;

/** What to do about a frame: frames to answer with, and messages to acknowledge with `ack` once they were taken. */
export interface FrameReading {
	session: string; // what the connection has to remember; "" at first
	send: Frame[];
	messages: (Message & { ack: Frame })[];
}

/** A WebSocket at the platform's message server: one for each app, whatever the number of its shops. */
export interface SocketDriver {
	url(shop: ShopAccess, now: Date): string;
	/** What to send when it is open. */
	opened(shop: ShopAccess, now: Date): Frame[];
	/** Throws Error for a frame that ends the connection: it is opened again after a pause. */
	read(frame: Buffer, session: string): FrameReading;
	beatMs: number;
	/** What to send so often: heart beats, and requests for more. */
	beat(session: string, now: Date): Frame[];
}
