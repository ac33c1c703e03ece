/**
 * Prints labels through a vendor's print component, and tells of each label what became of it. Runs in a browser and in
 * Node alike.
 *
 * A label is never said to be printed unless the component said so. Where it is silent or the connection breaks, the label
 * is "unknown" and the labels behind it stay: whoever stands at the printer decides.
 */
import { type PrintClientName, printClients } from "../../config/print-clients.ts";
import { LabelQueue, type LabelWish, type QueuedLabel } from "./label-queue.ts";
import { Link, PrintProblem } from "./link.ts";
import type { Preview, PrintProtocol } from "./protocol.ts";
import { protocols } from "./protocols.ts";
import { randomId } from "./random-id.ts";
import { type LinkState, printWords, said } from "./words.ts";

export interface PrintTimes {
	connectMs: number; // for one try to connect
	answerMs: number; // for an answer that needs no printer
	resultMs: number; // the longest silence while labels are printed
}

export interface PrintClientOptions {
	client: PrintClientName;
	url: string; // ws or wss, as `GET /print-clients` tells it
	onLink?: (state: LinkState) => void;
	times?: Partial<PrintTimes>;
}

export interface Printers {
	names: readonly string[];
	preferred: string; // "": the component names none
}

const usualTimes: PrintTimes = { connectMs: 5_000, answerMs: 10_000, resultMs: 60_000 };

export class PrintClient {
	readonly #protocol: PrintProtocol;
	readonly #mostDocuments: number;
	readonly #times: PrintTimes;
	readonly #link: Link;

	constructor({ client, url, onLink = () => {}, times }: PrintClientOptions) {
		this.#protocol = protocols[client];
		this.#mostDocuments = printClients[client].mostDocuments;
		this.#times = { ...usualTimes, ...times };
		this.#link = new Link(url, this.#protocol, this.#times.connectMs, onLink);
	}

	/** @throws PrintProblem where nothing answers at the address */
	connect(): Promise<void> {
		return this.#link.open();
	}

	/** @throws PrintProblem */
	async printers(): Promise<Printers> {
		await this.#link.open();
		const id = randomId();
		return this.#link.ask(id, this.#protocol.printers(id), this.#times.answerMs, (reading) => {
			if (reading.kind === "refused") throw new PrintProblem(said(reading.reason));
			return reading.kind === "printers" ? { names: reading.printers, preferred: reading.preferred } : undefined;
		});
	}

	/** How the label would look; nothing is printed. @throws PrintProblem, also where the component has no preview */
	async preview({ trackingNo, printData }: LabelWish, printer: string): Promise<Preview> {
		const { preview, carries } = this.#protocol;
		if (!preview) throw new PrintProblem(printWords.noPreview);
		if (!carries(printData)) throw new PrintProblem(printWords.badData);
		await this.#link.open();
		const id = randomId();
		const request = preview({ id, printer, documents: [{ documentId: trackingNo, printData }] });
		return this.#link.ask(id, request, this.#times.answerMs, (reading) => {
			if (reading.kind === "refused") throw new PrintProblem(said(reading.reason));
			return reading.kind === "preview" ? reading.preview : undefined;
		});
	}

	/** Prints the labels in that order. `onChange` is called with each label whenever its state changes. */
	print(wishes: readonly LabelWish[], printer: string, onChange: (label: QueuedLabel) => void = () => {}): LabelQueue {
		const { resultMs, answerMs } = this.#times;
		const parts = { link: this.#link, protocol: this.#protocol, mostDocuments: this.#mostDocuments };
		return new LabelQueue({ ...parts, printer, resultMs, answerMs, onChange }, wishes);
	}

	/** Lets the component go. Labels on their way become unknown, those behind them are not sent. */
	close(): void {
		this.#link.close();
	}
}
