import type { Counters } from "../counters.ts";
import type { FaultName, FaultPlan } from "../faults.ts";
import type { MessageSocket } from "../platforms/messenger.ts";
import type { Answer, Received, Target } from "../target.ts";
import { type Fields, type PrintDesk, type PrintDialect, PrintRefusal } from "./dialect.ts";
import type { LabelReader } from "./label.ts";
import type { Prints } from "./prints.ts";

/** The printers of every simulated packing desk; the first is the default one. */
export const printers = ["KM-202", "XP"] as const;

/** How long a printer takes for one task. Real ones take a second a label. */
const taskMs = 30;

/** Faults that strike a command; on the way to a connection `status` strikes alone. */
const commandFaults: readonly FaultName[] = ["hang", "reset", "reset-after-accept", "garbage", "cut-json", "delay"];

interface Parts {
	faults: FaultPlan;
	counters: Counters;
	reader: LabelReader;
	prints: Prints;
	/** Whether a platform gives a shop's key for a call that the caller signed. */
	givesKey(platform: string, query: string): boolean;
}

/** A vendor's print component, as a WebSocket at `/print/<client>`; its previews are at `/print/<client>/previews/<n>.pdf`. */
export class PrintComponent implements Target {
	readonly name: string;
	readonly faults: readonly FaultName[] = ["business-error"];
	readonly #dialect: PrintDialect;
	readonly #parts: Parts;

	constructor(dialect: PrintDialect, parts: Parts) {
		this.name = `print/${dialect.client}`;
		this.#dialect = dialect;
		this.#parts = parts;
	}

	handle({ path }: Received): Answer {
		const [, n] = /^\/previews\/(\d{1,9})\.pdf$/.exec(path) ?? [];
		const body = n === undefined ? null : this.#parts.prints.previewPdf(Number(n));
		if (body !== null) return { status: 200, type: "application/pdf", body };
		if (n !== undefined) return { status: 404, type: "text/plain", body: "no such preview" };
		return { status: 426, type: "text/plain", body: "a WebSocket is wanted", headers: { upgrade: "websocket" } };
	}

	connect(socket: MessageSocket, { headers }: Received): void {
		const origin = `http://${headers.host ?? ""}`;
		let open = true;
		socket.onClose(() => {
			open = false;
		});
		const send = (frame: string): void => {
			if (open) socket.send(frame);
		};
		socket.onFrame((frame) => this.#command(frame.toString("utf8"), origin, socket, send));
	}

	#command(frame: string, origin: string, socket: MessageSocket, send: (frame: string) => void): void {
		const { faults, counters } = this.#parts;
		counters.of(this.name).requests += 1;
		const fault = faults.strike(this.name, commandFaults);
		const answer = (): string => JSON.stringify(this.#answer(frame, origin, send));
		switch (fault?.name) {
			case "hang":
				break;
			case "reset":
				socket.close();
				break;
			case "reset-after-accept":
				answer();
				socket.close();
				break;
			case "garbage":
				send("<html>502 Bad Gateway</html>");
				break;
			case "cut-json": {
				const whole = answer();
				send(whole.slice(0, whole.length / 2));
				break;
			}
			case "delay": {
				const late = answer();
				setTimeout(() => send(late), fault.value ?? 0).unref();
				break;
			}
			default:
				send(answer());
		}
	}

	#answer(frame: string, origin: string, send: (frame: string) => void): object {
		const request = requestIn(frame);
		if (!request) return this.#dialect.refused(null, "JSON格式错误");
		try {
			return this.#dialect.answer(request, this.#desk(origin, send));
		} catch (err) {
			if (!(err instanceof PrintRefusal)) throw err;
			return this.#dialect.refused(request, err.message);
		}
	}

	#desk(origin: string, send: (frame: string) => void): PrintDesk {
		const { reader, prints, faults, givesKey } = this.#parts;
		const { client, platform } = this.#dialect;
		return {
			printers,
			unsealed: (text) => reader.unsealed(platform, text),
			ofNumber: (trackingNo) => reader.ofNumber({ platform, trackingNo }),
			print: (printer, documentID, label) => prints.add(client, printer, documentID, label),
			preview: (printer, label) => `${origin}/${this.name}/previews/${prints.preview(printer, label)}.pdf`,
			mayAsk: (query) => givesKey(platform, query),
			later: (push) => void setTimeout(() => send(JSON.stringify(push())), taskMs).unref(),
			isOutOfPaper: () => faults.strike(this.name, ["business-error"]) !== null,
		};
	}

	reset(): void {
		this.#dialect.reset();
	}
}

function requestIn(frame: string): Fields | null {
	try {
		const value: unknown = JSON.parse(frame);
		return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
	} catch {
		return null; // no JSON: the component says so
	}
}
