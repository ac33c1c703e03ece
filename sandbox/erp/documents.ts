import type { Journal } from "../journal.ts";
import { hash, seeded } from "../random.ts";
import { Roll } from "../roll.ts";
import { trackingNumber } from "../tracking.ts";
import type { Behaviours } from "./behaviour.ts";
import type { ErpDocument, NewDocument } from "./document.ts";

/** The carriers ERPs choose from by themselves. */
const erpCarriers: readonly string[] = ["SF", "ZTO", "YTO", "STO", "YUNDA", "JD"];

/** Every document every ERP has taken. */
export class Documents {
	readonly all = new Roll<ErpDocument>();
	readonly #journal: Journal;
	readonly #behaviours: Behaviours;
	readonly #byKey = new Map<string, ErpDocument>();
	#onTaken: (document: ErpDocument) => void = () => {};

	constructor(journal: Journal, behaviours: Behaviours) {
		this.#journal = journal;
		this.#behaviours = behaviours;
		const stored = journal.load<ErpDocument>("document").sort((a, b) => a.sequence - b.sequence);
		for (const document of stored) this.#enter(document);
	}

	/** Who ships is told of every new document. */
	onTaken(listener: (document: ErpDocument) => void): void {
		this.#onTaken = listener;
	}

	find(dialect: string, key: string): ErpDocument | undefined {
		return this.#byKey.get(`${dialect}:${key}`);
	}

	/** Takes a document as new; a key it has already is counted once more. Returns the ERP's number for it. */
	take(dialect: string, fresh: NewDocument, nowMs: number): { document: ErpDocument; docNo: string } {
		const known = this.find(dialect, fresh.key);
		const document = known ?? this.#create(dialect, fresh, nowMs);
		document.accepted += 1;
		const docNo = `${dialect.toUpperCase()}-${String(document.sequence).padStart(8, "0")}-${document.accepted}`;
		document.docNos.push(docNo);
		this.changed(document);
		if (!known) this.#onTaken(document);
		return { document, docNo };
	}

	/** What came of a request to cancel. A cancelled document stays cancelled; asking again changes nothing. */
	cancel(document: ErpDocument): "cancelled" | "refused" | "shipped" {
		if (document.cancelled) return "cancelled";
		// Once the parcel is on its way to the hub nobody can say it has not left.
		if (document.shipping.state !== "waiting" || document.shipping.attempts > 0) return "shipped";
		if (this.#behaviours.of(document.dialect).decide === "refuse") return "refused";
		document.cancelled = true;
		this.changed(document);
		return "cancelled";
	}

	/** To be called after every change. */
	changed(document: ErpDocument): void {
		this.#journal.put("document", `${document.dialect}:${document.key}`, document);
	}

	reset(): void {
		this.all.clear();
		this.#byKey.clear();
		this.#journal.clear("document");
	}

	#create(dialect: string, fresh: NewDocument, nowMs: number): ErpDocument {
		const random = seeded(`${dialect}:${fresh.key}`);
		const carrier = erpCarriers.includes(fresh.wishedCarrier) ? fresh.wishedCarrier : random.pick(erpCarriers);
		const sequence = this.all.nextSequence;
		const document: ErpDocument = {
			...fresh,
			sequence,
			dialect,
			kind: "order",
			totalFen: fresh.lines.reduce((sum, line) => sum + line.totalFen, fresh.freightFen),
			docNos: [],
			accepted: 0,
			cancelled: false,
			takenMs: nowMs,
			shipping: {
				state: "waiting",
				dueMs: Date.now() + this.#behaviours.of(dialect).afterMs,
				attempts: 0,
				carrier,
				trackingNo: trackingNumber(carrier, hash(`${dialect}:${fresh.key}`), sequence),
				answer: "",
			},
		};
		this.#enter(document);
		return document;
	}

	#enter(document: ErpDocument): void {
		this.all.add(document);
		this.#byKey.set(`${document.dialect}:${document.key}`, document);
	}
}
