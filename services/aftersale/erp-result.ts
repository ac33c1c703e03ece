/** An ERP's answer becomes the seller's answer to the platform. */
import { hubError } from "../../config/errors.ts";
import type { Aftersale } from "./aftersale.model.ts";
import { type Decision, type DecisionAction, decisionActions } from "./aftersale.ts";
import { askDecision } from "./decide.ts";
import { actionOf, type ErpWord } from "./erp-words.ts";
import type { Cause } from "./events.ts";
import { legalMoves } from "./moves.ts";
import { type GivenReceipt, isWhole, receiveGoods } from "./receive.ts";

export interface ErpResult extends Omit<Decision, "action">, GivenReceipt {
	action: DecisionAction | ErpWord;
}

/**
 * Safe to repeat. Goods that came back are noted whatever the after-sale's state; money goes back for them only when all
 * of it is here and good, and the platform waits for that: the rest is for a person.
 * @throws as askDecision
 */
export async function takeErpResult(
	aftersale: Pick<Aftersale, "_id" | "type" | "status">,
	result: ErpResult,
	cause: Cause,
): Promise<Aftersale> {
	const { action: said, quantity, condition, ...rest } = result;
	const { _id: id, type, status } = aftersale;
	const decision = (action: DecisionAction): Decision => ({ ...rest, action });
	if (isAction(said)) return askDecision(id, decision(said), cause);

	const action = actionOf(said, aftersale);
	if (said === "received") {
		const received = await receiveGoods(id, { quantity, condition, note: rest.note }, cause);
		const waited = action !== null && legalMoves(received).includes(action);
		return waited && isWhole(received) ? askDecision(id, { ...decision(action), note: "" }, cause) : received;
	}
	if (action) return askDecision(id, decision(action), cause);
	throw hubError("AFTERSALE_NOT_READY", `"${said}" means nothing for ${type} in ${status}`, { id, status });
}

const isAction = (said: ErpResult["action"]): said is DecisionAction =>
	(decisionActions as readonly string[]).includes(said);
