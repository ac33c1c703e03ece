/** The hold of an audit rule: a person takes it away by auditing the order. Loaded in browsers too. */
import type { Hold } from "./order.ts";

const ruleActor = "rule:";

export const isAuditHold = ({ reason, by }: Pick<Hold, "reason" | "by">): boolean =>
	reason === "MANUAL" && by.startsWith(ruleActor);

/** Who a rule's hold is by. */
export const ruleActorOf = (name: string): string => `${ruleActor}${name}`;

/** The name of the rule that put a hold. */
export const ruleNameOf = ({ by }: Pick<Hold, "by">): string => by.slice(ruleActor.length);
