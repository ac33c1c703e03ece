/** For tests: makes the calls that steps ask for, with canned answers. */
import { expect } from "vitest";
import type { HttpRequest } from "../adapter.ts";
import type { Steps } from "../steps.ts";
import { walkSteps } from "../walk-steps.ts";
import { sampleShop } from "./samples.ts";
import { sign } from "./sign.ts";

export const now = new Date(1762790401_123);

interface Asked {
	method: string;
	body: string;
	repeatable: boolean;
}

/** Walks steps through the texts of `data` given. What was asked, its signature checked. */
export function walk<T>(steps: Steps<T>, data: readonly string[], shop = sampleShop): { asked: Asked[]; value: T } {
	const { calls, value } = walkSteps(steps, shop, now, ({ request }, at) => {
		checkSigned(request);
		return `{"code":10000,"msg":"success","data":${data[at] ?? "{}"}}`;
	});
	return { asked: calls.map(({ method, repeatable, request: { body } }) => ({ method, body, repeatable })), value };
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
