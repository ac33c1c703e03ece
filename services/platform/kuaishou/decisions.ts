import { hubError } from "../../../config/errors.ts";
import type { Decision } from "../../aftersale/aftersale.ts";
import type { Decisions, RefusalReason, ReturnAddress } from "../adapter.ts";
import { idNumber, type JsonObject } from "../json-text.ts";
import { optionalInteger, part, type RawRecord, requiredText, text, wholeFen } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { platformCarrier } from "../table.ts";
import { listOf } from "./answer.ts";
import { reads, writes } from "./api.ts";
import { carriers } from "./carriers.ts";

const reasonsApi = { method: "open.refund.reject.reason", verb: "GET" } as const;
const addressesApi = { method: "open.address.seller.list", verb: "GET" } as const;

/** What the seller answers. Another repair or resend than an exchange has no API. */
export const decisions: Decisions = {
	actions: {
		AGREE_REFUND: agreeRefund,
		AGREE_RETURN: agreeReturn,
		REFUSE: refuse,
		REFUSE_RECEIPT: refuse,
		SHIP_EXCHANGE: shipExchange,
	},
	reasons,
	addresses,
};

function* post(method: string, raw: RawRecord, params: JsonObject): Steps<void> {
	yield* ask(writes({ method, verb: "POST" }, { refundId: refundId(raw), ...params }));
}

/**
 * Three APIs for one word: goods that came back are confirmed, a refund without return is approved, and one whose goods
 * the buyer may keep is paid at once.
 */
function agreeRefund(raw: RawRecord, { note }: Decision): Steps<void> {
	const handlingWay = text(raw, "handlingWay");
	if (handlingWay === "1" && text(raw, "status") === "40") {
		return post("open.seller.order.refund.confirm.receipt", raw, {});
	}
	if (handlingWay === "1") return post("open.refund.direct.refund", raw, { refundVersion: version(raw) });
	if (handlingWay !== "10") throw hubError("PLATFORM_UNSUPPORTED", "no money goes back by this after-sale");
	return post("open.seller.order.refund.approve", raw, {
		refundAmount: wholeFen(raw, "refundFee"),
		status: optionalInteger(raw, "status") ?? undefined,
		negotiateStatus: optionalInteger(raw, "negotiateStatus") ?? undefined,
		refundHandingWay: idNumber("handlingWay", handlingWay), // spelt so
		desc: note,
	});
}

/** `refundAmount` is a check value, 0 for an exchange. Without an address the goods go to the seller's default one. */
function agreeReturn(raw: RawRecord, { addressId }: Decision): Steps<void> {
	return post("open.seller.order.refund.returngoods.approve", raw, {
		refundAmount: text(raw, "handlingWay") === "3" ? 0 : wholeFen(raw, "refundFee"),
		addressId: addressId === "" ? undefined : idNumber("addressId", addressId),
	});
}

/** Of the claim, or of goods that came back otherwise than they should. */
function refuse(raw: RawRecord, { reasonCode, note }: Decision): Steps<void> {
	return post("open.refund.reject", raw, {
		reasonCode: idNumber("reasonCode", reasonCode),
		rejectDesc: note,
		rejectImages: [],
		refundVersion: version(raw),
	});
}

function shipExchange(raw: RawRecord, { carrier, trackingNo }: Decision): Steps<void> {
	const expressCode = Number(platformCarrier(carriers, carrier));
	return post("open.refund.confirm.and.send", raw, { expressNo: trackingNo, expressCode });
}

function* reasons(raw: RawRecord): Steps<RefusalReason[]> {
	return yield* ask(
		reads(reasonsApi, { refundId: refundId(raw) }, (answer) =>
			listOf(reasonsApi.method, answer).map((row) => ({
				code: requiredText(row, "code"),
				text: text(row, "desc"),
				needsProof: row.requiredRejectImage === true || row.requiredRejectImage === 1,
			})),
		),
	);
}

function* addresses(): Steps<ReturnAddress[]> {
	// 2: where returns go
	return yield* ask(
		reads(addressesApi, { addressType: 2 }, (answer) => listOf(addressesApi.method, answer).map(readAddress)),
	);
}

function readAddress(row: RawRecord): ReturnAddress {
	const base = part(row, "baseInfo");
	const place = ["province", "city", "district", "town", "address"].map((field) => text(base, field)).join("");
	return {
		id: requiredText(row, "addressId"),
		text: [place, text(base, "consignee"), text(base, "mobile")].filter(Boolean).join(" "),
		isDefault: row.defaultAddress === true || row.defaultAddress === 1,
	};
}

const refundId = (raw: RawRecord): bigint => idNumber("refundId", requiredText(raw, "refundId"));

/** The optimistic lock of an after-sale: a change in between is refused. */
const version = (raw: RawRecord): bigint => idNumber("refundVersion", requiredText(raw, "updateTime"));
