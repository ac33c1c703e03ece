/** Where the hub may connect to: public addresses, and what HUB_EGRESS_ALLOW names. */
import dns from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { type EgressAllowed, plainHost } from "../config/egress-allow.ts";
import { errorTypes } from "../config/errors.ts";
import { isPublicAddress } from "./public-addresses.ts";

/**
 * May `address`, which is what `host` turned out to be, be connected to? `address: null`: may `host` be looked up at
 * all? Then it is asked again for every address found.
 */
export type Decide = (host: string, port: number, address: string | null) => boolean;

export function egressRule(allowed: readonly EgressAllowed[]): Decide {
	return (host, port, address) =>
		address === null ||
		isPublicAddress(address) ||
		allowed.some((rule) => (rule.port === null || rule.port === port) && covers(rule, host, address));
}

function covers(rule: EgressAllowed, host: string, address: string): boolean {
	if ("host" in rule) return rule.host === plainHost(host);
	const [plain = ""] = address.split("%");
	return rule.block.check(plain, isIP(plain) === 4 ? "ipv4" : "ipv6");
}

/** What a socket ends with that may not be connected. Nothing was sent. */
export function egressRefused(host: string, port: number): Error {
	return Object.assign(new Error(`${errorTypes.EGRESS_REFUSED.en}: ${host}:${port}`), { code: "EGRESS_REFUSED" });
}

export const isEgressRefused = (err: unknown): boolean => (err as { code?: unknown } | null)?.code === "EGRESS_REFUSED";

const usualPorts: Readonly<Record<string, number>> = { "http:": 80, "https:": 443, "ws:": 80, "wss:": 443 };
const portOf = ({ protocol, port }: URL): number => Number(port) || (usualPorts[protocol] ?? 0);

/** Is the URL's host an address, in whatever notation, that may not be connected to? A name is judged when it is looked up. */
export function isRefusedAddress(url: URL, decide: Decide): boolean {
	const host = plainHost(url.hostname);
	return isIP(host) !== 0 && !decide(host, portOf(url), host);
}

/** What whoever connects to the URL must dial with. @throws an error of isEgressRefused for an address that is refused */
export function guardedDial(url: URL, decide: Decide): { lookup: LookupFunction } {
	const port = portOf(url);
	if (isRefusedAddress(url, decide)) throw egressRefused(plainHost(url.hostname), port);
	return { lookup: checkedLookup(decide, port) };
}

/**
 * A `lookup` for sockets to `port`. It fails when any address of the name is refused; and as a socket dials what its
 * lookup gave it, no later answer of the name can lead it elsewhere. A host that is an address already is not looked
 * up: ask `decide` before.
 */
export function checkedLookup(decide: Decide, port: number, lookup: LookupFunction = dns.lookup): LookupFunction {
	return (host, options, callback) => {
		// Not before the caller has its socket: it could not listen to the error yet.
		const refuse = () => setImmediate(() => callback(egressRefused(host, port), "", 0));
		if (!decide(host, port, null)) return void refuse();
		lookup(host, { ...options, all: true }, (err, found, family) => {
			if (err) return callback(err, "", 0);
			const addresses = typeof found === "string" ? [{ address: found, family: family ?? isIP(found) }] : found;
			const [first] = addresses;
			if (!first || !addresses.every(({ address }) => decide(host, port, address))) return void refuse();
			if (options.all) callback(null, addresses);
			else callback(null, first.address, first.family);
		});
	};
}
