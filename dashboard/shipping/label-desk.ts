/**
 * Prints the labels of this desk one after the other, tells the hub of each that came out, and ships those that are to
 * leave at once. It goes on while somebody looks at another page, and its state outlives the browser's window.
 */
import type { PrintClientName } from "../../config/print-clients.ts";
import type { LabelWish, QueuedLabel } from "../print/label-queue.ts";
import type { Words } from "../print/protocol.ts";
import { printWords } from "../print/words.ts";
import { afterReload, type DeskLabel, isBusy, isOver, newLabel, type Parcel } from "./label.ts";

/** One number's print data, or why there is none. */
export type Printable =
	| { id: string; ok: true; printClient: PrintClientName; printData: string; printedBefore: boolean }
	| { id: string; ok: false; reason: Words };

export interface RunningQueue {
	done: Promise<readonly QueuedLabel[]>;
	cancel(): void;
}

/** What the desk needs of the world; see label-desk-parts.ts. */
export interface DeskParts {
	printData(ids: readonly string[]): Promise<Printable[]>;
	/** Prints through the vendor's component on the printer that was chosen. @throws PrintProblem where it is not there */
	print(
		client: PrintClientName,
		wishes: readonly LabelWish[],
		onChange: (label: QueuedLabel) => void,
	): Promise<RunningQueue>;
	/** Tells the hub that they came out. @returns why not, for those it would not note @throws where it does not answer */
	note(ids: readonly string[]): Promise<Map<string, Words>>;
	/** The parcel leaves. @returns why not */
	ship(label: Parcel): Promise<Words | null>;
	wordsOf(err: unknown): Words;
	store: { read(): DeskLabel[]; write(labels: readonly DeskLabel[]): void };
}

/** So few that a page that is closed has not had print data handed out for labels it never sent. */
const preparedAtOnce = 10;
const noteAgainMs = 3_000;

export class LabelDesk {
	/** Given from outside, so that a page can make it reactive. In the order they are printed. */
	readonly labels: DeskLabel[];
	readonly #parts: DeskParts;
	#queue: RunningQueue | null = null;
	#running = false;
	#noting: Promise<void> | null = null;
	readonly #lookedAt = new Set<string>();

	constructor(labels: DeskLabel[], parts: DeskParts) {
		this.labels = labels;
		this.#parts = parts;
		labels.push(...afterReload(parts.store.read()));
		void this.#settle();
	}

	get running(): boolean {
		return this.#running;
	}

	/** `again`: also those that were printed before. @returns those that wait for somebody's word, and are left out */
	print(parcels: readonly Parcel[], wish: { again?: boolean; ship?: boolean } = {}): Parcel[] {
		const left: Parcel[] = [];
		for (const parcel of parcels) {
			const known = this.labels.findIndex(({ id }) => id === parcel.id);
			const old = this.labels[known];
			if (old && isBusy(old)) {
				left.push(parcel);
				continue;
			}
			if (old) this.labels.splice(known, 1);
			// Its component, or somebody at the printer, said that it did not come out.
			const missing = old !== undefined && old.state !== "printed" && old.again;
			const again = Boolean(wish.again || missing || this.#lookedAt.delete(parcel.id));
			this.labels.push(newLabel(parcel, { ...wish, again }));
		}
		this.#keep();
		void this.#run();
		return left;
	}

	/** Its print data was handed out for the first time, and only to be looked at. */
	lookedAt(id: string): void {
		this.#lookedAt.add(id);
	}

	/** What was not sent yet is not sent any more. */
	stop(): void {
		for (const label of this.labels) if (label.state === "preparing") this.#leave(label, printWords.cancelled);
		this.#queue?.cancel();
		this.#keep();
	}

	/** Of labels printed before: print them all the same, or not. */
	decide(ids: readonly string[], wanted: boolean): void {
		for (const label of this.#those(ids, "asks")) {
			if (wanted) Object.assign(label, { state: "preparing", again: true, reason: null });
			else this.#leave(label, printWords.cancelled);
		}
		this.#keep();
		void this.#run();
	}

	/** Of labels whose fate nobody knows: whoever looked at the printer says whether they came out. */
	settle(ids: readonly string[], cameOut: boolean): void {
		for (const label of this.#those(ids, "unknown")) {
			if (cameOut) Object.assign(label, { state: "printed", reason: null });
			else Object.assign(label, { state: "cancelled", reason: null, again: true });
		}
		this.#keep();
		void this.#settle();
	}

	/** What failed, and what was not sent, once more. */
	retry(): void {
		for (const label of this.labels)
			if (label.state === "failed" || label.state === "cancelled")
				Object.assign(label, { state: "preparing", reason: null });
		this.#keep();
		void this.#run();
	}

	/** Takes from the list what is over. */
	clear(): void {
		const open = this.labels.filter((label) => !isOver(label));
		this.labels.splice(0, this.labels.length, ...open);
		this.#keep();
	}

	#those(ids: readonly string[], state: DeskLabel["state"]): DeskLabel[] {
		return this.labels.filter((label) => label.state === state && ids.includes(label.id));
	}

