import { createHash } from "node:crypto";
import type { MarketOrder } from "../market-order.ts";
import { ownOrder } from "../shop-call.ts";
import type { Apis, ShopCall } from "./call.ts";
import type { PddObject } from "./envelope.ts";

/** What stands in an order for its receiver; another address has other ciphertexts. */
export interface Ciphers {
	name: string;
	phone: string;
	address: string;
}

export function ciphersOf({ platformOrderId, receiverVersion }: MarketOrder): Ciphers {
	const cipher = (what: string): string =>
		createHash("sha256").update(`${platformOrderId}:${receiverVersion}:${what}`).digest("base64");
	return {
		name: `~AgAAAA${cipher("name")}~0~`,
		phone: `$${cipher("phone").slice(0, 24)}$AgAA$1$`,
		address: `~AgAAAB${cipher("address")}~1~`,
	};
}

/** The platform tells its receiver only while an order waits for shipping. */
export function isTold(order: MarketOrder): boolean {
	return order.status === "WAIT_SHIP";
}

const mostAtOnce = 100;
const types: Record<keyof Ciphers, number> = { name: 5, phone: 6, address: 8 };

/** Each ciphertext is answered for itself. A phone is a virtual one: the number and an extension. */
function decrypt(call: ShopCall): PddObject {
	const list = call.args.objects("data_list", mostAtOnce);
	return {
		data_decrypt_list: list.map((each) => decryptOne(call, String(each.data_tag), String(each.encrypted_data))),
	};
}

function decryptOne(call: ShopCall, tag: string, cipher: string): PddObject {
	const asked = { data_tag: tag, encrypted_data: cipher };
	const order = ownOrder(call, tag);
	const fields = Object.entries(order ? ciphersOf(order) : {}) as [keyof Ciphers, string][];
	const field = fields.find(([, known]) => known === cipher)?.[0];
	if (!order || !field) return { ...asked, decrypted_data: "", error_code: 50003, error_msg: "密文与订单不匹配" };
	const { name, mobile, address } = order.receiver;
	const plain = { name, phone: "18400001111", address }[field];
	const virtual = field === "phone" && { virtual_number_type: 1, virtual_identify_number: mobile.slice(-4) };
	return { ...asked, data_type: types[field], decrypted_data: plain, error_code: 0, error_msg: "", ...virtual };
}

export const privacyApis: Apis = {
	"pdd.open.decrypt.batch": { root: "open_decrypt_batch_response", needs: "token", run: decrypt },
};
