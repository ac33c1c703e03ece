/** A seller's answers to after-sales, as the dialog offers them and the node gives them. */
import { type Decision, type DecisionAction, decisionActions } from "../../services/aftersale/aftersale.ts";

export const answers: Readonly<Record<DecisionAction, { zh: string; en: string }>> = {
	AGREE_REFUND: { zh: "同意退款", en: "Agree to the refund" },
	AGREE_RETURN: { zh: "同意退货", en: "Agree to the return" },
	REFUSE: { zh: "拒绝", en: "Refuse" },
	REFUSE_RECEIPT: { zh: "拒绝收货", en: "Refuse the returned goods" },
	SHIP_EXCHANGE: { zh: "换货已发出", en: "The replacement is on its way" },
	SHIP_RESEND: { zh: "补发已发出", en: "What was missing is on its way" },
};

/** What goes with an answer: settings of the node, and fields of the payload, of these names. */
export const details = [
	"addressId",
	"reasonCode",
	"note",
	"carrier",
	"trackingNo",
] as const satisfies readonly (keyof Decision)[];
export type Detail = (typeof details)[number];

export const isAnswer = (text: string): text is DecisionAction => (decisionActions as readonly string[]).includes(text);

/** Money goes out, or goods may come back: nobody may have to ask which rule let them. */
export const needsRule = (action: DecisionAction): boolean => action === "AGREE_REFUND" || action === "AGREE_RETURN";
