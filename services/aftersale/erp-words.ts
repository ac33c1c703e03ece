/** What an ERP says of an after-sale, as an answer to its platform. Pure. */
import type { AftersaleStatus, AftersaleType, DecisionAction } from "./aftersale.ts";

/**
 * agreed: the claim is right · refused: it may not, or the goods that came back are not as they should be · received: the
 * goods are back, whole and good · shipped: what goes to the buyer instead is on its way.
 */
export const erpWords = ["agreed", "refused", "received", "shipped"] as const;
export type ErpWord = (typeof erpWords)[number];

interface Standing {
	type: AftersaleType;
	status: AftersaleStatus;
}

const comesBack: ReadonlySet<AftersaleType> = new Set(["RETURN_REFUND", "EXCHANGE", "REPAIR"]);
const paidBack: ReadonlySet<AftersaleType> = new Set(["RETURN_REFUND", "REJECTED"]); // for goods that are back
const sentInstead: Readonly<Partial<Record<AftersaleType, DecisionAction>>> = {
	EXCHANGE: "SHIP_EXCHANGE",
	REPAIR: "SHIP_EXCHANGE",
	RESEND: "SHIP_RESEND",
};

/**
 * Null where the word asks nothing of the platform: what is exchanged is told of once it is shipped. "agreed" never pays
 * for goods that are to come back: said twice it would, before they are here.
 */
export function actionOf(word: ErpWord, { type, status }: Standing): DecisionAction | null {
	switch (word) {
		case "agreed":
			if (comesBack.has(type)) return "AGREE_RETURN";
			return sentInstead[type] ? null : "AGREE_REFUND";
		case "refused":
			return status === "WAIT_SELLER_RECEIVE" ? "REFUSE_RECEIPT" : "REFUSE";
		case "received":
			return paidBack.has(type) ? "AGREE_REFUND" : null;
		case "shipped":
			return sentInstead[type] ?? null;
	}
}
