import { md5 } from "./sign.ts";

/** A call of the platform to us, as it came. `url`: the whole of it; header names in lower case. */
interface SpiCall {
	url: string;
	headers: Readonly<Record<string, string>>;
	form: Readonly<Record<string, string>>; // decoded; empty unless the content type is form
	body: string; // raw text of any other content type
}

/**
 * What the `sign` in the query of such a call must be: query parameters (empty values kept), form fields that the
 * query does not have, and the headers named in `top-sign-list`, joined in byte order, then the raw body.
 * Source: TOP Java SDK, SpiUtils.
 */
export function spiSign({ url, headers, form, body }: SpiCall, secret: string): string {
	const signed = new Map(Object.entries(form));
	for (const [name, value] of new URL(url).searchParams) signed.set(name, value);
	for (const name of headers["top-sign-list"]?.split(",") ?? []) {
		signed.set(name, decodeURIComponent(headers[name.toLowerCase()] ?? ""));
	}
	signed.delete("sign");
	const pairs = [...signed.keys()].sort().map((name) => name + signed.get(name));
	return md5(secret + pairs.join("") + body + secret);
}
