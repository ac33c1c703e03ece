import type { ConnectionOptions } from "nats";

/**
 * NATS_URL as the client wants it: several servers separated by commas, one user for all of them, TLS when the first
 * says tls://. A user without a password is a token.
 */
export function natsOptions(urls: string): ConnectionOptions {
	const servers = urls.split(",").map((each) => new URL(each.trim()));
	const [first] = servers;
	const [user, pass] = [first?.username, first?.password].map((part) => decodeURIComponent(part ?? ""));
	return {
		servers: servers.map(({ host }) => host),
		...(user && (pass ? { user, pass } : { token: user })),
		...(first?.protocol === "tls:" && { tls: {} }),
	};
}
