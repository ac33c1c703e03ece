import type { Vector, VectorChecks } from "../vector.ts";
import { type SignMethod, sign } from "./sign.ts";
import { spiSign } from "./spi.ts";
import { connectSign, encodeFrame, type TmcValue } from "./tmc.ts";

export const taobaoChecks: VectorChecks = {
	"TOP md5: UPPER(HEX(MD5(secret + sorted key+value + secret)))": (vector) => signed(vector, "md5"),
	"TOP hmac: UPPER(HEX(HMAC-MD5(key=secret, sorted key+value)))": (vector) => signed(vector, "hmac"),
	"TOP hmac-sha256: UPPER(HEX(HMAC-SHA256(key=secret, sorted key+value)))": (vector) => signed(vector, "hmac-sha256"),
	"TOP SPI inbound: UPPER(HEX(MD5(secret + sorted(signed headers + query + form) + text body + secret)))": spi,
	"TOP TMC connect: UPPER(HEX(MD5(secret + app_key+.. group_name+.. timestamp+.. + secret)))": tmcConnect,
	"TOP TMC binary frame (protocol version 2, little endian), hex": tmcFrame,
};

type Texts = Record<string, string>;

function signed({ params, request, body, secret }: Vector, method: SignMethod): string {
	const input = params ? (params as Texts) : unionOf(request as { url: string; body: string });
	return sign(input, secret ?? "", method, (body as string | undefined) ?? "");
}

/** A raw call: the platform verifies over the parameters of query and form body together. */
function unionOf({ url, body }: { url: string; body: string }): Texts {
	return Object.fromEntries([...new URL(url).searchParams, ...new URLSearchParams(body)]);
}

function spi({ request, secret }: Vector): string {
	const call = request as { url_without_sign: string; headers: Texts; form: Texts; body: string | null };
	return spiSign({ ...call, url: call.url_without_sign, body: call.body ?? "" }, secret ?? "");
}

function tmcConnect({ params, secret }: Vector): string {
	const { app_key = "", group_name = "", timestamp = "" } = params as Texts;
	return connectSign(app_key, group_name, timestamp, secret ?? "");
}

type Header = [name: string, type: TmcValue["type"], value: string | number];

function tmcFrame({ message }: Vector): string {
	const {
		messageType,
		token = "",
		headers = [],
	} = message as {
		messageType: number;
		token?: string;
		headers?: Header[];
	};
	const values = headers.map(([name, type, value]): [string, TmcValue] => {
		const big = type === "int64" || type === "date";
		return [name, { type, value: big ? BigInt(value) : value } as TmcValue];
	});
	const frame = { messageType, token, statusCode: 0, statusPhrase: "", flag: 0, headers: new Map(values) };
	return encodeFrame(frame).toString("hex");
}
