import { parse } from "lossless-json";
import { demoShops } from "./demo-shop.ts";
import { digest, sign } from "./sign.ts";

const [shop] = demoShops;
if (!shop) throw new Error("no demo shop");
export const { app, token, sellerId } = shop;

/** An answer of the 拼多多 simulator. */
export interface PddAnswer<T> {
	/** The key at the root. */
	root: string;
	/** What is under it; whole numbers of 16 digits and more are bigints. */
	body: T;
}

/** The parts of an error that tests read. */
export interface PddErrorBody {
	error_code: number;
	sub_msg: string;
}

export function pddParams(type: string, params: Record<string, string> = {}): Record<string, string> {
	const timestamp = String(Math.floor(Date.now() / 1000));
	return {
		type,
		client_id: app.key,
		access_token: token.access,
		timestamp,
		data_type: "JSON",
		version: "V1",
		...params,
	};
}

/** A signed call with a JSON body; `changes` are made after signing, `undefined` leaves a parameter out. */
export async function pdd<T = PddErrorBody>(
	url: string,
	type: string,
	params: Record<string, string> = {},
	changes: Record<string, unknown> = {},
): Promise<PddAnswer<T>> {
	const all = pddParams(type, params);
	const signed = { ...all, sign: sign(new Map(Object.entries(all)), app.secret), ...changes };
	return send<T>(url, { body: JSON.stringify(signed), headers: { "content-type": "application/json" } });
}

export async function send<T = PddErrorBody>(url: string, request: RequestInit): Promise<PddAnswer<T>> {
	const response = await fetch(`${url}/pdd/api/router`, { method: "POST", ...request });
	const [entry] = Object.entries(parse(await response.text(), undefined, numberOf) as Record<string, T>);
	if (!entry) throw new Error("an empty answer");
	return { root: entry[0], body: entry[1] };
}

function numberOf(text: string): number | bigint {
	return /^\d{16,}$/.test(text) ? BigInt(text) : Number(text);
}

/** Where the message server takes that app at that time. */
export function messageUrl(url: string, secret = app.secret, atMs = Date.now()): string {
	const base = url.replace(/^http/, "ws");
	const end = encodeURIComponent(digest(app.key, String(atMs), secret));
	return `${base}/pdd/message/${app.key}/${atMs}/${end}`;
}
