import { hubError } from "../../config/errors.ts";

/** What a table has for a code, which comes from outside: never what every object has. */
export const entryOf = <T>(table: Readonly<Record<string, T>>, code: string): T | undefined =>
	Object.hasOwn(table, code) ? table[code] : undefined;

/** What a platform's code means to us. @throws PLATFORM_UNKNOWN_STATUS for one that no table has: never a default */
export function lookUp<T>(table: Readonly<Record<string, T>>, field: string, code: string): T {
	const known = entryOf(table, code);
	if (known === undefined) throw hubError("PLATFORM_UNKNOWN_STATUS", `${field} ${code.slice(0, 60)}`, { field });
	return known;
}

/** The platform's code for one of our carriers. @throws CARRIER_UNKNOWN */
export function platformCarrier(carriers: Readonly<Record<string, string>>, carrier: string): string {
	const code = entryOf(carriers, carrier);
	if (code === undefined) throw hubError("CARRIER_UNKNOWN", carrier.slice(0, 40), { carrier: carrier.slice(0, 40) });
	return code;
}

/** The other way round; a code we do not know stays as it is. */
export const ourCarrier = (carriers: Readonly<Record<string, string>>, code: string): string =>
	Object.keys(carriers).find((ours) => carriers[ours] === code) ?? code;
