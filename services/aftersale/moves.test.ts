import { describe, expect, it } from "vitest";
import { aftersaleStatuses, aftersaleTypes, decisionActions } from "./aftersale.ts";
import { hasTakenEffect, legalMoves } from "./moves.ts";

const money = { APPLIED: ["AGREE_REFUND", "REFUSE"], REFUSED: ["AGREE_REFUND"] };
const instead = {
	APPLIED: ["AGREE_RETURN", "REFUSE"],
	WAIT_BUYER_RETURN: ["SHIP_EXCHANGE"],
	WAIT_SELLER_RECEIVE: ["SHIP_EXCHANGE", "REFUSE_RECEIPT"],
	WAIT_SELLER_SHIP: ["SHIP_EXCHANGE"],
	REFUSED: ["AGREE_RETURN"],
};
const expected: Record<string, Record<string, string[]>> = {
	REFUND_BEFORE_SHIP: money,
	REFUND_ONLY: money,
	PRICE_PROTECT: money,
	RETURN_REFUND: {
		APPLIED: ["AGREE_RETURN", "REFUSE"],
		WAIT_BUYER_RETURN: ["AGREE_REFUND"],
		WAIT_SELLER_RECEIVE: ["AGREE_REFUND", "REFUSE_RECEIPT"],
		REFUSED: ["AGREE_RETURN", "AGREE_REFUND"],
	},
	EXCHANGE: instead,
	REPAIR: instead,
	RESEND: { APPLIED: ["SHIP_RESEND", "REFUSE"], WAIT_SELLER_SHIP: ["SHIP_RESEND"], REFUSED: ["SHIP_RESEND"] },
	REJECTED: {
		APPLIED: ["AGREE_REFUND", "REFUSE"],
		WAIT_SELLER_RECEIVE: ["AGREE_REFUND", "REFUSE_RECEIPT"],
		REFUSED: ["AGREE_REFUND"],
	},
};
const standings = aftersaleTypes.flatMap((type) => aftersaleStatuses.map((status) => ({ type, status })));

describe("the legal moves", () => {
	it.each(standings)("of $type in $status are those of the table", ({ type, status }) => {
		expect(legalMoves({ type, status })).toEqual(expected[type]?.[status] ?? []);
	});

	it("leave nothing to answer once an after-sale is over, or with the platform or the buyer", () => {
		for (const type of aftersaleTypes) {
			for (const status of ["DONE", "CLOSED", "PLATFORM_HANDLING", "WAIT_BUYER_CONFIRM"] as const) {
				expect(legalMoves({ type, status })).toEqual([]);
			}
		}
	});

	it("never offer an answer that shows as taken already: one in doubt is given again only where it is missing", () => {
		for (const standing of standings) {
			const both = legalMoves(standing).filter((action) => hasTakenEffect(action, standing.status));
			expect({ ...standing, both }).toEqual({ ...standing, both: [] });
		}
	});

	it("use every action somewhere", () => {
		const used = new Set(standings.flatMap(legalMoves));
		expect(decisionActions.filter((action) => !used.has(action))).toEqual([]);
	});
});
