import { randomInt } from "node:crypto";
import type { PlatformAftersale } from "./aftersale.ts";

/** An open return of one line for tests: valid, of a new number, with what is given put over it. */
export function platformAftersale(over: Partial<PlatformAftersale> = {}): PlatformAftersale {
	const at = new Date("2026-01-02T03:04:05Z");
	return {
		platform: "taobao",
		shopId: "s1",
		aftersaleNo: `18${randomInt(1e10, 1e11)}`,
		orderNo: `41872635${randomInt(1e10, 1e11)}`,
		type: "RETURN_REFUND",
		status: "APPLIED",
		rawType: "REFUND_AND_RETURN",
		rawStatus: "WAIT_SELLER_AGREE",
		lines: [{ lineId: "1", platformSkuId: "p1", outerSku: "CUP", title: "杯", quantity: 2, refundFen: 3_900 }],
		refundFen: 3_900,
		reason: "质量问题",
		buyerNote: "",
		evidence: [],
		refusal: "",
		returnParcel: null,
		deadline: null,
		appliedAt: at,
		modifiedAt: at,
		...over,
	};
}
