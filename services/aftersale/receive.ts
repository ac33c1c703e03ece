/** Goods that came back to the warehouse. */
import { isDeepStrictEqual } from "node:util";
import { hubError } from "../../config/errors.ts";
import type { Aftersale } from "./aftersale.model.ts";
import { changeAftersale } from "./change.ts";
import { aftersaleEvent, type Cause } from "./events.ts";
import type { Condition, Receipt } from "./hub-part.ts";

export interface GivenReceipt {
	quantity?: number; // all that was to come back when left out
	condition: Condition;
	note: string;
}

/** Pieces that are to come back; 0 where the platform does not tell. */
const expectedQuantity = ({ lines }: Pick<Aftersale, "lines">): number =>
	lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** Notes what came back. Safe to repeat; other words correct those before. @throws INVALID for more than was sold */
export function receiveGoods(id: string, given: GivenReceipt, cause: Cause): Promise<Aftersale> {
	return changeAftersale(id, (aftersale) => {
		const expected = expectedQuantity(aftersale);
		const { quantity = expected, condition, note } = given;
		if (expected && quantity > expected) {
			throw hubError("INVALID", `${expected} pieces are to come back, not ${quantity}`, { field: "quantity" });
		}
		const { at: _, by: __, ...known } = aftersale.received ?? { at: null, by: "" };
		const facts = { quantity, condition, note };
		if (isDeepStrictEqual(known, facts)) return null;
		const received: Receipt = { ...facts, at: new Date(), by: cause.by };
		return {
			set: { received },
			events: (next) => [aftersaleEvent("received", next, cause, { quantity, condition })],
		};
	});
}

/** Did all of it come back as it should? */
export const isWhole = ({ received, ...aftersale }: Pick<Aftersale, "received" | "lines">): boolean =>
	received?.condition === "good" && received.quantity >= expectedQuantity(aftersale);
