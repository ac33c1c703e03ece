import { createHash, createHmac } from "node:crypto";

export type SignMethod = "md5" | "hmac" | "hmac-sha256";

/**
 * The signature of a TOP call: names and values of all text parameters joined in byte order of the names, then the
 * text body if there is one (JSON and XML calls only), digested to upper-case hex.
 * Parameters without a value are neither signed nor sent. Source: open platform documentation, API signing.
 */
export function sign(
	params: Readonly<Record<string, string>>,
	secret: string,
	method: SignMethod,
	textBody = "",
): string {
	const joined = joinedPairs(params) + textBody;
	switch (method) {
		case "md5":
			return md5(secret + joined + secret);
		case "hmac":
			return createHmac("md5", secret).update(joined).digest("hex").toUpperCase();
		case "hmac-sha256":
			return createHmac("sha256", secret).update(joined).digest("hex").toUpperCase();
	}
}

export const md5 = (signed: string): string => createHash("md5").update(signed).digest("hex").toUpperCase();

function joinedPairs(params: Readonly<Record<string, string>>): string {
	return Object.keys(params)
		.filter((name) => name !== "sign" && name !== "" && params[name] !== "")
		.sort() // by code unit, never localeCompare: A < _ < a
		.map((name) => name + params[name])
		.join("");
}
