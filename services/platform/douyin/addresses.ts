import type { ReturnAddress } from "../adapter.ts";
import { type RawRecord, requiredText, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { rowsOf } from "./answer.ts";
import { reads } from "./call.ts";

const method = "address.list";
const pageSize = 50;

/** The seller's addresses, as far as one page of the platform's address book goes. Its misspelt fields are its own. */
export function addresses(): Steps<ReturnAddress[]> {
	const params = { page_no: 1, page_size: pageSize };
	return reads(method, params, (answer) => rowsOf(method, answer, "address_list").map(readAddress));
}

function readAddress(row: RawRecord): ReturnAddress {
	const parts = ["receiver_provinc", "receiver_city", "receiver_district", "receiver_street", "receiver_detail"];
	const place = parts.map((field) => text(row, field)).join("");
	return {
		id: requiredText(row, "address_id"),
		text: [text(row, "reciever_name"), place].filter(Boolean).join(" "),
		isDefault: ["1", "true"].includes(text(row, "is_default")),
	};
}
