import type { Vector, VectorChecks } from "../vector.ts";
import { messageSign, sign } from "./sign.ts";

export const xiaohongshuChecks: VectorChecks = {
	"MD5 hex over method?appId=..&timestamp=..&version=.. + appSecret (business parameters not signed)": call,
	"push sign: MD5 hex over path?sorted(app-key, timestamp, url query) + appSecret": message,
};

type Texts = Record<string, string>;

function call({ params, secret }: Vector): string {
	const { method = "", appId = "", timestamp = "", version = "" } = params as Texts;
	return sign({ method, appId, timestamp, version }, secret ?? "");
}

/** What the signature must be; for a message that carries one, whether it is taken. */
function message({ params, secret }: Vector): string {
	const { path, query, headers } = params as { path: string; query: Texts; headers: Texts };
	const { "app-key": appKey = "", timestamp = "", sign: given } = headers;
	const expected = messageSign({ path, query, appKey, timestamp }, secret ?? "");
	if (given === undefined) return expected;
	return given === expected ? "accept" : "reject";
}
