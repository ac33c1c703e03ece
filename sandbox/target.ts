import type { FaultName } from "./faults.ts";

/** What a request is, once its body is read. `path` is below the target's own prefix: "/router/rest". */
export interface Received {
	method: string;
	path: string;
	query: URLSearchParams;
	headers: NodeJS.Dict<string | string[]>;
	body: string;
}

export interface Answer {
	status: number;
	/** Content-Type. */
	type: string;
	body: string;
	headers?: Record<string, string>;
}

/** A simulated platform or ERP: the other side of one protocol. */
export interface Target {
	/** As in control calls and counters: "taobao", "erp/qimen". The target answers under "/" + name. */
	readonly name: string;
	/** The faults it expresses in its own protocol; those of the connection and the clock work everywhere. */
	readonly faults: readonly FaultName[];
	/** Synchronous: what it changes is changed at once and as a whole. */
	handle(request: Received): Answer;
}

/** One value of a header, whatever its case. */
export function header(request: Received, name: string): string {
	const value = request.headers[name.toLowerCase()];
	return (Array.isArray(value) ? value[0] : value) ?? "";
}

export function json(status: number, body: unknown, headers?: Record<string, string>): Answer {
	return { status, type: "application/json;charset=UTF-8", body: JSON.stringify(body), headers };
}
