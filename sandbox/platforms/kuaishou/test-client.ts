import { parse } from "lossless-json";
import { demoShops } from "./demo-shop.ts";
import { type SignMethod, sign } from "./sign.ts";

/** An answer of the simulator; whole numbers are bigints, as its ids must not be rounded. */
export interface KsAnswer {
	result: bigint;
	error_msg: string;
	[field: string]: unknown;
}

const [shop] = demoShops;

/** The parameters of a right call but for `sign`. `param`: the business parameters as JSON text. */
export function ksParams(api: string, param: string): Record<string, string> {
	return {
		appkey: shop?.app.key ?? "",
		method: api,
		version: "1",
		param,
		access_token: shop?.token.access ?? "",
		timestamp: String(Date.now()),
		signMethod: "HMAC_SHA256",
	};
}

/** A call signed by the demo app; `before` changes parameters before signing, `after` when that is done. */
export async function ks(
	url: string,
	verb: "GET" | "POST",
	api: string,
	param: string,
	{ before = {}, after = {} }: { before?: Record<string, string>; after?: Record<string, string> } = {},
): Promise<KsAnswer> {
	const params = { ...ksParams(api, param), ...before };
	const signMethod = params.signMethod as SignMethod;
	const signed = { ...params, sign: sign(new Map(Object.entries(params)), shop?.app.signSecret ?? "", signMethod) };
	const form = new URLSearchParams({ ...signed, ...after });
	const path = `${url}/kuaishou/${api.replaceAll(".", "/")}`;
	const response = verb === "GET" ? await fetch(`${path}?${form}`) : await fetch(path, { method: "POST", body: form });
	return parse(await response.text(), undefined, (digits) => BigInt(digits)) as KsAnswer;
}
