/** For tests: makes the calls that steps ask for, with canned answers. */
import { expect } from "vitest";
import type { HttpRequest } from "../adapter.ts";
import type { Step, Steps } from "../steps.ts";
import { sampleShop } from "./samples.ts";
import { sign } from "./sign.ts";

export const now = new Date(1762790401_123);

export interface Asked {
	method: string;
	body: string;
	repeatable: boolean;
}

/** Walks steps through the texts of `data` given. What was asked, its signature checked. */
export function walk<T>(steps: Steps<T>, data: readonly string[], shop = sampleShop): { asked: Asked[]; value: T } {
	const asked: Asked[] = [];
	let next = steps.next();
	while (!next.done) {
		const step: Step<unknown> = next.value;
		const request = step.request(shop, now);
		checkSigned(request);
		asked.push({ method: step.method, body: request.body, repeatable: step.repeatable });
		const body = `{"code":10000,"msg":"success","data":${data[asked.length - 1] ?? "{}"}}`;
		next = steps.next(step.read({ status: 200, body, at: now }));
	}
	return { asked, value: next.value };
}

function checkSigned({ method: verb, url, body }: HttpRequest): void {
	const { pathname, searchParams: query } = new URL(url);
	const method = query.get("method") ?? "";
	expect(verb).toBe("POST");
	expect(pathname).toBe(`/${method.replace(".", "/")}`);
	expect(query.get("timestamp")).toBe("1762790401");
	const call = { appKey: sampleShop.appKey, method, paramJson: body, timestamp: "1762790401" };
	expect(query.get("sign")).toBe(sign(call, sampleShop.appSecret, "hmac-sha256"));
	expect(query.has("access_token")).toBe(!method.startsWith("token."));
}
