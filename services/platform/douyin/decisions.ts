import { hubError } from "../../../config/errors.ts";
import type { Decision, DecisionAction } from "../../aftersale/aftersale.ts";
import type { Decisions, RefusalReason } from "../adapter.ts";
import { badAnswer, refusedBy } from "../answer.ts";
import { defaultAddress } from "../choices.ts";
import { epochSeconds, idNumber, type JsonObject } from "../json-text.ts";
import { epochSec, type RawRecord, requiredText, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { platformCarrier } from "../table.ts";
import { addresses } from "./addresses.ts";
import { aftersaleInfo } from "./aftersale-reader.ts";
import { rowsOf } from "./answer.ts";
import { done, reads, writes } from "./call.ts";
import { carriers } from "./carriers.ts";

const operateMethod = "afterSale.operate";
const sendMethod = "afterSale.fillLogistics";
const reasonsMethod = "afterSale.rejectReasonCodeList";

/**
 * `type` of an operation by our action and the platform's `aftersale_type`. Only 101, 111, 201, 202, 301 and 311 stand
 * in the platform's documents; the others follow their pattern. An operation that does not fit the state is refused by
 * the platform itself. Repairs are agreed to on the platform's own pages: their codes are not known.
 */
const operations: Readonly<Record<Exclude<DecisionAction, "SHIP_RESEND">, Readonly<Record<string, number>>>> = {
	AGREE_REFUND: { 0: 111, 1: 201, 2: 203, 6: 401 },
	AGREE_RETURN: { 0: 101, 3: 301 },
	REFUSE: { 0: 102, 1: 202, 2: 204, 3: 302, 6: 402, 7: 502 },
	REFUSE_RECEIPT: { 0: 112, 3: 312 },
	SHIP_EXCHANGE: { 3: 311 },
};
const agreeResend = 501;

/** `send_type` of a parcel that goes to the buyer by our `aftersale_type`. */
const resendParcel = 1;
const repairParcel = 4;

export const decisions: Decisions = {
	actions: {
		AGREE_REFUND: (raw, decision) => operate(raw, operationOf("AGREE_REFUND", raw), decision, {}),
		*AGREE_RETURN(raw, decision) {
			const operation = operationOf("AGREE_RETURN", raw);
			const address = decision.addressId || defaultAddress(yield* addresses()).id;
			const logistics = { receiver_address_id: idNumber("addressId", address) };
			yield* operate(raw, operation, decision, { logistics });
		},
		REFUSE: (raw, decision) => operate(raw, operationOf("REFUSE", raw), decision, reasonOf(decision)),
		REFUSE_RECEIPT: (raw, decision) => operate(raw, operationOf("REFUSE_RECEIPT", raw), decision, reasonOf(decision)),
		*SHIP_EXCHANGE(raw, decision) {
			if (typeOf(raw) === "8") return yield* sendParcel(raw, decision, repairParcel);
			yield* operate(raw, operationOf("SHIP_EXCHANGE", raw), decision, { logistics: parcelOf(decision) });
		},
		*SHIP_RESEND(raw, decision) {
			if (typeOf(raw) !== "7") throw unsupported("SHIP_RESEND", raw);
			parcelOf(decision); // an unknown carrier is told before anything is agreed
			if (text(aftersaleInfo(raw), "after_sale_status") === "6") yield* operate(raw, agreeResend, decision, {});
			yield* sendParcel(raw, decision, resendParcel);
		},
	},
	reasons,
	addresses,
};

const typeOf = (raw: RawRecord): string => requiredText(aftersaleInfo(raw), "after_sale_type");

function operationOf(action: keyof typeof operations, raw: RawRecord): number {
	const type = typeOf(raw);
	const known = operations[action];
	const operation = Object.hasOwn(known, type) ? known[type] : undefined;
	if (operation === undefined) throw unsupported(action, raw);
	return operation;
}

const unsupported = (action: DecisionAction, raw: RawRecord): Error =>
	hubError("PLATFORM_UNSUPPORTED", `douyin: ${action} of type ${typeOf(raw)}`, { what: action });

/**
 * One after-sale a call: one that fails would fail all that came with it. `update_time` is the platform's lock: it
 * refuses when the after-sale has changed since `raw`. Not repeatable: the second call would be refused by that lock.
 */
function operate(raw: RawRecord, type: number, { note }: Decision, more: JsonObject): Steps<void> {
	const info = aftersaleInfo(raw);
	const item = {
		aftersale_id: requiredText(info, "after_sale_id"),
		update_time: epochSeconds(epochSec(info, "update_time")),
		...(note && { reason: note, remark: note }),
		...more,
	};
	return writes(operateMethod, { type, items: [item] }, false, (answer) => {
		const [result] = rowsOf(operateMethod, answer, "items");
		if (!result) throw badAnswer(operateMethod, answer, "no item");
		const code = text(result, "status_code");
		if (code === "0" || code === "") return;
		throw refusedBy(operateMethod, text(result, "status_msg"), `status ${code}`);
	});
}

function sendParcel(raw: RawRecord, decision: Decision, sendType: number): Steps<void> {
	const { company_code, logistics_code } = parcelOf(decision);
	const aftersale_id = requiredText(aftersaleInfo(raw), "after_sale_id");
	const params = { aftersale_id, send_type: sendType, company_code, tracking_no: logistics_code };
	return writes(sendMethod, params, false, done(sendMethod));
}

const parcelOf = ({ carrier, trackingNo }: Decision): { company_code: string; logistics_code: string } => ({
	company_code: platformCarrier(carriers, carrier),
	logistics_code: trackingNo,
});

const reasonOf = ({ reasonCode }: Decision): JsonObject =>
	reasonCode === "" ? {} : { reject_reason_code: idNumber("reasonCode", reasonCode) };

function reasons(raw: RawRecord): Steps<RefusalReason[]> {
	const params = { aftersale_id: requiredText(aftersaleInfo(raw), "after_sale_id") };
	return reads(reasonsMethod, params, (answer) =>
		rowsOf(reasonsMethod, answer, "items").map((row) => ({
			code: requiredText(row, "reject_reason_code"),
			text: text(row, "reason"),
			needsProof: text(row, "evidence_need") === "Y",
		})),
	);
}
