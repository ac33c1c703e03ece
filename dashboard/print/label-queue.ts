/** Labels on their way through a print component, task by task. */
import { type Link, PrintProblem } from "./link.ts";
import type { PrintProtocol, Reading, Words } from "./protocol.ts";
import { randomId } from "./random-id.ts";
import { joined, type LabelState, printWords, said } from "./words.ts";

/** One label that is wanted. */
export interface LabelWish {
	id: string; // the waybill's
	trackingNo: string;
	printData: string; // as `GET /waybills/:id/print-data` gives it
}

/** What is known of a label. */
export interface QueuedLabel {
	id: string; // the waybill's
	trackingNo: string;
	state: LabelState;
	reason: Words | null; // of failed, unknown and cancelled
}

interface QueueParts {
	link: Link;
	protocol: PrintProtocol;
	mostDocuments: number; // of one task
	printer: string;
	resultMs: number;
	answerMs: number;
	onChange: (label: QueuedLabel) => void;
}

/** A task may still be in the printer when it is first asked about. */
const askPausesMs = [100, 500, 1_000, 2_000] as const;

export class LabelQueue {
	readonly #parts: QueueParts;
	readonly #wishes: ReadonlyMap<string, LabelWish>;
	readonly #labels: ReadonlyMap<string, QueuedLabel>;
	#cancelled = false;
	/** The labels as they ended; it never fails. */
	readonly done: Promise<readonly QueuedLabel[]>;

	/** A number that is wished for twice is printed once. */
	constructor(parts: QueueParts, wishes: readonly LabelWish[]) {
		this.#parts = parts;
		this.#wishes = new Map(wishes.map((wish) => [wish.trackingNo, wish]));
		this.#labels = new Map(
			[...this.#wishes.values()].map(({ id, trackingNo }) => [
				trackingNo,
				{ id, trackingNo, state: "queued", reason: null },
			]),
		);
		this.done = this.#run();
	}

	/** As they are now, in the order they are printed. */
	get labels(): readonly QueuedLabel[] {
		return [...this.#labels.values()].map((label) => ({ ...label }));
	}

	/** What was not sent yet is not sent any more. */
	cancel(): void {
		this.#cancelled = true;
		this.#leave(printWords.cancelled);
	}

	async #run(): Promise<readonly QueuedLabel[]> {
		await Promise.resolve(); // whoever made the queue has it in hand before the first change is told
		for (const [trackingNo, { printData }] of this.#wishes) {
			if (!this.#parts.protocol.carries(printData)) this.#change(trackingNo, "failed", printWords.badData);
		}
		for (let next = this.#next(); next.length > 0 && !this.#cancelled; next = this.#next()) {
			try {
				await this.#parts.link.openAgain();
			} catch (err) {
				this.#leave(wordsOf(err));
				break;
			}
			if (!this.#cancelled) await this.#print(next);
		}
		return this.labels;
	}

	#next(): string[] {
		const queued = [...this.#labels.values()].filter(({ state }) => state === "queued");
		return queued.slice(0, this.#parts.mostDocuments).map(({ trackingNo }) => trackingNo);
	}

	async #print(trackingNos: readonly string[]): Promise<void> {
		const { link, protocol, printer, resultMs } = this.#parts;
		const id = randomId();
		const documents = trackingNos.map((documentId) => {
			return { documentId, printData: this.#wishes.get(documentId)?.printData ?? "" };
		});
		for (const trackingNo of trackingNos) this.#change(trackingNo, "sent");
		try {
			await link.ask(id, protocol.print({ id, printer, documents }), resultMs, (reading) =>
				this.#note(trackingNos, reading),
			);
		} catch (err) {
			await this.#inDoubt(id, trackingNos, wordsOf(err));
		}
	}

	/** true once every label of the task has its result. */
	#note(trackingNos: readonly string[], reading: Reading): true | undefined {
		for (const trackingNo of this.#sent(trackingNos)) {
			if (reading.kind === "refused") this.#change(trackingNo, "failed", said(reading.reason));
			if (reading.kind !== "results") continue;
			const outcome = reading.each.get(trackingNo) ?? reading.all;
			if (outcome) this.#change(trackingNo, outcome.state, outcome.state === "failed" ? said(outcome.reason) : null);
		}
		return this.#sent(trackingNos).length === 0 || undefined;
	}

	/** Asks the component where it can be asked; what it does not tell then stays unknown, and nothing more is sent. */
	async #inDoubt(taskId: string, trackingNos: readonly string[], why: Words): Promise<void> {
		for (const pauseMs of askPausesMs) {
			if (!this.#parts.protocol.askAbout || this.#sent(trackingNos).length === 0) break;
			await new Promise((resolve) => setTimeout(resolve, pauseMs));
			if (!(await this.#askAbout(this.#parts.protocol.askAbout, taskId, trackingNos))) break;
		}
		const unknown = this.#sent(trackingNos);
		for (const trackingNo of unknown) this.#change(trackingNo, "unknown", joined(why, printWords.lookFirst));
		if (unknown.length > 0) this.#leave(printWords.notSent);
	}

	/** false: it does not know the task, or does not answer. */
	async #askAbout(
		askAbout: (id: string, taskId: string) => string,
		taskId: string,
		trackingNos: readonly string[],
	): Promise<boolean> {
		const { link, answerMs } = this.#parts;
		const id = randomId();
		try {
			await link.openAgain();
			return await link.ask(id, askAbout(id, taskId), answerMs, (reading) => {
				if (reading.kind === "results") this.#note(trackingNos, reading);
				return reading.kind === "results";
			});
		} catch (err) {
			if (err instanceof PrintProblem) return false; // the labels stay in doubt
			throw err;
		}
	}

	#sent(trackingNos: readonly string[]): string[] {
		return trackingNos.filter((trackingNo) => this.#labels.get(trackingNo)?.state === "sent");
	}

	#leave(reason: Words): void {
		for (const { trackingNo, state } of this.labels)
			if (state === "queued") this.#change(trackingNo, "cancelled", reason);
	}

	#change(trackingNo: string, state: LabelState, reason: Words | null = null): void {
		const label = this.#labels.get(trackingNo);
		if (!label) return;
		Object.assign(label, { state, reason });
		this.#parts.onChange({ ...label });
	}
}

function wordsOf(err: unknown): Words {
	if (err instanceof PrintProblem) return err.words;
	throw err;
}
