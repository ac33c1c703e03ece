import type { ReturnAddress } from "../adapter.ts";
import { defaultAddress } from "../choices.ts";
import { type RawRecord, requiredText, text, wrappedList } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { reads } from "./request.ts";

/** All of the seller's addresses. `cancel_def` is the one for returns. Source: taobao.logistics.address.search. */
export function* addresses(): Steps<ReturnAddress[]> {
	return yield* ask(
		reads("taobao.logistics.address.search", {}, (payload) =>
			wrappedList(payload, "addresses", "address_result").map(readAddress),
		),
	);
}

/** `country` is the district. */
const readAddress = (row: RawRecord): ReturnAddress => ({
	id: requiredText(row, "contact_id"),
	text: ["province", "city", "country", "addr", "contact_name"]
		.map((field) => text(row, field))
		.filter(Boolean)
		.join(" "),
	isDefault: row.cancel_def === true,
});

/** The address named, or the default one for "". @throws INVALID where there is none to send anything to */
export function* addressOf(addressId: string): Steps<string> {
	return addressId || defaultAddress(yield* addresses()).id;
}
