import { hubError } from "../../../config/errors.ts";
import type { Decision } from "../../aftersale/aftersale.ts";
import type { Decisions, RefusalReason } from "../adapter.ts";
import { fen, type RawRecord, requiredText, text, wrappedList } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { addresses, addressOf } from "./addresses.ts";
import { mustBeDone } from "./answer.ts";
import * as exchange from "./exchange-decisions.ts";
import { isExchange } from "./exchange-reader.ts";
import { readReasons, reasonFields, wordsOf } from "./refusals.ts";
import { reads, writes } from "./request.ts";

/**
 * What a seller may answer. Refunds want `refund_version` back: one that has changed meanwhile is refused. The
 * platform takes these calls from sub accounts' tokens. A resend has no API: it is a parcel outside the order.
 */
export const decisions: Decisions = {
	actions: {
		AGREE_REFUND: (raw) => (isExchange(raw) ? unsupported("an exchange has no money to give back") : agreeRefund(raw)),
		AGREE_RETURN: (raw, decision) => (isExchange(raw) ? exchange.agree(raw, decision) : agreeReturn(raw, decision)),
		REFUSE: (raw, decision) => (isExchange(raw) ? exchange.refuse(raw, decision) : refuse(raw, decision)),
		REFUSE_RECEIPT: (raw, decision) =>
			isExchange(raw) ? exchange.refuseReceipt(raw, decision) : refuse(raw, decision),
		SHIP_EXCHANGE: (raw, decision) =>
			isExchange(raw) ? exchange.ship(raw, decision) : unsupported("exchanges of 淘宝 shops are answered on its pages"),
	},
	reasons: (raw) => (isExchange(raw) ? exchange.reasons(raw) : reasons(raw)),
	addresses,
};

function unsupported(why: string): never {
	throw hubError("PLATFORM_UNSUPPORTED", why);
}

/** Above a sum the platform sends the seller a code by SMS, which is no part of this call: then it is refused. */
function* agreeRefund(refund: RawRecord): Steps<void> {
	const method = "taobao.rp.refunds.agree";
	const { refund_id, refund_phase, refund_version } = named(refund);
	const refund_infos = [refund_id, fen(refund, "refund_fee"), refund_version, refund_phase].join("|");
	yield* ask(
		writes(method, { refund_infos }, (payload) => {
			const [result] = wrappedList(payload, "results", "refund_mapping_result");
			mustBeDone(method, payload.succ, (result && text(result, "message")) || text(payload, "message"));
		}),
	);
}

function* agreeReturn(refund: RawRecord, { addressId, note }: Decision): Steps<void> {
	const method = "taobao.rp.returngoods.agree";
	const remark = note || "同意退货"; // 天猫 wants some words
	const params = { ...named(refund), seller_address_id: yield* addressOf(addressId), remark };
	yield* ask(writes(method, params, (payload) => mustBeDone(method, payload.is_success)));
}

/**
 * Before the goods came back, and after. 天猫 wants a picture along with some reasons, which cannot be sent from here:
 * those are refused with its words.
 */
function* refuse(refund: RawRecord, { reasonCode, note }: Decision): Steps<void> {
	const method = "taobao.refund.refuse";
	const params = { ...named(refund), refuse_reason_id: reasonCode, refuse_message: wordsOf(note) };
	yield* ask(writes(method, params, (payload) => mustBeDone(method, payload.is_success)));
}

/** What every call about a refund names it by. */
const named = (refund: RawRecord): Record<"refund_id" | "refund_phase" | "refund_version", string> => ({
	refund_id: requiredText(refund, "refund_id"),
	refund_phase: text(refund, "refund_phase"),
	refund_version: text(refund, "refund_version"),
});

function* reasons(refund: RawRecord): Steps<RefusalReason[]> {
	const { refund_id, refund_phase } = named(refund);
	const params = { refund_id, refund_phase, fields: reasonFields };
	return yield* ask(reads("taobao.refund.refusereason.get", params, (payload) => readReasons(payload, "reasons")));
}
