/** Whether `order.create` would take an order of a table, with what is wrong told by the table's columns. */
import Validator from "fastest-validator";
import { ruleOf, typeOf } from "../../../config/errors.ts";
import { type Finding, fieldErrors, inWords } from "../../../mixins/field-errors.ts";
import { type ManualOrder, manualOrder } from "../manual.ts";
import type { PlatformOrder } from "../order.ts";
import { manualOrderParams } from "../params.ts";
import type { OrderColumn } from "./columns.ts";
import type { Draft, OrderRowError } from "./read.ts";

/** The package is its class, whatever its types say of a `default` inside. */
const validator = new (Validator as unknown as typeof Validator.default)();
const findings = validator.compile(structuredClone(manualOrderParams));

/** The order as it would be stored, or what is wrong. What the validator fills in is filled into the draft's order. */
export function checked({ rows, order }: Draft, now: Date): { built: PlatformOrder } | { errors: OrderRowError[] } {
	const found = findings(order) as true | Finding[];
	if (found !== true) {
		const wrong = fieldErrors(found);
		const zh = inWords(wrong, "zh");
		return {
			errors: inWords(wrong, "en").map(({ field, message }, at) =>
				errorAt(rows, field, message, zh[at]?.message ?? ""),
			),
		};
	}
	try {
		return { built: manualOrder(order as ManualOrder, now) };
	} catch (err) {
		return { errors: [errorOf(rows, err)] };
	}
}

/** What `order.create` has against an order, as an error of its rows. @throws what is not the order's fault */
export function errorOf(rows: readonly number[], err: unknown): OrderRowError {
	const type = typeOf(err);
	const rule = ruleOf(err);
	if (!rule || (type !== "INVALID" && type !== "NOT_FOUND")) throw err;
	const { message, data } = err as { message: string; data?: { field?: string } };
	const detail = message.replace(`${rule.en}: `, "");
	return errorAt(rows, type === "NOT_FOUND" ? "shopId" : (data?.field ?? ""), detail, `${rule.zh}（${detail}）`);
}

/** Where a field of an order stands in the table, if not in a column of its own name. */
const columns: Readonly<Record<string, OrderColumn>> = {
	shopId: "shop",
	priceFen: "price",
	discountFen: "discount",
	freightFen: "freight",
	paidFen: "paid",
	"memo.buyer": "buyerMemo",
	"memo.seller": "sellerMemo",
};

const ownNames = [
	...["orderNo", "outerSku", "title", "spec", "quantity", "gift", "name", "phone", "province", "city", "district"],
	...["town", "address", "buyerNick", "placedAt", "shipDeadline"],
] as readonly OrderColumn[];

/** "lines[1].priceFen" is in the second row of the order, in the column of prices. */
function errorAt(rows: readonly number[], path: string, message: string, messageZh: string): OrderRowError {
	const [, line = "0", field = ""] = /^(?:lines\[(\d+)\]\.|receiver\.)?(.*)$/.exec(path) ?? [];
	const column = columns[field] ?? ownNames.find((name) => name === field);
	return { row: rows[Number(line)] ?? rows[0] ?? 0, field: column ?? "row", message, messageZh };
}
