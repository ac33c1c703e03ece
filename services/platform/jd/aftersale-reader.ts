import type { AftersaleLine, AftersaleType, PlatformAftersale } from "../../aftersale/aftersale.ts";
import { share, sum } from "../money.ts";
import { fail, optionalFen, part, quantity, type RawRecord, requiredText, rows, text } from "../record.ts";
import { ourCarrier } from "../table.ts";
import { carrierNames } from "./carriers.ts";
import { moment } from "./fields.ts";
import { refundModifiedAt, refundNo } from "./refunds.ts";
import { isService, serviceModifiedAt, serviceNo } from "./services.ts";
import { refundStatus, serviceStatus, serviceType } from "./statuses.ts";

/**
 * An after-sale of either kind in our words.
 * @throws PLATFORM_UNKNOWN_STATUS for a code no table has; PLATFORM_BAD_RECORD for a field that cannot be right
 */
export const readAftersale = (shopId: string, raw: RawRecord): PlatformAftersale =>
	isService(raw) ? readService(shopId, raw) : readRefund(shopId, raw);

/** The carrier brings the goods back since the buyer did not take them. */
const refusedAtTheDoor: ReadonlySet<string> = new Set(["12"]);

function readRefund(shopId: string, raw: RawRecord): PlatformAftersale {
	const rawStatus = requiredText(raw, "status");
	const status = refundStatus(rawStatus);
	const source = text(raw, "systemId");
	const refundFen = applySum(raw);
	return {
		platform: "jd",
		shopId,
		aftersaleNo: refundNo(raw),
		orderNo: requiredText(raw, "orderId"),
		type: refusedAtTheDoor.has(source) || rawStatus === "16" ? "REJECTED" : "REFUND_BEFORE_SHIP",
		status,
		rawType: `refund/${source}`,
		rawStatus,
		lines: refundLines(raw, refundFen),
		refundFen,
		reason: text(raw, "reason"),
		buyerNote: "",
		evidence: [],
		refusal: status === "REFUSED" ? text(raw, "checkRemark") : "",
		returnParcel: null,
		deadline: null,
		appliedAt: moment(raw, "applyTime"),
		modifiedAt: refundModifiedAt(raw),
	};
}

/** A number of fen: the one amount of 京东's that is not in yuan. "10900.0" is 10900. */
function applySum(raw: RawRecord): number {
	const [, whole] = /^(\d{1,15})(?:\.0*)?$/.exec(requiredText(raw, "applyRefundSum")) ?? [];
	return whole === undefined ? fail("applyRefundSum", "is not an amount in fen") : Number(whole);
}

/** What goes back for each SKU 京东 does not tell: the sum is shared by pieces. */
function refundLines(raw: RawRecord, refundFen: number): AftersaleLine[] {
	const skus = rows(raw, "skuVoList");
	const shared = share(
		refundFen,
		skus.map((sku) => quantity(sku, "skuCount")),
	);
	return skus.map((sku, at) => ({
		lineId: requiredText(sku, "skuId"),
		platformSkuId: requiredText(sku, "skuId"),
		outerSku: "",
		title: text(sku, "skuName"),
		quantity: quantity(sku, "skuCount"),
		refundFen: shared[at] ?? 0,
	}));
}

function readService(shopId: string, raw: RawRecord): PlatformAftersale {
	const expect = requiredText(raw, "customerExpect");
	const rawStatus = requiredText(raw, "serviceStatus");
	const type = serviceType(expect);
	const trackingNo = text(raw, "expressCode");
	const lines = [serviceLine(raw, type)];
	return {
		platform: "jd",
		shopId,
		aftersaleNo: serviceNo(raw),
		orderNo: requiredText(raw, "orderId"),
		type,
		status: serviceStatus(rawStatus, type, trackingNo !== ""),
		rawType: `service/${expect}`,
		rawStatus,
		lines,
		refundFen: sum(lines.map((line) => line.refundFen)),
		reason: [text(raw, "questionTypeCid1Name"), text(raw, "questionTypeCid2Name")].filter(Boolean).join(" / "),
		buyerNote: text(raw, "questionDesc"),
		evidence: [],
		refusal: rawStatus === "10004" ? text(raw, "approveResultName") : "",
		returnParcel: trackingNo === "" ? null : { carrier: returnCarrier(raw), trackingNo },
		deadline: null,
		appliedAt: moment(raw, "applyTime"),
		modifiedAt: serviceModifiedAt(raw),
	};
}

/** A service order is about one SKU. `actualPayPrice` is in yuan, and of no meaning where no money goes back. */
function serviceLine(raw: RawRecord, type: AftersaleType): AftersaleLine {
	const moneyBack = type === "RETURN_REFUND" || type === "REFUND_ONLY";
	return {
		lineId: requiredText(raw, "skuId"),
		platformSkuId: requiredText(raw, "skuId"),
		outerSku: "",
		title: text(raw, "wareName"),
		quantity: quantity(raw, "serviceCount"),
		refundFen: moneyBack ? (optionalFen(raw, "actualPayPrice") ?? 0) : 0,
	};
}

/** 京东 names the company; one we have no code for stays as it is. */
const returnCarrier = (raw: RawRecord): string =>
	ourCarrier(carrierNames, text(part(raw, "freight"), "expressCompany"));
