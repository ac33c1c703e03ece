import type { Decision } from "../../aftersale/aftersale.ts";
import type { RefusalReason } from "../adapter.ts";
import { part, type RawRecord, requiredText, text } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { addressOf } from "./addresses.ts";
import { mustBeDone } from "./answer.ts";
import { carrierName } from "./carriers.ts";
import { readReasons, reasonFields, wordsOf } from "./refusals.ts";
import { type Params, reads, writes } from "./request.ts";

/** What 天猫 shops may answer to an exchange. Every answer has the exchange's new state in it. */

const answered = "dispute_id,status,modified";
const goodsAreBack = "3"; // `status`: 买家已退货，待收货
const express = "200"; // `logistics_type`

export function* agree(exchange: RawRecord, { addressId, note }: Decision): Steps<void> {
	yield* tell("tmall.exchange.agree", exchange, { address_id: yield* addressOf(addressId), leave_message: note });
}

export function* refuse(exchange: RawRecord, decision: Decision): Steps<void> {
	yield* tell("tmall.exchange.refuse", exchange, refusal(decision));
}

export function* refuseReceipt(exchange: RawRecord, decision: Decision): Steps<void> {
	yield* tell("tmall.exchange.returngoods.refuse", exchange, refusal(decision));
}

/** The goods are taken back first, unless they were. Asked for again after half of it was done, it does the other half. */
export function* ship(exchange: RawRecord, { carrier, trackingNo }: Decision): Steps<void> {
	const parcel = {
		logistics_no: trackingNo,
		logistics_type: express,
		logistics_company_name: carrierName(carrier),
	};
	if (text(exchange, "status") === goodsAreBack) yield* tell("tmall.exchange.returngoods.agree", exchange, {});
	yield* tell("tmall.exchange.consigngoods", exchange, parcel);
}

export function* reasons(exchange: RawRecord): Steps<RefusalReason[]> {
	const params = { dispute_id: requiredText(exchange, "dispute_id"), fields: reasonFields };
	return yield* ask(
		reads("tmall.exchange.refusereason.get", params, (payload) => readReasons(part(payload, "result"), "results")),
	);
}

const refusal = ({ reasonCode, note }: Decision): Params => ({
	seller_refuse_reason_id: reasonCode,
	leave_message: wordsOf(note),
});

function* tell(method: string, exchange: RawRecord, params: Params): Steps<void> {
	const dispute_id = requiredText(exchange, "dispute_id");
	yield* ask(
		writes(method, { dispute_id, fields: answered, ...params }, (payload) => {
			const result = part(payload, "result");
			mustBeDone(method, result.success, text(result, "message"));
		}),
	);
}
