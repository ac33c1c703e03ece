import { parse } from "lossless-json";
import { beijing } from "../beijing.ts";
import { demoShops } from "../platforms/taobao/demo-shop.ts";
import { type SignMethod, sign } from "../platforms/taobao/sign.ts";

/** An answer of the 淘宝 simulator. */
export interface TopAnswer<T> {
	/** The key at the root. */
	root: string;
	/** What is under it; numbers beyond 2^53 are bigints. */
	body: T;
	text: string;
}

/** The parts of an error that tests read. */
export interface TopErrorBody {
	code: number;
	msg: string;
	sub_code?: string;
	sub_msg?: string;
}

const [shop] = demoShops;
if (!shop) throw new Error("no demo shop");

export function topParams(method: string, params: Record<string, string> = {}): Record<string, string> {
	return {
		method,
		app_key: shop?.app.key ?? "",
		session: shop?.token.access ?? "",
		timestamp: beijing(Date.now()),
		format: "json",
		v: "2.0",
		sign_method: "md5",
		...params,
	};
}

/** Sends parameters signed by the demo app's secret; one that is `undefined` in `changes` is left out after signing. */
export async function top<T = TopErrorBody>(
	url: string,
	method: string,
	params: Record<string, string> = {},
	changes: Record<string, string | undefined> = {},
): Promise<TopAnswer<T>> {
	const all = topParams(method, params);
	const signed = {
		...all,
		sign: sign(new Map(Object.entries(all)), shop?.app.secret ?? "", all.sign_method as SignMethod),
	};
	const sent = Object.entries({ ...signed, ...changes }).filter(
		(entry): entry is [string, string] => entry[1] !== undefined,
	);
	return send<T>(url, sent);
}

export async function send<T = TopErrorBody>(url: string, params: [string, string][]): Promise<TopAnswer<T>> {
	const response = await fetch(`${url}/taobao/router/rest`, { method: "POST", body: new URLSearchParams(params) });
	const text = await response.text();
	const answer = parse(text, undefined, numberOf) as Record<string, T>;
	const [entry] = Object.entries(answer);
	if (!entry) throw new Error("an empty answer");
	return { root: entry[0], body: entry[1], text };
}

function numberOf(text: string): number | bigint {
	return /^\d{16,}$/.test(text) ? BigInt(text) : Number(text);
}

/** Beijing time some seconds from now. */
export function inSeconds(seconds: number): string {
	return beijing(Date.now() + seconds * 1000);
}
