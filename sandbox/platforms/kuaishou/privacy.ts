import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import type { MarketOrder } from "../market-order.ts";
import { ownOrder } from "../shop-call.ts";
import { type Method, post, type SellerCall } from "./call.ts";
import type { Payload } from "./envelope.ts";

type Field = "name" | "mobile" | "address";

const prefix = "KS-ENCRYPT_v1_";
const key = createHash("md5").update("sandbox receivers of kuaishou").digest();
const iv = Buffer.alloc(16);

/** Ciphertext of a field of a receiver. Another order or another address gives another text. */
export function cipherOf({ platformOrderId, receiverVersion, receiver }: MarketOrder, field: Field): string {
	const plain = JSON.stringify([platformOrderId, receiverVersion, receiver[field]]);
	const cipher = createCipheriv("aes-128-cbc", key, iv);
	return prefix + Buffer.concat([cipher.update(plain), cipher.final()]).toString("base64");
}

/** The plain text, or null where it is no cipher of that order. */
export function plainOf(cipher: string, orderId: string): string | null {
	if (!cipher.startsWith(prefix)) return null;
	try {
		const decipher = createDecipheriv("aes-128-cbc", key, iv);
		const bytes = Buffer.from(cipher.slice(prefix.length), "base64");
		const plain = Buffer.concat([decipher.update(bytes), decipher.final()]).toString();
		const [order, , text] = JSON.parse(plain) as [string, number, string];
		return order === orderId ? text : null;
	} catch {
		return null;
	}
}

/** "张*", "138****0000", "科技园****". */
export const masked: Record<Field, (text: string) => string> = {
	name: (name) => `${[...name][0] ?? ""}*`,
	mobile: (mobile) => `${mobile.slice(0, 3)}****${mobile.slice(-4)}`,
	address: (address) => `${address.slice(0, 3)}****`,
};

/** Each cipher has its own outcome, and all stand beside `result`. Source: open.order.decrypt.batch. */
function decrypt(call: SellerCall): Payload {
	const batchDecryptResultList = call.args.list("batchDecryptList", 100).map((wish) => {
		const encryptedData = wish.words("encryptedData");
		const bizId = wish.words("bizId"); // the order's number as a text, unlike everywhere else
		const decryptedData = ownOrder(call, bizId) ? plainOf(encryptedData, bizId) : null;
		if (decryptedData === null) return { bizId, encryptedData, errorCode: 1001, errorMsg: "密文与订单不匹配" };
		return { bizId, encryptedData, decryptedData, errorCode: 1, errorMsg: "" };
	});
	return { beside: { batchDecryptResultList } };
}

export const privacyMethods: Readonly<Record<string, Method>> = { "open.order.decrypt.batch": post(decrypt) };
