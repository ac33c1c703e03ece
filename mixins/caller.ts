/** Who sends a request, where proxies of ours stand in front of the hub. */
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import type { TLSSocket } from "node:tls";
import { env } from "../config/env.ts";

/**
 * The caller's address. A proxy writes whom it speaks for into X-Forwarded-For: believed of HUB_TRUSTED_PROXIES alone,
 * from the last name on as far as they reach, since anybody can send the header.
 */
export function callerAddress(req: IncomingMessage): string {
	let caller = plain(req.socket.remoteAddress ?? "unknown");
	for (const name of forwardedFor(req)) {
		if (!env.trustedProxies(caller)) break;
		if (!isIP(name)) break;
		caller = name;
	}
	return caller;
}

/** Whether the caller's own connection is encrypted, to us or to a proxy that we trust. */
export function isSecure(req: IncomingMessage): boolean {
	if ((req.socket as Partial<TLSSocket>).encrypted) return true;
	const proto = req.headers["x-forwarded-proto"];
	return env.trustedProxies(plain(req.socket.remoteAddress ?? "")) && proto === "https";
}

/** For answers over TLS: the browser comes back that way alone. Over a bare wire it would believe nobody. */
export const overTlsOnly = { "Strict-Transport-Security": "max-age=31536000" } as const;

/** The nearest first. */
const forwardedFor = ({ headers }: IncomingMessage): string[] =>
	[headers["x-forwarded-for"] ?? []]
		.flat()
		.flatMap((each) => each.split(","))
		.map((each) => plain(each.trim()))
		.reverse();

/** An IPv4 address in IPv6's clothes is that IPv4 address. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");
