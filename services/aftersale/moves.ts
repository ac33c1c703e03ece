/** What a seller may answer when, and what comes of it. Pure. A platform may take less: its adapter and itself say so. */
import type { AftersaleStatus, AftersaleType, DecisionAction } from "./aftersale.ts";

type Moves = Readonly<Partial<Record<AftersaleStatus, readonly DecisionAction[]>>>;

/** No goods come back. A seller who refused may still give in. */
const moneyOnly: Moves = {
	APPLIED: ["AGREE_REFUND", "REFUSE"],
	REFUSED: ["AGREE_REFUND"],
};

/** Something goes to the buyer for what came back: another piece, or the same one repaired. */
const sentInstead: Moves = {
	APPLIED: ["AGREE_RETURN", "REFUSE"],
	WAIT_BUYER_RETURN: ["SHIP_EXCHANGE"], // the goods may be here although the buyer told of no parcel
	WAIT_SELLER_RECEIVE: ["SHIP_EXCHANGE", "REFUSE_RECEIPT"],
	WAIT_SELLER_SHIP: ["SHIP_EXCHANGE"],
	REFUSED: ["AGREE_RETURN"],
};

const moves: Readonly<Record<AftersaleType, Moves>> = {
	REFUND_BEFORE_SHIP: moneyOnly,
	REFUND_ONLY: moneyOnly,
	PRICE_PROTECT: moneyOnly,
	RETURN_REFUND: {
		APPLIED: ["AGREE_RETURN", "REFUSE"],
		WAIT_BUYER_RETURN: ["AGREE_REFUND"], // as above
		WAIT_SELLER_RECEIVE: ["AGREE_REFUND", "REFUSE_RECEIPT"],
		REFUSED: ["AGREE_RETURN", "AGREE_REFUND"], // before and after goods came back
	},
	EXCHANGE: sentInstead,
	REPAIR: sentInstead,
	RESEND: {
		APPLIED: ["SHIP_RESEND", "REFUSE"],
		WAIT_SELLER_SHIP: ["SHIP_RESEND"],
		REFUSED: ["SHIP_RESEND"],
	},
	REJECTED: {
		APPLIED: ["AGREE_REFUND", "REFUSE"],
		WAIT_SELLER_RECEIVE: ["AGREE_REFUND", "REFUSE_RECEIPT"],
		REFUSED: ["AGREE_REFUND"],
	},
};

interface Standing {
	type: AftersaleType;
	status: AftersaleStatus;
}

export const legalMoves = ({ type, status }: Standing): readonly DecisionAction[] => moves[type][status] ?? [];

/** How an after-sale stands once the answer has taken effect. In none of these is the same answer legal again. */
const outcomes: Readonly<Record<DecisionAction, readonly AftersaleStatus[]>> = {
	AGREE_REFUND: ["PLATFORM_HANDLING", "DONE"],
	AGREE_RETURN: ["WAIT_BUYER_RETURN", "WAIT_SELLER_RECEIVE"],
	REFUSE: ["REFUSED", "CLOSED"],
	REFUSE_RECEIPT: ["REFUSED", "CLOSED"],
	SHIP_EXCHANGE: ["WAIT_BUYER_CONFIRM", "DONE"],
	SHIP_RESEND: ["WAIT_BUYER_CONFIRM", "DONE"],
};

/** Does the after-sale, as it is now, show that the answer was taken? */
export const hasTakenEffect = (action: DecisionAction, status: AftersaleStatus): boolean =>
	outcomes[action].includes(status);

/** What a person has to do where the platform takes no such answer from outside. */
export const byHand: Readonly<Record<DecisionAction, { en: string; zh: string }>> = {
	AGREE_REFUND: { en: "Agree to the refund on the platform's own pages", zh: "请到平台商家后台同意退款" },
	AGREE_RETURN: { en: "Agree to the return on the platform's own pages", zh: "请到平台商家后台同意退货" },
	REFUSE: { en: "Refuse on the platform's own pages", zh: "请到平台商家后台拒绝" },
	REFUSE_RECEIPT: { en: "Refuse the returned goods on the platform's own pages", zh: "请到平台商家后台拒绝收货" },
	SHIP_EXCHANGE: { en: "Enter the parcel on the platform's own pages", zh: "请到平台商家后台填写换货运单" },
	SHIP_RESEND: { en: "Enter the parcel on the platform's own pages", zh: "请到平台商家后台填写补发运单" },
};
