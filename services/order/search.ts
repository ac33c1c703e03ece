/** What orders are found by beside their own fields: worked out whenever one is stored. */
import { keyedHash, keyedHashes } from "../../mixins/secret.ts";
import { type Mark, marksOf } from "./marks.ts";
import type { Order } from "./order.ts";
import { type Stage, stageOf } from "./stage.ts";

/** What is stored of an order beside itself, to find it by. */
export interface Found {
	numbers: string[];
	stage: Stage;
	marks: Mark[];
}

const purpose = "phone-tail";

/** The last four digits of a phone, for search alone: nobody without the master key gets them back. */
const phoneTailHash = (digits: string): string => keyedHash(purpose, digits);

/** What to look for: one hash, or two while the master key changes. */
export const phoneTailHashes = (digits: string): string[] => keyedHashes(purpose, digits);

/** Of a masked phone, for search; "" where the platform masks the last digits too. */
export function phoneTailOf(phone: string): string {
	const [tail] = /\d{4}$/.exec(phone) ?? [];
	return tail ? phoneTailHash(tail) : "";
}

/**
 * `phoneTail` is "" where the platform masks the last digits too. `numbers`: all that people paste to find an order,
 * in one field, so that one index has the orders of hundreds of them in the list's order: its own number, its
 * parcels', and its SKUs by any name that anybody has for them.
 */
export function searchable<T extends Order>(order: T): T & Found {
	const { orderNo, receiver, lines, parcels } = order;
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
		receiver: { ...receiver, phoneTail: phoneTailOf(receiver.phone) },
		numbers: [...numbers],
		stage: stageOf(order),
		marks: marksOf(order),
	};
}
