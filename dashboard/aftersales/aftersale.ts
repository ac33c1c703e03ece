/** What the gateway answers of after-sales, and what a page makes of it. Pure. */
import type { DecisionAction } from "../../services/aftersale/aftersale.ts";
import type { AftersaleEntry } from "../../services/aftersale/timeline.model.ts";
import type { AftersaleView } from "../../services/aftersale/view.ts";
import type { AsJson } from "../as-json.ts";

export type Aftersale = AsJson<AftersaleView>;
export type Entry = AsJson<AftersaleEntry>;

export interface Reason {
	code: string;
	text: string;
	needsProof: boolean; // a picture must come along: to be done on the platform's own pages
}

export interface ReturnAddress {
	id: string;
	text: string;
	isDefault: boolean;
}

/** Answers that need nothing but a yes: they may be given to many at once. */
export const forMany: readonly DecisionAction[] = ["AGREE_REFUND", "AGREE_RETURN"];

export const refuses = (action: DecisionAction): boolean => action === "REFUSE" || action === "REFUSE_RECEIPT";
export const ships = (action: DecisionAction): boolean => action === "SHIP_EXCHANGE" || action === "SHIP_RESEND";

/** Those of the chosen rows to which the answer may be given now. */
export const answerable = (rows: readonly Aftersale[], action: DecisionAction): Aftersale[] =>
	rows.filter(({ moves }) => moves.includes(action));

/** What comes back in such an after-sale is noted by hand while it is on its way, and as long as it is not over. */
export const receivable = ({ type, status }: Aftersale): boolean =>
	["RETURN_REFUND", "EXCHANGE", "REPAIR", "REJECTED"].includes(type) &&
	["WAIT_BUYER_RETURN", "WAIT_SELLER_RECEIVE", "WAIT_SELLER_SHIP", "PLATFORM_HANDLING"].includes(status);

/** Pieces that are to come back; 0 where the platform does not tell. */
export const pieces = ({ lines }: Aftersale): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

export const totalFen = (rows: readonly Aftersale[]): number => rows.reduce((sum, { refundFen }) => sum + refundFen, 0);

/** "flow:…" and the like; a person's own decisions are "user:…". */
export const isAutomatic = (by: string): boolean => !by.startsWith("user:");
