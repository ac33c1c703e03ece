/** Listens, cuts the byte stream into messages, and answers each connection's messages in their order. */
import { chmodSync, rmSync } from "node:fs";
import { connect, createServer, type ListenOptions, type Server, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { MAX_MESSAGE_BYTES } from "../engine/limits.ts";
import { HEADER_BYTES, MalformedMessage, type Message, readMessage, writeReply } from "./message.ts";

/** Answers one message with an encoded document. Never rejects for what a client did. */
export type Answer = (message: Message, connectionId: number) => Promise<Buffer>;

/** A port of the loopback interface (0 for any), or the path of a unix socket. */
export type Address = { port: number } | { socket: string };

/** The kernel keeps 108 bytes for the path (104 on macOS). */
const MAX_SOCKET_PATH = 100;
/** How long stopping waits for answers in the making. */
const DRAIN_MS = 3000;

export class WireServer {
	private readonly answer: Answer;
	private readonly server: Server;
	/** Per open connection: when all that it has asked is answered. */
	private readonly answered = new Map<Socket, Promise<void>>();
	private connections = 0;
	private closing = false;

	constructor(answer: Answer) {
		this.answer = answer;
		this.server = createServer({ noDelay: true }, (socket) => this.accept(socket));
	}

	/** Resolves with the URL to connect to. */
	async listen(address: Address): Promise<string> {
		if ("port" in address) {
			await this.bind({ port: address.port, host: "127.0.0.1" });
			const bound = this.server.address();
			return `mongodb://127.0.0.1:${bound !== null && typeof bound === "object" ? bound.port : address.port}/`;
		}
		const path = checkedPath(address.socket);
		await removeDeadSocket(path);
		await this.bind({ path });
		chmodSync(path, 0o600);
		// Without this a driver would try to discover other servers.
		return `mongodb://${encodeURIComponent(path)}/?directConnection=true`;
	}

	get openConnections(): number {
		return this.answered.size;
	}

	/** Stops listening and reading, gives answers in the making a little time, and ends every connection. */
	async close(): Promise<void> {
		this.closing = true;
		const { promise: closed, resolve } = Promise.withResolvers<void>();
		this.server.close(() => resolve());
		const answered = Promise.all(this.answered.values());
		await Promise.race([answered, pause(DRAIN_MS, undefined, { ref: false })]);
		for (const socket of this.answered.keys()) socket.destroySoon();
		await closed;
	}

	private async bind(options: ListenOptions): Promise<void> {
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		this.server.once("error", reject);
		this.server.listen(options, resolve);
		await promise;
		this.server.off("error", reject);
	}

	private accept(socket: Socket): void {
		const id = ++this.connections;
		const splitter = new MessageSplitter();
		this.answered.set(socket, Promise.resolve());
		socket.on("close", () => this.answered.delete(socket));
		socket.on("error", () => socket.destroy()); // the client went away; "close" follows
		socket.on("data", (chunk: Buffer) => {
			if (this.closing) return;
			try {
				for (const bytes of splitter.push(chunk)) this.enqueue(socket, readMessage(bytes), id);
			} catch (error) {
				if (!(error instanceof MalformedMessage)) throw error;
				socket.destroy();
			}
		});
	}

	/** A connection's messages are answered one after the other. */
	private enqueue(socket: Socket, message: Message, connectionId: number): void {
		const before = this.answered.get(socket);
		if (before === undefined) return; // the connection is closed
		this.answered.set(
			socket,
			before.then(() => this.reply(socket, message, connectionId)),
		);
	}

	private async reply(socket: Socket, message: Message, connectionId: number): Promise<void> {
		if (socket.destroyed) return;
		const reply = await this.answer(message, connectionId);
		if (!message.unanswered && !socket.destroyed) socket.write(writeReply(message, reply));
	}
}

function checkedPath(path: string): string {
	const bytes = Buffer.byteLength(path);
	if (bytes > MAX_SOCKET_PATH) {
		throw new Error(`The socket path ${path} has ${bytes} bytes, more than ${MAX_SOCKET_PATH}`);
	}
	// Clients take any other host name for a machine.
	if (!path.endsWith(".sock")) throw new Error(`The socket path ${path} has to end in .sock`);
	return path;
}

/** A killed store leaves its socket behind. One that still answers is left alone: listening there will fail. */
async function removeDeadSocket(path: string): Promise<void> {
	const { promise, resolve } = Promise.withResolvers<boolean>();
	const probe = connect(path, () => resolve(false));
	probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code === "ECONNREFUSED"));
	const isDead = await promise;
	probe.destroy();
	if (isDead) rmSync(path);
}

/** Puts chunks together until a whole message is there. */
class MessageSplitter {
	private chunks: Buffer[] = [];
	private length = 0;

	push(chunk: Buffer): Buffer[] {
		this.chunks.push(chunk);
		this.length += chunk.length;
		const messages: Buffer[] = [];
		for (;;) {
			const wanted = this.nextLength();
			if (wanted === undefined || this.length < wanted) return messages;
			const all = this.joined();
			messages.push(all.subarray(0, wanted));
			const rest = all.subarray(wanted);
			this.chunks = rest.length > 0 ? [rest] : [];
			this.length = rest.length;
		}
	}

	private nextLength(): number | undefined {
		if (this.length < HEADER_BYTES) return undefined;
		const first = this.chunks[0];
		const length = (first !== undefined && first.length >= 4 ? first : this.joined()).readInt32LE(0);
		if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) throw new MalformedMessage(`message of ${length} bytes`);
		return length;
	}

	private joined(): Buffer {
		const [first] = this.chunks;
		const all = this.chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.chunks);
		this.chunks = [all];
		return all;
	}
}
