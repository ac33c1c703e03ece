import { createHash } from "node:crypto";
import type { MarketOrder } from "../market-order.ts";

/** What of a receiver is told in ciphertext, by `data_type` of the decryption. */
export const cipherKinds = { address: 1, name: 2, phone: 3 } as const;
export type CipherKind = keyof typeof cipherKinds;

/** The ciphertext of one field of an order's receiver: another address is another text. Only this sandbox can read it. */
export function cipherOf(order: MarketOrder, kind: CipherKind): string {
	const source = `${order.platformOrderId}:${order.receiverVersion}:${kind}`;
	const text = createHash("sha512").update(source).digest("base64");
	const [index, body] = [text.slice(0, 24), text.slice(24)];
	return kind === "phone" ? `#${index}#${body}#1*CgkIARCt##` : `$${index}$${body}$1$$`;
}

/** Which field a ciphertext stands for; null for one of another order, or of an address before. */
export function kindOf(order: MarketOrder, cipher: string): CipherKind | null {
	const kinds = Object.keys(cipherKinds) as CipherKind[];
	return kinds.find((kind) => cipherOf(order, kind) === cipher) ?? null;
}
