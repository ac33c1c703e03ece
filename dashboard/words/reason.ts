/** A reason as it is stored, in the reader's language as far as it is the hub's: what an ERP or a platform said stays theirs. */
import { type ErrorType, errorTypes } from "../../config/error-types.ts";
import { told } from "../language.ts";

const rules = Object.values(errorTypes);

/** "The ERP refused: stock short" and "ERP_REFUSED: stock short" -> "ERP 拒绝: stock short". */
export function reasonWords(reason: string): string {
	const [type = ""] = /^[A-Z_]+(?=: |$)/.exec(reason) ?? [];
	if (Object.hasOwn(errorTypes, type)) return told(errorTypes[type as ErrorType]) + reason.slice(type.length);
	const rule = rules.find(({ en }) => reason === en || reason.startsWith(`${en}: `));
	return rule ? told(rule) + reason.slice(rule.en.length) : reason;
}
