/** For tests: walks steps with answers that the test makes up. */
import type { Connection, ErpRequest } from "../driver.ts";
import type { ErpSteps } from "../steps.ts";

export interface Asked {
	method: string;
	path: string; // "Sales Order", "Sales Order/SO-1"
	query: URLSearchParams;
	body: unknown;
}

/** `answer`: the `data` of the answer to each call. */
export function walkWith<T>(
	steps: ErpSteps<T>,
	answer: (asked: Asked) => unknown,
	settings: Connection["settings"] = {},
): { result: T; asked: Asked[] } {
	const connection: Connection = { id: "c", dialect: "erpnext", name: "", url: "http://erp/", settings, secrets: {} };
	const asked: Asked[] = [];
	let next = steps.next();
	while (!next.done) {
		const call = callOf(next.value.request(connection, new Date(), ""));
		asked.push(call);
		const status = call.method === "DELETE" ? 202 : 200;
		const body = JSON.stringify({ data: answer(call) });
		next = steps.next(next.value.read({ status, headers: {}, body }, connection));
	}
	return { result: next.value, asked };
}

function callOf({ method, url, body }: ErpRequest): Asked {
	const { pathname, searchParams } = new URL(url);
	const path = decodeURIComponent(pathname.slice("/api/resource/".length));
	return { method, path, query: searchParams, body: body ? JSON.parse(body) : null };
}