	async #run(): Promise<void> {
		if (this.#running) return;
		this.#running = true;
		try {
			for (let next = this.#next(); next.length > 0; next = this.#next()) await this.#printSome(next);
		} finally {
			this.#running = false;
		}
	}

	#next(): DeskLabel[] {
		return this.labels.filter(({ state }) => state === "preparing").slice(0, preparedAtOnce);
	}

	async #printSome(labels: readonly DeskLabel[]): Promise<void> {
		const wishes = new Map<PrintClientName, LabelWish[]>();
		try {
			const printables = await this.#parts.printData(labels.map(({ id }) => id));
			for (const label of labels) {
				if (label.state !== "preparing") continue; // stopped meanwhile
				const printable = printables.find(({ id }) => id === label.id);
				if (!printable?.ok) {
					Object.assign(label, { state: "failed", reason: printable?.reason ?? printWords.badData });
				} else if (printable.printedBefore && !label.again) label.state = "asks";
				else {
					const { id, printClient, printData } = printable;
					Object.assign(label, { client: printClient, state: "queued" });
					wishes.set(printClient, [
						...(wishes.get(printClient) ?? []),
						{ id, trackingNo: label.trackingNo, printData },
					]);
				}
			}
		} catch (err) {
			for (const label of labels)
				if (label.state === "preparing") Object.assign(label, { state: "failed", reason: this.#parts.wordsOf(err) });
		}
		this.#keep();
		for (const [client, those] of wishes) await this.#send(client, those);
	}

	async #send(client: PrintClientName, wishes: readonly LabelWish[]): Promise<void> {
		const isOurs = ({ id }: { id: string }): boolean => wishes.some((wish) => wish.id === id);
		try {
			this.#queue = await this.#parts.print(client, wishes, (changed) => this.#change(changed));
			const ended = await this.#queue.done;
			if (ended.some(({ state }) => state === "unknown")) this.#leaveRest(printWords.notSent);
		} catch (err) {
			const reason = this.#parts.wordsOf(err);
			for (const label of this.labels) if (isOurs(label) && label.state === "queued") this.#leave(label, reason);
			this.#leaveRest(reason);
		} finally {
			this.#queue = null;
			this.#keep();
		}
	}

	/** Whoever stands at the printer looks first. */
	#leaveRest(reason: Words): void {
		for (const label of this.labels) if (label.state === "preparing") this.#leave(label, reason);
	}

	/** `again` stays: a label that was wanted again, or was not sent at all, needs no second question. */
	#leave(label: DeskLabel, reason: Words): void {
		const handedOut = label.state === "queued";
		Object.assign(label, { state: "cancelled", reason, again: label.again || handedOut });
	}

	#change({ id, state, reason }: QueuedLabel): void {
		const label = this.labels.find((each) => each.id === id);
		if (!label) return;
		// Its print data was handed out, but it did not come out: the next time nobody has to be asked.
		Object.assign(label, { state, reason, again: label.again || state === "cancelled" || state === "failed" });
		this.#keep();
		if (state === "printed") void this.#settle();
	}

	/** Tells the hub of what came out, and ships what is to leave; again after a while where it does not answer. */
	#settle(): Promise<void> {
		this.#noting ??= this.#noteAll().finally(() => {
			this.#noting = null;
		});
		return this.#noting;
	}

	async #noteAll(): Promise<void> {
		await Promise.resolve(); // several labels of one task are told together
		for (let open = this.#unsettled(); open.length > 0; open = this.#unsettled()) {
			try {
				const unnoted = open.filter(({ noted }) => !noted);
				const refused = unnoted.length ? await this.#parts.note(unnoted.map(({ id }) => id)) : new Map<string, Words>();
				for (const label of unnoted) Object.assign(label, { noted: true, reason: refused.get(label.id) ?? null });
				for (const label of open) await this.#ship(label);
			} catch {
				// The hub does not answer: it is told as soon as it does, by a later page if need be.
				await new Promise((resolve) => setTimeout(resolve, noteAgainMs));
			}
			this.#keep();
		}
	}

	#unsettled(): DeskLabel[] {
		return this.labels.filter(({ state, noted, ship }) => state === "printed" && (!noted || ship === "wanted"));
	}

	async #ship(label: DeskLabel): Promise<void> {
		if (label.ship !== "wanted") return;
		const shipReason = await this.#parts.ship(label);
		Object.assign(label, { ship: shipReason ? "failed" : "done", shipReason });
	}

	#keep(): void {
		this.#parts.store.write(this.labels);
	}
}
