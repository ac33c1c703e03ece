import { parse } from "lossless-json";
import { demoShops } from "./demo-shop.ts";
import { type SignMethod, sign } from "./sign.ts";

/** An answer of the simulator, for its tests; numbers beyond 2^53 are bigints. */
export interface DoudianAnswer<T> {
	code: number;
	sub_code: string;
	sub_msg: string;
	data: T;
	text: string;
}

const [shop] = demoShops;
if (!shop) throw new Error("no demo shop");

/** What a call may be made differently by: system parameters before signing, and what is changed after it. */
export interface Odd {
	system?: Record<string, string | undefined>;
	after?: Record<string, string | undefined>;
	headers?: Record<string, string>;
	path?: string;
	verb?: string;
}

/** A call signed by the demo app's secret. `body` is sent as it is. */
export async function call<T = Record<string, unknown>>(
	url: string,
	method: string,
	body: object | string = {},
	{ system, after, headers, path, verb = "POST" }: Odd = {},
): Promise<DoudianAnswer<T>> {
	const text = typeof body === "string" ? body : JSON.stringify(body);
	const usual = {
		app_key: shop?.app.key,
		method,
		timestamp: String(Math.floor(Date.now() / 1000)),
		v: "2",
		sign_method: "hmac-sha256",
		access_token: method.startsWith("token.") ? undefined : shop?.token.access,
	};
	const query = given({ ...usual, ...system });
	const signMethod = (query.get("sign_method") ?? "md5") as SignMethod;
	query.set("sign", sign(query, text, shop?.app.secret ?? "", signMethod));
	const response = await fetch(
		`${url}/douyin/${path ?? method.replaceAll(".", "/")}?${given({ ...Object.fromEntries(query), ...after })}`,
		{
			method: verb,
			headers: { "content-type": "application/json;charset=UTF-8", ...headers },
			body: verb === "POST" ? text : undefined,
		},
	);
	const answered = await response.text();
	if (response.status !== 200)
		return { code: response.status, sub_code: "", sub_msg: "", data: {} as T, text: answered };
	return { ...(parse(answered, undefined, numberOf) as Omit<DoudianAnswer<T>, "text">), text: answered };
}

function given(values: Record<string, string | undefined>): URLSearchParams {
	return new URLSearchParams(
		Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
	);
}

function numberOf(digits: string): number | bigint {
	return /^-?\d{16,}$/.test(digits) ? BigInt(digits) : Number(digits);
}
