/** A table of links: a platform's SKU and what it is in the ERP; several rows of one SKU make a combo. Pure. */
import * as table from "../../mixins/table/columns.ts";
import { erpSkuLengths } from "./erp-sku.ts";
import type { LinkPart, SkuRef } from "./sku-link.ts";

export type LinkColumn = "shop" | "platformSkuId" | "outerSku" | "erpSku" | "quantity";
export type LinkRowError = table.RowError<LinkColumn>;

/** One link of the table. */
export interface LinkDraft extends SkuRef {
	rows: number[];
	shop: string; // as the table names it; "": not at all
	parts: LinkPart[]; // one of each row
}

const headings: table.Headings<LinkColumn> = {
	shop: ["Shop", "Shop ID", "店铺", "店铺编号", "店铺ID"],
	platformSkuId: ["Platform SKU ID", "SKU ID", "平台规格ID", "平台SKU ID", "规格ID"],
	outerSku: ["Outer SKU", "SKU", "商家编码", "规格编码"],
	erpSku: ["ERP SKU", "ERP规格", "ERP编码", "ERP商品编码", "ERP SKU编码"],
	quantity: ["Quantity", "Qty", "数量", "件数"],
};

const most = { skuId: 100, pieces: 10_000, parts: 50 };

/** @throws INVALID when the column of ERP SKUs is not there, or one is there twice */
export function readLinks(cells: readonly string[][]): { rows: number[]; drafts: LinkDraft[]; errors: LinkRowError[] } {
	const rows = table.rowsUnder(cells, headings, ["erpSku"]);
	const errors: LinkRowError[] = [];
	const drafts = new Map<string, LinkDraft>();
	for (const { row, cell } of rows) {
		const problem = (field: LinkColumn, { en, zh }: table.Words) =>
			errors.push({ row, field, message: en, messageZh: zh });
		for (const column of ["platformSkuId", "outerSku", "erpSku"] as const) {
			const longest = column === "erpSku" ? erpSkuLengths.code : most.skuId;
			if (table.lostDigits(cell(column))) problem(column, table.lostDigitsWords);
			if (cell(column).length > longest) {
				problem(column, { en: `longer than ${longest} characters`, zh: `长度不得超过 ${longest}` });
			}
		}
		const [shop, platformSkuId, outerSku, erpSku] = [
			...[cell("shop"), cell("platformSkuId"), cell("outerSku"), cell("erpSku")],
		] as [string, string, string, string];
		if (!platformSkuId && !outerSku) {
			problem("platformSkuId", { en: "is missing, and so is the merchant code", zh: "平台规格ID与商家编码至少填一项" });
		}
		if (!erpSku) problem("erpSku", { en: "is missing", zh: "必填" });
		const pieces = cell("quantity") || "1";
		const quantity = /^\d{1,5}(\.0+)?$/.test(pieces) ? Number(pieces) : 0;
		if (!quantity || quantity > most.pieces) {
			problem("quantity", { en: `${pieces} is no number of pieces`, zh: `${pieces} 不是件数` });
		}
		// The code counts where there is no id: rows of one id may have any code.
		const key = JSON.stringify([shop, platformSkuId || null, platformSkuId ? null : outerSku]);
		const draft = drafts.get(key) ?? { rows: [], shop, platformSkuId, outerSku, parts: [] };
		if (draft.parts.some((part) => part.erpSku === erpSku)) {
			problem("erpSku", {
				en: "is there in an earlier row of the same SKU",
				zh: "同一规格在前面的行里已有此 ERP 规格",
			});
		}
		if (draft.parts.length === most.parts) {
			const words = { en: `a SKU has ${most.parts} parts at most`, zh: `一个规格最多对应 ${most.parts} 个 ERP 规格` };
			problem("erpSku", words);
		}
		draft.rows.push(row);
		draft.parts.push({ erpSku, quantity });
		drafts.set(key, draft);
	}
	const wrong = new Set(errors.map(({ row }) => row));
	const whole = [...drafts.values()].filter((draft) => !draft.rows.some((row) => wrong.has(row)));
	const halves = [...drafts.values()].flatMap((draft) => mates(draft.rows, wrong));
	return { rows: rows.map(({ row }) => row), drafts: whole, errors: [...errors, ...halves] };
}

/** The rows of a link that are right, while another of it is not. */
export function mates(rows: readonly number[], wrong: ReadonlySet<number>): LinkRowError[] {
	const culprit = rows.find((row) => wrong.has(row));
	if (culprit === undefined) return [];
	const message = `row ${culprit} of the same SKU is wrong`;
	const messageZh = `同一规格的第 ${culprit} 行有误`;
	return rows.filter((row) => !wrong.has(row)).map((row) => ({ row, field: "row", message, messageZh }));
}
