import type { ConnectionOptions } from "nats";
import { type EgressAllowed, readEgressAllowed } from "./egress-allow.ts";

/**
 * NATS_URL as the client wants it: several servers separated by commas, one user for all of them, TLS when the first
 * says tls://. A user without a password is a token.
 */
export function natsOptions(urls: string): ConnectionOptions {
	const servers = serversOf(urls);
	const [first] = servers;
	const [user, pass] = [first?.username, first?.password].map((part) => decodeURIComponent(part ?? ""));
	return {
		servers: servers.map(({ host }) => host),
		...(user && (pass ? { user, pass } : { token: user })),
		...(first?.protocol === "tls:" && { tls: {} }),
	};
}

/**
 * The servers that a process whose connections are watched must reach. Others of their cluster are reached only where
 * HUB_EGRESS_ALLOW names them or their addresses are public.
 */
export function natsHosts(urls: string | null): EgressAllowed[] {
	return serversOf(urls ?? "").flatMap(({ hostname, port }) => readEgressAllowed(`${hostname}:${port || 4222}`) ?? []);
}

const serversOf = (urls: string): URL[] =>
	urls
		.split(",")
		.filter(Boolean)
		.map((each) => new URL(each.trim()));
