import { placeNow } from "./trace.ts";

/** Who writes, as Moleculer tells it. */
interface Bindings {
	nodeID?: string;
	mod?: string;
}

/**
 * One line of the log as JSON: {at, level, process, part, msg, traceId?, …}. The first texts are the message, objects its
 * fields; an error gives its type and message, never its data.
 */
export function jsonLine(level: string, args: readonly unknown[], bindings: Bindings): string[] {
	const words: string[] = [];
	const fields: Record<string, unknown> = {};
	for (const arg of args) {
		if (arg instanceof Error) Object.assign(fields, { type: (arg as { type?: unknown }).type, reason: arg.message });
		else if (typeof arg === "object" && arg !== null) Object.assign(fields, arg);
		else words.push(String(arg));
	}
	const { nodeID: process, mod: part } = bindings;
	const line = {
		at: new Date().toISOString(),
		level,
		process,
		part,
		msg: words.join(" "),
		traceId: placeNow()?.traceId,
		...fields,
	};
	return [JSON.stringify(line)];
}
