/** Which IP addresses belong to the public internet. Source: IANA's special-purpose address registries, RFC 6890. */
import { BlockList, isIP } from "node:net";

/** IPv4 that leads to this machine, its network or nowhere. */
const notPublic4 = [
	["0.0.0.0", 8], // this host
	["10.0.0.0", 8], // private
	["100.64.0.0", 10], // carrier's NAT; Alibaba Cloud's metadata is 100.100.100.200
	["127.0.0.0", 8], // loopback
	["168.63.129.16", 32], // Azure's own services for its machines
	["169.254.0.0", 16], // link-local; most clouds' metadata is 169.254.169.254
	["172.16.0.0", 12], // private
	["192.0.0.0", 24], // protocol assignments; Oracle Cloud's metadata is 192.0.0.192
	["192.0.2.0", 24], // documentation
	["192.88.99.0", 24], // 6to4 relays
	["192.168.0.0", 16], // private
	["198.18.0.0", 15], // benchmarks
	["198.51.100.0", 24], // documentation
	["203.0.113.0", 24], // documentation
	["224.0.0.0", 4], // multicast
	["240.0.0.0", 4], // reserved, broadcast
] as const;

/** IPv6 that may be public: the rest is loopback, unique local (fc00::/7), link-local, multicast or unassigned. */
const maybePublic6 = [
	["2000::", 3], // global unicast
	["64:ff9b::", 96], // NAT64: the last 32 bits are an IPv4 address
	["::ffff:0:0", 96], // IPv4 written as IPv6, likewise
] as const;

/** The exceptions from it. */
const notPublic6 = [
	["2001::", 23], // protocol assignments, Teredo among them
	["2001:db8::", 32], // documentation
	["2002::", 16], // 6to4, given up: holds an IPv4 address that may be any
	["3fff::", 20], // documentation
] as const;

const blocksOf = (blocks: readonly (readonly [string, number])[]): BlockList => {
	const list = new BlockList();
	for (const [address, bits] of blocks) list.addSubnet(address, bits, address.includes(":") ? "ipv6" : "ipv4");
	return list;
};

const maybePublic = blocksOf(maybePublic6);
const notPublic = blocksOf([
	...notPublic4, // a BlockList knows IPv4 written as IPv6 too
	...notPublic4.map(([address, bits]) => [`64:ff9b::${address}`, 96 + bits] as const),
	...notPublic6,
]);

/** `false` also for a text that is no address. */
export function isPublicAddress(address: string): boolean {
	const [plain = ""] = address.split("%"); // fe80::1%eth0
	switch (isIP(plain)) {
		case 4:
			return !notPublic.check(plain, "ipv4");
		case 6:
			return maybePublic.check(plain, "ipv6") && !notPublic.check(plain, "ipv6");
		default:
			return false;
	}
}
