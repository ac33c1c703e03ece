/** What the hub's errors mean to a flow. */
import { type ErrorType, errorTypes, hubError, typeOf } from "../../config/errors.ts";

/** A no that stays one: an answer to the flow, which has an output for it, and no failure of it. */
export interface Refusal {
	type: ErrorType;
	detail: string; // what stands against it, as far as it is told
}

const refusals: readonly ErrorType[] = ["ORDER_HELD", "ORDER_NOT_READY", "PLATFORM_REFUSED", "PLATFORM_UNSUPPORTED"];

/**
 * `further`: what else is a no to what the node asks for. `null`: it is an error, and the event may well come again for
 * it.
 */
export function refusalOf(err: unknown, further: readonly ErrorType[] = []): Refusal | null {
	const type = typeOf(err);
	if (!type || !(refusals.includes(type) || further.includes(type))) return null;
	const { message } = err as Error;
	const words = `${errorTypes[type].en}: `;
	return { type, detail: message.startsWith(words) ? message.slice(words.length) : message };
}

/** The broker's word that parameters are wrong tells which and why only beside its message; here it is INVALID. */
export function readable(err: unknown): unknown {
	const { type, data } = (err ?? {}) as { type?: unknown; data?: unknown };
	if (type !== "VALIDATION_ERROR" || !Array.isArray(data)) return err;
	const findings = (data as { message?: string }[]).flatMap(({ message }) => message ?? []);
	return findings.length ? hubError("INVALID", findings.join(" ")) : err;
}
