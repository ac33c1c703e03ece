/** Audited bills cannot be touched: their audit is taken back first. */
import { hubError } from "../../../config/errors.ts";
import type { Outcome } from "../driver.ts";
import { ask, type ErpSteps } from "../steps.ts";
import { saysNothing } from "./answers.ts";
import { saleOrder } from "./bill.ts";
import { unAudit } from "./web-api.ts";

/**
 * @returns the ERP's refusal, for good: a delivery was made of one of them. null: done
 * @throws ERP_REFUSED where it may be tried again: another call holds the bill, too many calls
 */
export function* takeAuditBack(ids: readonly number[]): ErpSteps<Outcome | null> {
	if (!ids.length) return null;
	const said = yield* ask(unAudit(saleOrder.formId, ids));
	if (said.ok) return null;
	if (saysNothing(said)) throw hubError("ERP_REFUSED", said.words);
	return { state: "REJECTED", reason: said.words };
}

/** Refused when its audit had been taken back: it stays so until somebody audits it again, and must be told. */
export const leftUnaudited = (outcome: Outcome, ids: readonly number[]): Outcome =>
	outcome.state === "REJECTED" && ids.length
		? { ...outcome, reason: `${outcome.reason} (已反审核，未重新审核)` }
		: outcome;
