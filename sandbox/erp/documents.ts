import type { Journal } from "../journal.ts";
import { hash, seeded } from "../random.ts";
import { Roll } from "../roll.ts";
import { trackingNumber } from "../tracking.ts";
import type { Behaviours } from "./behaviour.ts";
import type { DocumentKind, ErpDocument, NewDocument } from "./document.ts";

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

	/** Who ships is told of every new order. */
	onTaken(listener: (document: ErpDocument) => void): void {
		this.#onTaken = listener;
	}

	find(dialect: string, key: string, kind: DocumentKind = "order"): ErpDocument | undefined {
		return this.#byKey.get(idOf({ dialect, key, kind }));
	}

	/** The orders that left at that moment or later, first things first. Ties are never cut: all of the last moment come. */
	shipped(dialect: string, sinceMs: number, limit: number): ErpDocument[] {
		const found = this.all
			.after(0, Number.POSITIVE_INFINITY)
			.filter(
				(each) => each.dialect === dialect && each.shipping.state === "done" && each.shipping.shippedMs >= sinceMs,
			)
			.sort((a, b) => a.shipping.shippedMs - b.shipping.shippedMs || a.sequence - b.sequence);
		const last = found[limit - 1];
		return last ? found.filter(({ shipping }) => shipping.shippedMs <= last.shipping.shippedMs) : found;
	}

	/** Takes a document as new; a key it has already is counted once more. Returns the ERP's number for it. */
	take(dialect: string, fresh: NewDocument, nowMs: number): { document: ErpDocument; docNo: string } {
		const known = this.find(dialect, fresh.key, fresh.kind);
		const document = known ?? this.#create(dialect, fresh, nowMs);
		document.accepted += 1;
		const docNo = `${dialect.toUpperCase()}-${String(document.sequence).padStart(8, "0")}-${document.accepted}`;
		document.docNos.push(docNo);
		this.changed(document);
		if (!known && document.kind === "order") this.#onTaken(document);
		return { document, docNo };
	}

	/**
	 * What came of a request to cancel an order; one that is granted has its own row of the kind `cancel`. A cancelled
	 * order stays cancelled; asking again changes nothing.
	 */
	cancel(document: ErpDocument): "cancelled" | "refused" | "shipped" {
		if (document.cancelled) return "cancelled";
		if (hasLeft(document)) return "shipped";
		if (this.#behaviours.of(document.dialect).decide === "refuse") return "refused";
		document.cancelled = true;
		this.changed(document);
		this.take(document.dialect, { ...document, kind: "cancel", lines: [], freightFen: 0 }, Date.now());
		return "cancelled";
	}

	/**
	 * Makes an order what it is now, if it may still be changed; a change that is granted is counted in the row of the
	 * kind `change`, which shows the last one.
	 */
	change(document: ErpDocument, fresh: NewDocument, nowMs: number): "changed" | "cancelled" | "shipped" {
		if (document.cancelled) return "cancelled";
		if (hasLeft(document)) return "shipped";
		this.retell(document, fresh);
		const { document: told } = this.take(document.dialect, { ...fresh, kind: "change", key: document.key }, nowMs);
		this.retell(told, fresh);
		return "changed";
	}

	/** The document as it is told now, without counting it as taken anew. */
	retell(document: ErpDocument, { lines, freightFen, version = "" }: NewDocument): void {
		Object.assign(document, { lines, freightFen, version, totalFen: totalOf({ lines, freightFen }) });
		this.changed(document);
	}

	/** A cancelled order is to be delivered after all, in ERPs that cancel an order in order to change it. */
	reopen(document: ErpDocument): void {
		document.cancelled = false;
		this.changed(document);
		this.#onTaken(document);
	}

	/** To be called after every change. */
	changed(document: ErpDocument): void {
		this.#journal.put("document", idOf(document), document);
	}

	reset(): void {
		this.all.clear();
		this.#byKey.clear();
		this.#journal.clear("document");
	}

	#create(dialect: string, fresh: NewDocument, nowMs: number): ErpDocument {
		const { key, orderNo, hubOrderId, lines, freightFen, wishedCarrier, kind = "order", version = "" } = fresh;
		const random = seeded(`${dialect}:${key}`);
		const carrier = erpCarriers.includes(wishedCarrier) ? wishedCarrier : random.pick(erpCarriers);
		const sequence = this.all.nextSequence;
		const document: ErpDocument = {
			...{ key, orderNo, hubOrderId, lines, freightFen, wishedCarrier, version },
			sequence,
			dialect,
			kind,
			totalFen: totalOf(fresh),
			docNos: [],
			accepted: 0,
			cancelled: false,
			takenMs: nowMs,
			shipping: {
				state: kind === "order" ? "waiting" : "none",
				dueMs: Date.now() + this.#behaviours.of(dialect).afterMs,
				attempts: 0,
				carrier,
				trackingNo: kind === "order" ? trackingNumber(carrier, hash(`${dialect}:${key}`), sequence) : "",
				shippedMs: 0,
				answer: "",
			},
		};
		this.#enter(document);
		return document;
	}

	#enter(document: ErpDocument): void {
		this.all.add(document);
		this.#byKey.set(idOf(document), document);
	}
}

const idOf = ({ dialect, kind, key }: Pick<ErpDocument, "dialect" | "kind" | "key">): string =>
	`${dialect}:${kind}:${key}`;

const totalOf = ({ lines, freightFen }: Pick<NewDocument, "lines" | "freightFen">): number =>
	lines.reduce((sum, line) => sum + line.totalFen, freightFen);

/** Once the parcel is on its way to the hub nobody can say it has not left. */
const hasLeft = ({ shipping }: ErpDocument): boolean => shipping.state !== "waiting" || shipping.attempts > 0;
