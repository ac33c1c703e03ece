import { createHash } from "node:crypto";

interface SignedCall {
	method: string;
	appId: string;
	timestamp: string; // Unix seconds
	version: string;
}

/** The signature of a call: the system parameters only, in this order. What is asked for is not signed. */
export const sign = ({ method, appId, timestamp, version }: SignedCall, secret: string): string =>
	md5(`${method}?appId=${appId}&timestamp=${timestamp}&version=${version}${secret}`);

interface SignedMessage {
	path: string; // as called
	query: Readonly<Record<string, string>>; // decoded
	appKey: string; // header `app-key`
	timestamp: string; // header `timestamp`, Unix seconds
}

/**
 * The signature of a message to us: the path, then the two headers and every query parameter by name. Values stand as
 * they are, not URL-encoded, empty ones included; the body is not signed. Source: application message push.
 */
export function messageSign({ path, query, appKey, timestamp }: SignedMessage, secret: string): string {
	const signed: Record<string, string> = { ...query, "app-key": appKey, timestamp };
	const pairs = Object.keys(signed)
		.sort() // by code unit, never localeCompare: A < _ < a
		.map((name) => `${name}=${signed[name]}`);
	return md5(`${path}?${pairs.join("&")}${secret}`);
}

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
