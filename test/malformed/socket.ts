/** Bytes to a port and what comes back, without an HTTP client that would put them right. */
import { connect } from "node:net";

export interface Heard {
	statuses: number[]; // of every answer on the connection
	text: string;
	ms: number; // until the connection was closed
	left: boolean; // by us: the hub kept it open longer than we wait
}

const patienceMs = 20_000;
const hintMs = 250;
const statusLine = /^HTTP\/1\.1 (\d{3}) /gm;

interface Sending {
	waitMs?: number; // for the hub to close the connection
	giveUp?: boolean; // says soon that no more will come: the hub may wait for what was announced
}

/** Sends the bytes on a connection of their own and hears what comes until it is closed, or reset. */
export function sendRaw(port: number, bytes: Buffer, { waitMs = patienceMs, giveUp }: Sending = {}): Promise<Heard> {
	const { promise, resolve } = Promise.withResolvers<Heard>();
	const startedAt = performance.now();
	const chunks: Buffer[] = [];
	const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
	let left = false;
	const patience = setTimeout(() => {
		left = true;
		socket.destroy();
	}, waitMs);
	const hint = giveUp ? setTimeout(() => socket.end(), hintMs) : undefined;
	socket.on("data", (chunk: Buffer) => chunks.push(chunk));
	socket.on("error", () => socket.destroy()); // reset: the hub refuses to hear more
	socket.on("end", () => socket.end());
	socket.on("close", () => {
		clearTimeout(patience);
		clearTimeout(hint);
		const text = Buffer.concat(chunks).toString("latin1");
		const statuses = Array.from(text.matchAll(statusLine), ([, status]) => Number(status));
		resolve({ statuses, text, ms: performance.now() - startedAt, left });
	});
	socket.write(bytes);
	return promise;
}
