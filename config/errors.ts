/** Errors of error-types.ts. Error classes do not survive the broker, so match on `err.type`. */
import { Errors } from "moleculer";
import { type ErrorRule, type ErrorType, errorTypes } from "./error-types.ts";

export { type ErrorType, errorTypes };

/** `detail` and `data` may reach a person and the logs: no secret, name, phone or address in them. */
export function hubError(type: ErrorType, detail?: string, data?: Record<string, unknown>): Errors.MoleculerError {
	const { status, en } = errorTypes[type];
	return new Errors.MoleculerError(detail ? `${en}: ${detail}` : en, status, type, data);
}

/** The error's type, or `undefined` for an error that is not ours. */
export function typeOf(err: unknown): ErrorType | undefined {
	const type = (err as { type?: unknown } | null)?.type;
	return typeof type === "string" && Object.hasOwn(errorTypes, type) ? (type as ErrorType) : undefined;
}

export function ruleOf(err: unknown): ErrorRule | undefined {
	const type = typeOf(err);
	return type && errorTypes[type];
}
