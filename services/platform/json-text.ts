/** How requests write what JavaScript's own JSON cannot. */
import { stringify } from "lossless-json";
import { hubError } from "../../config/errors.ts";

/** A value of a request. A bigint is a number of more digits than a JavaScript number keeps; `undefined` is left out. */
export type JsonValue = string | number | bigint | boolean | undefined | JsonValue[] | JsonObject;
export interface JsonObject {
	[name: string]: JsonValue;
}

/** The JSON of an object or a list, each bigint as a number of all its digits. */
export const jsonText = (value: object): string => stringify(value) ?? "{}";

/** An id that the platform wants as a JSON number, all its digits kept. @throws INVALID for what cannot be one */
export function idNumber(field: string, id: string): bigint {
	if (!/^\d{1,20}$/.test(id)) throw hubError("INVALID", `${field} is not a number of the platform`, { field });
	return BigInt(id);
}

/** An instant as whole Unix seconds. */
export const epochSeconds = (at: Date): number => Math.floor(at.getTime() / 1_000);
