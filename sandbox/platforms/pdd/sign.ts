import { createHash } from "node:crypto";

/** Upper-case hex MD5 over secret + names and values in byte order of the names + secret; empty values count, `sign` not. */
export function sign(params: ReadonlyMap<string, string>, secret: string): string {
	const names = [...params.keys()].filter((name) => name !== "sign");
	names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
	const text = names.map((name) => `${name}${params.get(name)}`).join("");
	return md5(`${secret}${text}${secret}`).toUpperCase();
}

/** The digest at the end of a message server's address: Base64 over lower-case hex. */
export function digest(clientId: string, timestamp: string, secret: string): string {
	return Buffer.from(md5(`${clientId}${timestamp}${secret}`), "latin1").toString("base64");
}

function md5(text: string): string {
	return createHash("md5").update(text, "utf8").digest("hex");
}
