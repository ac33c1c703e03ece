import type { Decision } from "../../aftersale/aftersale.ts";
import type { Decisions, RefusalReason, ReturnAddress } from "../adapter.ts";
import { chosen, defaultAddress } from "../choices.ts";
import { idNumber, type JsonObject } from "../json-text.ts";
import { optionalInteger, part, type RawRecord, requiredText, rows, text, texts } from "../record.ts";
import type { Steps } from "../steps.ts";
import { platformCarrier } from "../table.ts";
import { carriers } from "./carriers.ts";
import { reads, writes } from "./request.ts";

const base = "/channels/ec/aftersale";
/** `accept_type`; left out for a refund without return, which can be agreed to in one way only. */
const mayReturn = 1;
const hasReturned = 2;

/** `reject_scene`: what a reason is for. Source: rejectreason/get. */
const scenes = { REFUND: 1, RETURN: 4, EXCHANGE: 5, replacement: 6 };

/**
 * What a seller may answer. One order takes one refund a minute. Resends have no answer of their own in this API.
 * Source: acceptapply, rejectapply, acceptexchangereship, rejectexchangereship.
 */
export const decisions: Decisions = {
	actions: {
		*AGREE_REFUND(raw) {
			const accept = text(raw, "type") === "REFUND" ? {} : { accept_type: hasReturned };
			yield* writes(`${base}/acceptapply`, { ...idOf(raw), ...accept });
		},
		*AGREE_RETURN(raw, { addressId }) {
			const address = addressId || defaultAddress(yield* addresses()).id;
			yield* writes(`${base}/acceptapply`, { ...idOf(raw), accept_type: mayReturn, address_id: address });
		},
		*REFUSE(raw, decision) {
			yield* writes(`${base}/rejectapply`, { ...idOf(raw), ...(yield* refusal(raw, decision)) });
		},
		*REFUSE_RECEIPT(raw, decision) {
			const verb = text(raw, "type") === "EXCHANGE" ? "rejectexchangereship" : "rejectapply";
			yield* writes(`${base}/${verb}`, { ...idOf(raw), ...(yield* refusal(raw, decision)) });
		},
		*SHIP_EXCHANGE(raw, { carrier, trackingNo }) {
			const parcel = { delivery_id: platformCarrier(carriers, carrier), waybill_id: trackingNo };
			yield* writes(`${base}/acceptexchangereship`, { ...idOf(raw), ...parcel });
		},
	},
	reasons,
	addresses,
};

const idOf = (raw: RawRecord): JsonObject => ({ after_sale_order_id: requiredText(raw, "after_sale_order_id") });

/** The seller's own words, or those of the reason. */
function* refusal(raw: RawRecord, { reasonCode, note }: Decision): Steps<JsonObject> {
	const reason = chosen(yield* reasons(raw), reasonCode);
	return {
		reject_reason_type: idNumber("reasonCode", reason.code),
		reject_reason: note || reason.text,
		reject_certificates: [],
	};
}

function* reasons(raw: RawRecord): Steps<RefusalReason[]> {
	const scene = sceneOf(raw);
	return yield* reads(`${base}/rejectreason/get`, {}, (payload) =>
		rows(payload, "reason_list")
			.filter((row) => (optionalInteger(row, "reject_scene") ?? scene) === scene)
			.map((row) => ({
				code: requiredText(row, "reject_reason_type"),
				text: text(row, "reject_reason") || text(row, "reject_reason_type_text"),
				needsProof: false, // not told: where a picture is needed the platform refuses and says so
			})),
	);
}

function sceneOf(raw: RawRecord): number {
	const type = text(raw, "type");
	if (type === "EXCHANGE")
		return text(raw, "status") === "MERCHANT_WAIT_RECEIPT" ? scenes.replacement : scenes.EXCHANGE;
	return type === "RETURN" ? scenes.RETURN : scenes.REFUND;
}

/** Each address is asked for by its number. Source: merchant/address/list, merchant/address/get. */
function* addresses(): Steps<ReturnAddress[]> {
	const all: ReturnAddress[] = [];
	for (const id of yield* addressIds()) all.push(yield* address(id));
	return all;
}

const mostAddresses = 50;

const addressIds = (): Steps<string[]> =>
	reads("/channels/ec/merchant/address/list", { offset: 0, limit: mostAddresses }, (payload) =>
		texts(payload, "address_id_list"),
	);

const address = (id: string): Steps<ReturnAddress> =>
	reads("/channels/ec/merchant/address/get", { address_id: id }, (payload) => {
		const detail = part(payload, "address_detail");
		const place = part(detail, "address_info");
		const names = ["province_name", "city_name", "county_name", "detail_info", "user_name", "tel_number"];
		const line = names.map((name) => text(place, name)).filter(Boolean);
		return { id, text: line.join(" "), isDefault: detail.default_recv === true };
	});
