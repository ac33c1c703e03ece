/** Why a row of a bulk call failed, in the reader's language. */
import { type ErrorType, errorTypes } from "../../config/error-types.ts";
import { told } from "../language.ts";

/** One row as a bulk call answers it. */
export interface RowAnswer {
	id: string;
	ok: boolean;
	type?: string; // of config/error-types.ts
	detail?: string;
}

/** The error's words, and what the hub says beside them. */
export function failureWords({ type, detail = "" }: Pick<RowAnswer, "type" | "detail">): string {
	const rule = errorTypes[(type ?? "INTERNAL") as ErrorType] ?? errorTypes.INTERNAL;
	const more = detail.startsWith(`${rule.en}: `) ? detail.slice(rule.en.length + 2) : "";
	return more ? `${told(rule)} · ${more}` : told(rule);
}
