import type { JsonObject } from "../json-text.ts";
import type { Vector, VectorChecks } from "../vector.ts";
import { canonicalJson } from "./canonical-json.ts";
import { eventSign, type SignMethod, sign, spiSign } from "./sign.ts";

export const douyinChecks: VectorChecks = {
	"HMAC-SHA256 hex over secret+app_key..method..param_json..timestamp..v2+secret": (vector) =>
		call(vector, "hmac-sha256"),
	"MD5 hex over secret+app_key..method..param_json..timestamp..v2+secret": (vector) => call(vector, "md5"),
	"SPI HMAC-SHA256 hex over secret+app_key..param_json..timestamp..+secret": (vector) => spi(vector, "hmac-sha256"),
	"SPI MD5 hex over secret+app_key..param_json..timestamp..+secret": (vector) => spi(vector, "md5"),
	"message push event-sign: MD5 hex over app_key + raw body + secret": push,
};

interface CallParams {
	app_key: string;
	method: string;
	timestamp: string;
	business?: JsonObject;
	param_json?: string; // a body as it was received
}

function call(vector: Vector, method: SignMethod): string {
	const params = vector.params as CallParams;
	const { app_key: appKey, timestamp } = params;
	return sign({ appKey, method: params.method, paramJson: bodyOf(vector), timestamp }, vector.secret ?? "", method);
}

function spi(vector: Vector, method: SignMethod): string {
	const { app_key: appKey, timestamp } = vector.params as CallParams;
	return spiSign({ appKey, paramJson: bodyOf(vector), timestamp }, vector.secret ?? "", method);
}

function bodyOf({ params, expected_param_json: expected }: Vector): string {
	const { param_json: received, business = {} } = params as CallParams;
	const body = received ?? canonicalJson(business);
	if (expected !== undefined && body !== expected) throw new Error(`expected param_json ${expected}, got ${body}`);
	return body;
}

/** A message whose signature is another's is refused. */
function push({ params, secret }: Vector): string {
	const { app_key, body, headers } = params as { app_key: string; body: string; headers?: Record<string, string> };
	const right = eventSign(app_key, Buffer.from(body), secret ?? "");
	const given = headers?.["event-sign"];
	return given === undefined || given === right ? right : "reject";
}
