/** An after-sale as it is shown, with what may be done about it now. */
import type { Aftersale, AftersaleDocument } from "./aftersale.model.ts";
import type { DecisionAction } from "./aftersale.ts";
import { isReplaceable, isUnderWay } from "./decision.ts";
import { type AftersaleErp, hubPartOf } from "./hub-part.ts";
import { byHand, legalMoves } from "./moves.ts";

export interface AftersaleView extends Omit<Aftersale, "erp"> {
	erp: Omit<AftersaleErp, "turn">;
	moves: readonly DecisionAction[]; // legal now; none while a decision is being told to the platform
	todo: { en: string; zh: string } | null; // what a person has to do on the platform's own pages
}

/** What only the hub itself needs. */
export const hidden = { outbox: 0, contentHash: 0, nextAt: 0, turn: 0 } as const;

export function viewOf(aftersale: Aftersale): AftersaleView {
	const { outbox: _, contentHash: __, nextAt: ___, turn: ____, ...shown } = aftersale as AftersaleDocument;
	const { decision, received, erp: known } = hubPartOf(shown);
	const { turn: _____, ...erp } = known;
	const busy = decision !== null && isUnderWay(decision) && !isReplaceable(decision);
	const moves = busy ? [] : legalMoves(shown);
	return { ...shown, decision, received, erp, moves, todo: todoOf(decision, moves) };
}

/** Not once somebody has done it. */
function todoOf(decision: Aftersale["decision"], moves: readonly DecisionAction[]): AftersaleView["todo"] {
	if (decision?.state !== "UNSUPPORTED" || !moves.includes(decision.action)) return null;
	return byHand[decision.action];
}
