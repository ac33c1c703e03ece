/** What orders are found by beside their own fields: worked out whenever one is stored. */
import { keyedHash } from "../../mixins/secret.ts";
import type { Order } from "./order.ts";

/** The last four digits of a phone, for search alone: nobody without the master key gets them back. */
export const phoneTailHash = (digits: string): string => keyedHash("phone-tail", digits);

/**
 * `phoneTail` is "" where the platform masks the last digits too. `numbers`: all that people paste to find an order,
 * in one field, so that one index has the orders of hundreds of them in the list's order: its own number, its
 * parcels', and its SKUs by any name that anybody has for them.
 */
export function searchable<T extends Order>(order: T): T & { numbers: string[] } {
	const { orderNo, receiver, lines, parcels } = order;
	const tail = /\d{4}$/.exec(receiver.phone)?.[0];
	const skus = lines.flatMap(({ outerSku, platformSkuId, erpSku, parts }) => [
		outerSku,
		platformSkuId,
		erpSku,
		...parts.map((part) => part.erpSku),
	]);
	const numbers = new Set([orderNo, ...parcels.map(({ trackingNo }) => trackingNo), ...skus]);
	numbers.delete(""); // a line without a code, a parcel that nobody carries
	return {
		...order,
		receiver: { ...receiver, phoneTail: tail ? phoneTailHash(tail) : "" },
		numbers: [...numbers],
	};
}
