/** The connection to a print component, and which answer belongs to which request. */
import type { PrintProtocol, Reading, Words } from "./protocol.ts";
import { type LinkState, printWords, said } from "./words.ts";

/** `words` are for people. */
export class PrintProblem extends Error {
	readonly words: Words;

	constructor(words: Words) {
		super(words.en);
		this.words = words;
	}
}

interface Waiting {
	hear(reading: Reading): void;
	fail(problem: PrintProblem): void;
}

const pausesMs = [500, 1_000, 2_000, 4_000] as const;

export class Link {
	readonly #url: string;
	readonly #protocol: PrintProtocol;
	readonly #connectMs: number;
	readonly #onState: (state: LinkState) => void;
	readonly #waiting = new Map<string, Waiting>();
	#socket: WebSocket | null = null;
	#opening: Promise<void> | null = null;
	#wanted = true;

	/** `connectMs`: for one try. */
	constructor(url: string, protocol: PrintProtocol, connectMs: number, onState: (state: LinkState) => void) {
		this.#url = url;
		this.#protocol = protocol;
		this.#connectMs = connectMs;
		this.#onState = onState;
	}

	/** Open when it resolves: at once where it is, else after one try. @throws PrintProblem */
	open(): Promise<void> {
		if (this.#socket?.readyState === WebSocket.OPEN) return Promise.resolve();
		this.#opening ??= this.#connect().finally(() => {
			this.#opening = null;
		});
		return this.#opening;
	}

	/** As `open`, after several tries with growing pauses. @throws PrintProblem */
	async openAgain(): Promise<void> {
		for (const pauseMs of pausesMs) {
			try {
				return await this.open();
			} catch (err) {
				if (!this.#wanted) throw err;
				await new Promise((resolve) => setTimeout(resolve, pauseMs));
			}
		}
		return this.open();
	}

	/**
	 * Sends a request and hears what comes under its id until `take` has a result. `silentMs`: the longest silence.
	 * @throws PrintProblem when the component is silent for too long, or the connection breaks
	 */
	ask<T>(id: string, request: string, silentMs: number, take: (reading: Reading) => T | undefined): Promise<T> {
		const socket = this.#socket;
		if (socket?.readyState !== WebSocket.OPEN) return Promise.reject(new PrintProblem(printWords.lost));
		return new Promise<T>((resolve, reject) => {
			let timer: ReturnType<typeof setTimeout> | undefined;
			const end = (): void => {
				clearTimeout(timer);
				this.#waiting.delete(id);
			};
			const fail = (problem: PrintProblem): void => {
				end();
				reject(problem);
			};
			const wait = (): void => {
				clearTimeout(timer);
				timer = setTimeout(() => fail(new PrintProblem(printWords.silent)), silentMs);
			};
			const hear = (reading: Reading): void => {
				wait();
				try {
					const result = take(reading);
					if (result === undefined) return;
					end();
					resolve(result);
				} catch (err) {
					end();
					reject(err);
				}
			};
			this.#waiting.set(id, { hear, fail });
			wait();
			socket.send(request);
		});
	}

	close(): void {
		this.#wanted = false;
		this.#drop(new PrintProblem(printWords.closed));
		this.#socket?.close();
		this.#socket = null;
		this.#onState("closed");
	}

	#connect(): Promise<void> {
		this.#wanted = true;
		this.#onState("connecting");
		const socket = new WebSocket(this.#url);
		this.#socket = socket;
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => socket.close(), this.#connectMs); // `close` follows
			socket.addEventListener("open", () => {
				clearTimeout(timer);
				this.#onState("open");
				resolve();
			});
			socket.addEventListener("message", ({ data }) => this.#hear(String(data)));
			socket.addEventListener("close", () => {
				clearTimeout(timer);
				reject(new PrintProblem(printWords.unreachable)); // no more than that where it was open
				if (this.#socket !== socket) return;
				this.#socket = null;
				this.#drop(new PrintProblem(printWords.lost));
				this.#onState("lost");
			});
		});
	}

	#hear(frame: string): void {
		const reading = this.#protocol.read(frame);
		if (reading?.kind === "refused" && reading.id === "") {
			// It could not read what it was sent, so it cannot say which request that was.
			this.#drop(new PrintProblem(said(reading.reason)));
		} else if (reading) this.#waiting.get(reading.id)?.hear(reading);
	}

	#drop(problem: PrintProblem): void {
		for (const { fail } of [...this.#waiting.values()]) fail(problem);
	}
}
