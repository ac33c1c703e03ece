import { hubError } from "../../../config/errors.ts";
import type { HttpAnswer, PlainReceiver } from "../adapter.ts";
import { badAnswer, refusedBy } from "../answer.ts";
import { optionalEpochSec, part, type RawRecord, requiredText, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { rowsOf } from "./answer.ts";
import { reads } from "./call.ts";
import { ciphersOf } from "./order-reader.ts";

const method = "order.batchDecrypt";

/**
 * Name, phone and address of one order in plain text, by its three ciphertexts in one call. Each counts against the
 * shop's daily quota.
 * @throws INVALID for an order whose ciphertexts the platform blanked; PLATFORM_REFUSED
 */
export function* reveal(raw: RawRecord): Steps<PlainReceiver> {
	const ciphers = ciphersOf(raw);
	if (!ciphers.name || !ciphers.phone || !ciphers.address) {
		throw hubError("INVALID", "the platform no longer tells this order's receiver", { field: "receiver" });
	}
	const auth_id = requiredText(raw, "order_id");
	const cipher_infos = Object.values(ciphers).map((cipher_text) => ({ auth_id, cipher_text }));
	const plain = yield* reads(method, { cipher_infos }, (answer) => {
		const rows = rowsOf(method, answer, "decrypt_infos");
		return {
			name: text(decrypted(answer, rows, ciphers.name), "decrypt_text"),
			phone: readPhone(decrypted(answer, rows, ciphers.phone)),
			address: text(decrypted(answer, rows, ciphers.address), "decrypt_text"),
		};
	});
	const address = part(raw, "post_addr");
	const region = (level: string): string => text(part(address, level), "name");
	return {
		name: plain.name,
		phone: plain.phone.number,
		address: plain.address,
		province: region("province"),
		city: region("city"),
		district: region("town"),
		town: region("street"),
		phoneExpiresAt: plain.phone.expiresAt,
	};
}

/** The row that answers one ciphertext. Its own error is told, its content never. */
function decrypted(answer: HttpAnswer, rows: RawRecord[], cipher: string): RawRecord {
	const row = rows.find((each) => text(each, "cipher_text") === cipher);
	if (!row) throw badAnswer(method, answer, "a ciphertext is not answered");
	const code = text(row, "err_no");
	if (code === "" || code === "0") return row;
	throw refusedBy(method, text(row, "err_msg"), `err_no ${code}`);
}

/** A virtual number is one to dial and one to add, and ends some day. */
function readPhone(row: RawRecord): { number: string; expiresAt: Date | null } {
	if (text(row, "is_virtual_tel") !== "true") return { number: text(row, "decrypt_text"), expiresAt: null };
	const parts = [text(row, "phone_no_a"), text(row, "phone_no_b")].filter(Boolean);
	return { number: parts.join("-") || text(row, "decrypt_text"), expiresAt: optionalEpochSec(row, "expire_time") };
}
