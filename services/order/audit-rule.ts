/** What an audit rule is. All that `when` names must hold for the rule to speak; `{}` holds for every order. */
export interface AuditRule {
	_id: string;
	shopId: string; // or `everyShop`
	name: string; // unique in its shop; orders are held by "rule:<name>"
	enabled: boolean;
	when: RuleCondition;
	/** HOLD: a person must audit the order. PASS: it needs no audit, whatever other rules say. */
	then: AuditVerdict;
	createdAt: Date;
	updatedAt: Date;
}

export interface RuleCondition {
	minPaidFen?: number; // both ends belong to it
	maxPaidFen?: number;
	remarkPresent?: boolean; // a note of the seller
	buyerMemoPresent?: boolean;
	provinces?: string[]; // "广东" is 广东省 too
	skuIn?: string[]; // merchant codes or SKUs of the ERP, of any line
	firstOrderOfBuyer?: boolean; // in this shop, as far as the platform tells who bought
	flags?: string[]; // any of the order's
}

export const everyShop = "*";
export const auditVerdicts = ["HOLD", "PASS"] as const;
export type AuditVerdict = (typeof auditVerdicts)[number];
