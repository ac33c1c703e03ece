import { aftersaleStatuses, aftersaleTypes } from "./aftersale.ts";
import { conditions } from "./hub-part.ts";

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

export const optionalText = (max: number) => ({ type: "string", max, default: "", trim: true });

/** A Decision without its action. */
export const decisionParams = {
	addressId: optionalText(100),
	reasonCode: optionalText(100),
	note: optionalText(500),
	carrier: optionalText(40),
	trackingNo: optionalText(60),
};

/** A GivenReceipt without its note. */
export const receiptParams = {
	quantity: "number|integer|min:0|optional",
	condition: { type: "enum", values: [...conditions], default: "good" },
};
