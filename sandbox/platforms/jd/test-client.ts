import { parse, stringify } from "lossless-json";
import { beijing } from "../../beijing.ts";
import { demoShops } from "./demo-shop.ts";
import { sign } from "./sign.ts";

const [shop] = demoShops;
if (!shop) throw new Error("no demo shop");
export const demoShop = shop;

/** Any part of an answer that tests read; numbers beyond 2^53 are bigints. */
export interface JdBody {
	code: string;
	zh_desc?: string;
	[part: string]: unknown;
}

export interface JdAnswer {
	root: string; // the key at the root
	body: JdBody;
	text: string;
}

/** A call signed by the demo app; what `changes` names is changed or, being undefined, left out after signing. */
export async function call(
	url: string,
	method: string,
	params: object = {},
	system: Record<string, string> = {},
	changes: Record<string, string | undefined> = {},
): Promise<JdAnswer> {
	const all: Record<string, string> = {
		method,
		app_key: demoShop.app.key,
		access_token: demoShop.token.access,
		timestamp: beijing(Date.now()),
		v: "2.0",
		"360buy_param_json": stringify(params) ?? "",
		...system,
	};
	const signed = { ...all, sign: sign(new Map(Object.entries(all)), demoShop.app.secret), ...changes };
	const sent = Object.entries(signed).filter((entry): entry is [string, string] => entry[1] !== undefined);
	return answerOf(await fetch(`${url}/jd/routerjson`, { method: "POST", body: new URLSearchParams(sent) }));
}

export async function answerOf(response: Response): Promise<JdAnswer> {
	const text = await response.text();
	const numberOf = (digits: string) => (/^\d{16,}$/.test(digits) ? BigInt(digits) : Number(digits));
	const [entry] = Object.entries(parse(text, undefined, numberOf) as Record<string, JdBody>);
	if (!entry) throw new Error("an empty answer");
	return { root: entry[0], body: entry[1], text };
}

/** Beijing time some seconds from now. */
export const inSeconds = (seconds: number): string => beijing(Date.now() + seconds * 1000);

/** What the list of orders takes: the last ten minutes, every state, a few fields. */
export const searchParams = (changes: object = {}): object => ({
	order_state: "WAIT_SELLER_STOCK_OUT,LOCKED,WAIT_GOODS_RECEIVE_CONFIRM,FINISHED_L,TRADE_CANCELED",
	optional_fields: "orderState,modified",
	page: "1",
	page_size: "100",
	start_date: inSeconds(-600),
	end_date: inSeconds(60),
	...changes,
});
