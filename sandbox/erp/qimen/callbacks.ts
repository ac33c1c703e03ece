import { XMLBuilder } from "fast-xml-parser";
import { beijing } from "../../beijing.ts";
import type { CallbackFault } from "../../faults.ts";
import { hash } from "../../random.ts";
import { trackingNumber } from "../../tracking.ts";
import type { ErpDocument } from "../document.ts";
import type { CallbackKind, CallbackRequest } from "../erp.ts";
import { credentials } from "./credentials.ts";
import { sign } from "./sign.ts";

const builder = new XMLBuilder({ suppressEmptyNode: true });
const mostParts = 3;

interface Item {
	sku: string;
	quantity: number;
}

/** 奇门's calls to the ERP's side: deliveryorder.confirm and returnorder.confirm. */
export const callbacks: CallbackKind = {
	shipped(document, fault, nowMs) {
		const secret = fault === "callback-forged" ? "of somebody else" : credentials.secret;
		const parts = partsOf(document, fault);
		const calls = parts.map((items, at) => {
			const content = confirmation(document, items, at, at === parts.length - 1, nowMs);
			return signed("deliveryorder.confirm", content, nowMs, secret);
		});
		if (fault === "callback-disorder") calls.reverse();
		return calls.map((call) => (fault === "callback-twice" ? [call, call] : [call]));
	},

	returned(document, nowMs) {
		const content = {
			returnOrder: {
				returnOrderCode: document.key,
				returnOrderId: document.docNos[0] ?? "",
				warehouseCode: "OTHER",
				outBizCode: `${document.key}-R`,
				orderType: "THRK",
				orderConfirmTime: beijing(nowMs),
			},
			orderLines: {
				orderLine: document.lines.map(({ sku, quantity }) => ({
					itemCode: sku,
					inventoryType: "ZP",
					planQty: quantity,
					actualQty: quantity,
				})),
			},
		};
		return signed("returnorder.confirm", content, nowMs, credentials.secret);
	},

	took: (answer) => answer.includes("<flag>success</flag>"),
};

/** What goes in each parcel: all in one, or the pieces over up to three. */
function partsOf({ lines }: ErpDocument, fault: CallbackFault | null): Item[][] {
	if (fault === "callback-wrong-line") return [[{ sku: "NOT-OF-THIS-ORDER", quantity: 1 }]];
	if (fault !== "callback-split" && fault !== "callback-disorder") return [lines];
	const pieces = lines.flatMap(({ sku, quantity }) => Array.from({ length: quantity }, () => sku));
	const count = Math.min(mostParts, pieces.length);
	return Array.from({ length: count }, (_, at) => {
		const bySku = Map.groupBy(
			pieces.filter((_sku, index) => Math.min(index, count - 1) === at),
			(sku) => sku,
		);
		return [...bySku].map(([sku, { length }]) => ({ sku, quantity: length }));
	});
}

/** The first parcel has the document's own tracking number. */
function confirmation(document: ErpDocument, items: Item[], at: number, isLast: boolean, nowMs: number): object {
	const { key, docNos, sequence, shipping } = document;
	const { carrier } = shipping;
	const expressCode =
		at === 0 ? shipping.trackingNo : trackingNumber(carrier, hash(`qimen:${key}:${at}`), at * 10_000_000 + sequence);
	return {
		deliveryOrder: {
			deliveryOrderCode: key,
			deliveryOrderId: docNos[0] ?? "",
			warehouseCode: "OTHER",
			orderType: "JYCK",
			status: isLast ? "DELIVERED" : "PARTDELIVERED",
			outBizCode: `${key}-${at + 1}`,
			confirmType: isLast ? "0" : "1",
			orderConfirmTime: beijing(nowMs),
		},
		packages: {
			package: [
				{
					logisticsCode: carrier,
					expressCode,
					items: { item: items.map(({ sku, quantity }) => ({ itemCode: sku, quantity })) },
				},
			],
		},
	};
}

function signed(method: string, content: object, nowMs: number, secret: string): CallbackRequest {
	const body = `<?xml version="1.0" encoding="utf-8"?>${builder.build({ request: content })}`;
	const params: Record<string, string> = {
		method: `taobao.qimen.${method}`,
		timestamp: beijing(nowMs),
		format: "xml",
		app_key: credentials.appKey,
		v: "2.0",
		sign_method: "md5",
		customerId: credentials.customerId,
	};
	const query = new URLSearchParams({ ...params, sign: sign(Object.entries(params), body, secret) });
	return { query: query.toString(), type: "text/xml;charset=utf-8", body };
}
