import { hubError } from "../../../config/errors.ts";
import { idNumber } from "../json-text.ts";
import { requiredText, rows, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { resultOf } from "./answer.ts";
import { reads } from "./request.ts";

const method = "jingdong.vender.returnaddress.query";

/** Where goods may be sent back to. `areas`: 京东's numbers of province, city, district and town. */
export interface Address {
	id: string;
	contact: string;
	phone: string;
	zipCode: string;
	address: string;
	areas: bigint[];
	isDefault: boolean;
}

/** 1: addresses for after-sales the seller handles by itself. 京东 marks none as the default: it is the first. */
export const returnAddresses = (): Steps<Address[]> =>
	reads(method, { address_type: 1 }, (answer) =>
		rows(resultOf(method, answer, "returnAddressResult"), "return_address_s").map((row, at) => ({
			id: requiredText(row, "id"),
			contact: text(row, "contact"),
			phone: text(row, "phone"),
			zipCode: text(row, "zip_code"),
			address: text(row, "full_address"),
			areas: text(row, "full_area_id")
				.split(/[^\d]+/)
				.filter(Boolean)
				.map((area) => idNumber("full_area_id", area)),
			isDefault: at === 0,
		})),
	);

/** The address chosen; "": the default one. @throws INVALID */
export function defaultOf(addresses: readonly Address[], id: string): Address {
	const found = addresses.find((address) => (id === "" ? address.isDefault : address.id === id));
	if (!found) throw hubError("INVALID", "addressId is none of the seller's", { field: "addressId" });
	return found;
}
