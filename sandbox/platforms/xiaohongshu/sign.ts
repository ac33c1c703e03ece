import { createHash } from "node:crypto";

/** Signature of a call: the method and three system parameters in a fixed order; nothing else of the body. */
export function callSign(
	{ method, appId, timestamp, version }: { method: string; appId: string; timestamp: string; version: string },
	secret: string,
): string {
	const signed = [`appId=${appId}`, `timestamp=${timestamp}`, `version=${version}`].join("&");
	return md5(`${method}?${signed}${secret}`);
}

/** Signature of a message to the seller's system: the path, then headers and query parameters in order of their names. */
export function messageSign(path: string, params: ReadonlyMap<string, string>, secret: string): string {
	const names = [...params.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
	return md5(`${path}?${names.map((name) => `${name}=${params.get(name)}`).join("&")}${secret}`);
}

function md5(text: string): string {
	return createHash("md5").update(text, "utf8").digest("hex");
}
