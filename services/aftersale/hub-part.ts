/** What the hub itself knows of an after-sale, beside what its platform tells. */
import type { StoredDecision } from "./decision.ts";

export const aftersaleErpStates = ["NONE", "OK", "REJECTED", "IN_DOUBT", "PARKED"] as const;
export type AftersaleErpState = (typeof aftersaleErpStates)[number];

/** What the ERP knows of it. */
export interface AftersaleErp {
	state: AftersaleErpState;
	connectionId: string;
	docNo: string;
	reason: string; // the ERP's own words where it refused
	at: Date | null;
	turn: number; // of the push that told this: a lower one came late
}

export const conditions = ["good", "defective"] as const;
export type Condition = (typeof conditions)[number];

/** The goods are back in the warehouse. */
export interface Receipt {
	at: Date;
	by: string;
	quantity: number;
	condition: Condition;
	note: string;
}

export interface HubPart {
	decision: StoredDecision | null; // the last one; those before are in the timeline
	erp: AftersaleErp;
	received: Receipt | null;
}

const unknownToErp: AftersaleErp = { state: "NONE", connectionId: "", docNo: "", reason: "", at: null, turn: 0 };

/** Of a stored after-sale; one that is older than this part has none of it. */
export const hubPartOf = ({ decision, erp, received }: Partial<HubPart>): HubPart => ({
	decision: decision ?? null,
	erp: erp ?? unknownToErp,
	received: received ?? null,
});
