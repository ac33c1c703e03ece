import { isLosslessNumber, parse } from "lossless-json";
import type { Arguments } from "./arguments.ts";
import { invalid } from "./errors.ts";

/** A parameter that is JSON text. Numbers keep all their digits until they are read as one thing or another. */
export function jsonArgument(args: Arguments, name: string): unknown {
	try {
		return parse(args.needed(name));
	} catch (err) {
		if (err instanceof SyntaxError) throw invalid(name, "不是JSON");
		throw err;
	}
}

/** Text, or the digits of a number; "" for anything else. */
export function textOf(value: unknown): string {
	return isLosslessNumber(value) || typeof value === "string" ? value.toString() : "";
}

/** The fields of an object; none for anything else. */
export function fieldsIn(value: unknown): Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
