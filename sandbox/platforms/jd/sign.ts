import { createHash } from "node:crypto";

/** MD5 of secret + name + value … + secret over all parameters but `sign`, in byte order of the names, upper-case hex. */
export function sign(params: ReadonlyMap<string, string>, secret: string): string {
	const names = [...params.keys()].filter((name) => name !== "sign").sort(byBytes);
	const text = names.map((name) => `${name}${params.get(name)}`).join("");
	return createHash("md5").update(`${secret}${text}${secret}`).digest("hex").toUpperCase();
}

function byBytes(a: string, b: string): number {
	return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** SDKs differ on whether empty parameters are signed; the gateway takes both. */
export function isSigned(params: ReadonlyMap<string, string>, secret: string): boolean {
	const given = params.get("sign");
	if (given === sign(params, secret)) return true;
	const filled = new Map([...params].filter(([, value]) => value !== ""));
	return filled.size < params.size && given === sign(filled, secret);
}
