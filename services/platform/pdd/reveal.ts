import type { PlainReceiver } from "../adapter.ts";
import { badAnswer, refusedBy } from "../answer.ts";
import { jsonText } from "../json-text.ts";
import { type RawRecord, requiredText, rows, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { codeSaid } from "./answer.ts";
import { reads } from "./call.ts";
import { ciphersOf, noReceiver } from "./ciphers.ts";

const method = "pdd.open.decrypt.batch";

/**
 * The receiver in plain text, while the order waits for shipping: the platform gives no ciphertext before and after.
 * Outside its cloud it decrypts once in ten seconds, and a hundred times a day; it asks for no purpose.
 */
export function* reveal(order: RawRecord): Steps<PlainReceiver> {
	const orderNo = requiredText(order, "order_sn");
	const ciphers = ciphersOf(order);
	const asked = Object.values(ciphers).filter(Boolean);
	if (!asked.length) throw refusedBy(method, noReceiver);
	const plain = yield* reads({
		method,
		params: { data_list: jsonText(asked.map((encrypted_data) => ({ data_tag: orderNo, encrypted_data }))) },
		read(payload, answer) {
			const opened = new Map(
				rows(payload, "data_decrypt_list").map((row) => [text(row, "encrypted_data"), plainOf(row)]),
			);
			if (!asked.every((cipher) => opened.has(cipher))) throw badAnswer(method, answer, "a ciphertext is not answered");
			return opened;
		},
	});
	return {
		name: plain.get(ciphers.name) ?? "",
		phone: plain.get(ciphers.phone) ?? "",
		address: plain.get(ciphers.address) ?? "",
		province: text(order, "province"),
		city: text(order, "city"),
		district: text(order, "town"),
		town: "",
		phoneExpiresAt: null, // a virtual number ends, but the platform does not say when
	};
}

/** A virtual number works with its extension only. */
function plainOf(row: RawRecord): string {
	const code = text(row, "error_code");
	if (code !== "" && code !== "0") throw refusedBy(method, text(row, "error_msg"), codeSaid(code));
	const extension = text(row, "virtual_number_type") === "1" ? text(row, "virtual_identify_number") : "";
	return [requiredText(row, "decrypted_data"), extension].filter(Boolean).join("-");
}
