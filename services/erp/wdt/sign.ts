import { createHash } from "node:crypto";

/**
 * Lower-case hex MD5 of secret + k1v1k2v2… + secret: all parameters of the URL but `sign`, and the body under the name
 * "body", in byte order of their names, values not URL-encoded. Source: 旺店通旗舰版's own PHP SDK (wdtsdk.php, makeSign).
 */
export function sign(params: Readonly<Record<string, string>>, body: string, secret: string): string {
	const signed: Record<string, string> = { ...params, body };
	const pairs = Object.keys(signed)
		.sort()
		.map((key) => key + signed[key]);
	return createHash("md5")
		.update(`${secret}${pairs.join("")}${secret}`)
		.digest("hex");
}
