import { aftersaleStatuses, aftersaleTypes } from "./aftersale.ts";

const fen = "number|integer";
const text = "string";
const date = { type: "date", convert: true }; // dates are text between processes
const object = (props: Record<string, unknown>) => ({ type: "object", strict: true, props });

/** A PlatformAftersale at the door of `aftersale.save`. */
export const platformAftersaleParams = {
	$$strict: true,
	platform: "string|min:1|max:30",
	shopId: "string|min:1|max:100",
	aftersaleNo: "string|min:1|max:64",
	orderNo: "string|min:1|max:64",
	type: { type: "enum", values: [...aftersaleTypes] },
	status: { type: "enum", values: [...aftersaleStatuses] },
	rawType: text,
	rawStatus: text,
	lines: {
		type: "array",
		items: object({
			lineId: "string|min:1",
			platformSkuId: text,
			outerSku: text,
			title: text,
			quantity: "number|integer|min:0",
			refundFen: fen,
		}),
	},
	refundFen: fen,
	reason: text,
	buyerNote: text,
	evidence: { type: "array", items: "string" },
	refusal: text,
	returnParcel: { ...object({ carrier: text, trackingNo: text }), nullable: true },
	deadline: { ...date, nullable: true },
	appliedAt: date,
	modifiedAt: date,
};
