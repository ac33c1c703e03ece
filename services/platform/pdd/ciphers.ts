import { type RawRecord, text } from "../record.ts";

/** Three texts about a receiver; "" where there is nothing of the kind. */
interface ReceiverTexts {
	name: string;
	phone: string;
	address: string; // without province, city and district
}

/** `~…~…~` for text that can be searched, `$…$…$` for phones. Anything else is no ciphertext and is never kept as one. */
const pattern = /^(~.+~|\$.+\$)$/s;

/** Why an order has no ciphertext. */
export const noReceiver = "the platform tells a receiver only while the order waits for shipping";

const isCipher = (value: string): boolean => pattern.test(value);

export function ciphersOf(order: RawRecord): ReceiverTexts {
	return {
		name: firstOf(order, isCipher, "receiver_name"),
		phone: firstOf(order, isCipher, "receiver_phone", "contact_mobile"), // the platform announced to move it there
		address: firstOf(order, isCipher, "receiver_address"),
	};
}

/** What may be shown, whether the platform masked it or not. */
export function shownOf(order: RawRecord): ReceiverTexts {
	const isText = (value: string): boolean => !isCipher(value);
	return {
		name: firstOf(order, isText, "receiver_name_mask", "receiver_name"),
		phone: firstOf(order, isText, "receiver_phone_mask", "contact_mobile", "receiver_phone"),
		address: firstOf(order, isText, "receiver_address_mask", "receiver_address"),
	};
}

const firstOf = (order: RawRecord, fits: (value: string) => boolean, ...fields: string[]): string =>
	fields.map((field) => text(order, field)).find((value) => value !== "" && fits(value)) ?? "";
