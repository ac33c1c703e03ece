import type { PlainReceiver } from "../adapter.ts";
import { optionalEpochSec, part, type RawRecord, requiredText, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { reads } from "./request.ts";

/**
 * Name, phone and address in plain. The phone is a virtual number with an extension where the buyer hides the real one.
 * Counted against the shop's quota. Source: order/sensitiveinfo/decode.
 */
export function* reveal(order: RawRecord): Steps<PlainReceiver> {
	const body = { order_id: requiredText(order, "order_id") };
	return yield* reads("/channels/ec/order/sensitiveinfo/decode", body, readPlain);
}

function readPlain(payload: RawRecord): PlainReceiver {
	const address = part(payload, "address_info");
	const virtual = part(payload, "virtual_number_info");
	const number = text(virtual, "virtual_number");
	const extension = text(virtual, "extension");
	return {
		name: text(address, "user_name"),
		phone: number ? [number, extension].filter(Boolean).join("-") : text(address, "tel_number"),
		address: `${text(address, "detail_info")}${text(address, "house_number")}`,
		province: text(address, "province_name"),
		city: text(address, "city_name"),
		district: text(address, "county_name"),
		town: "",
		phoneExpiresAt: number ? optionalEpochSec(virtual, "expiration") : null,
	};
}
