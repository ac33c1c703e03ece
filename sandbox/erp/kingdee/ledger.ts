/** The bills as Kingdee shows them: built from what the ERP has taken. */
import { beijing } from "../../beijing.ts";
import { yuan } from "../../money.ts";
import type { ErpDocument } from "../document.ts";
import type { Documents } from "../documents.ts";
import type { Condition, Row } from "./filter.ts";
import { type Form, listOf, type Model, plain, textAt } from "./model.ts";

export const dialect = "kingdee";

/** What a bill carries beside the record: kept in memory, a bill of before a restart shows blanks and is audited. */
interface Paper {
	status: "A" | "C" | "D"; // made, audited, to be audited anew
	model: Model;
}

const copies = 100; // bills of one record have ids next to each other
const carrierNames: Readonly<Record<string, string>> = {
	SF: "顺丰速运",
	ZTO: "中通快递",
	YTO: "圆通速递",
	STO: "申通快递",
	YUNDA: "韵达快递",
	JD: "京东快递",
};

export class Ledger {
	readonly #documents: Documents;
	readonly #papers = new WeakMap<ErpDocument, Paper>();

	constructor(documents: Documents) {
		this.#documents = documents;
	}

	paper(document: ErpDocument): Paper {
		return this.#papers.get(document) ?? { status: "C", model: {} };
	}

	keep(document: ErpDocument, change: Partial<Paper>): void {
		this.#papers.set(document, { ...this.paper(document), ...change });
	}

	/** Ids of a record's bills. */
	ids = ({ sequence, docNos }: ErpDocument): number[] => docNos.map((_, copy) => 100_000 + sequence * copies + copy);

	byId(form: Form, id: number): ErpDocument | undefined {
		const sequence = Math.floor((id - 100_000) / copies);
		const [document] = sequence > 0 ? this.#documents.all.after(sequence - 1, 1) : [];
		return document?.dialect === dialect && document.kind === form.kind ? document : undefined;
	}

	/** Rows of a form, one a bill or one a line. The filter narrows what is looked at where it can. */
	rows(form: Form, filter: readonly Condition[], byLine: boolean): Row[] {
		return this.#candidates(form, filter).flatMap((document) =>
			this.ids(document).flatMap((id, copy) => {
				const head = this.#head(document, id, document.docNos[copy] ?? "");
				return byLine ? this.#lines(form, document).map((line) => ({ ...head, ...line })) : [head];
			}),
		);
	}

	/** Deliveries: one for each order that has left, a row a line. */
	deliveries(sinceMs: number, limit: number): Row[] {
		return this.#documents.shipped(dialect, sinceMs, limit).flatMap((document) => {
			const { carrier, trackingNo, shippedMs } = document.shipping;
			const head = {
				FID: 900_000 + document.sequence,
				FBillNo: `XSCKD${String(document.sequence).padStart(6, "0")}`,
				FDocumentStatus: "C",
				FModifyDate: `${beijing(shippedMs).replace(" ", "T")}.${String(shippedMs % 1000).padStart(3, "0")}`,
				FCarriageNO: trackingNo,
				"FCarrierID.FNumber": carrier,
				"FCarrierID.FName": carrierNames[carrier] ?? carrier,
			};
			return document.lines.map(({ sku, quantity }) => ({
				...head,
				FRowType: "Standard",
				FSoorDerno: document.docNos[0] ?? "",
				"FMaterialID.FNumber": sku,
				FRealQty: quantity,
			}));
		});
	}

	#candidates(form: Form, filter: readonly Condition[]): ErpDocument[] {
		const named = filter.find(
			({ field, is }) => ["FNetOrderBillNo", "FBillNo"].includes(field) && ["=", "in"].includes(is),
		);
		const all = (): ErpDocument[] =>
			this.#documents.all
				.after(0, Number.POSITIVE_INFINITY)
				.filter((document) => document.dialect === dialect && document.kind === form.kind);
		if (!named) return all();
		const known = named.values.map((value) => this.#documents.find(dialect, value, form.kind));
		// The ERP's own bill numbers are no keys: they have to be looked for.
		return known.every((document) => document !== undefined || named.field === "FNetOrderBillNo")
			? known.filter((document) => document !== undefined)
			: all();
	}

	#head(document: ErpDocument, id: number, billNo: string): Row {
		const { model, status } = this.paper(document);
		const text = (name: string): string => textAt(model, name) || " "; // as Kingdee keeps an empty text
		return {
			FID: id,
			FBillNo: billNo,
			FNetOrderBillNo: document.kind === "order" ? document.key : " ",
			FDocumentStatus: status,
			FCancelStatus: document.cancelled ? "B" : "A",
			FBillAllAmount: Number(yuan(document.totalFen)),
			FLinkMan: text("FLinkMan"),
			FLinkPhone: text("FLinkPhone"),
			FReceiveAddress: text("FReceiveAddress"),
			FNote: text("FNote"),
		};
	}

	#lines(form: Form, document: ErpDocument): Row[] {
		const lines = listOf(this.paper(document).model[form.entry]).map(Object) as Model[];
		const ofRecord = document.lines.map(
			({ sku, quantity, totalFen }) => [sku, quantity, totalFen / 100 / quantity] as const,
		);
		const ofPaper = lines.map(
			(line) => [plain(line.FMaterialId), Number(line[form.quantity]), Number(line.FTaxPrice)] as const,
		);
		return (ofPaper.length ? ofPaper : ofRecord).map(([sku, quantity, price]) => ({
			"FMaterialId.FNumber": sku,
			[form.quantity]: quantity,
			FTaxPrice: price,
		}));
	}
}
