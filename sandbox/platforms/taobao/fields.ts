import type { Arguments } from "./arguments.ts";
import type { TopObject } from "./envelope.ts";
import { invalid } from "./errors.ts";

/** Which fields the caller asked for. Nothing else is answered, so a client that forgets one finds out here. */
export interface Fields {
	/** Names at the top level. */
	own: ReadonlySet<string>;
	/** Names inside `orders`: a set, "all", or null when `orders` was not asked for at all. */
	lines: ReadonlySet<string> | "all" | null;
}

/** Reads `fields`: "tid,status,orders.oid", "orders" or "orders.*". Error 41 when it names nothing that is known. */
export function fieldsOf(args: Arguments, known: ReadonlySet<string>): Fields {
	args.needed("fields");
	const names = args.csv("fields") ?? [];
	const inLines = names.filter((name) => name.startsWith("orders.")).map((name) => name.slice("orders.".length));
	const own = new Set(names.filter((name) => known.has(name)));
	const whole = names.includes("orders") || inLines.includes("*");
	const lines = whole ? "all" : inLines.length > 0 ? new Set(inLines) : null;
	if (own.size === 0 && lines === null) throw invalid("fields", "没有可识别的字段");
	return { own, lines };
}

export function pick(record: TopObject, names: ReadonlySet<string>): TopObject {
	const picked: TopObject = {};
	for (const name of names) if (record[name] !== undefined) picked[name] = record[name];
	return picked;
}
