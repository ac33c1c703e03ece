/** HUB_EGRESS_ALLOW: what the hub may connect to although it is no public address. */
import { BlockList, isIP } from "node:net";

/** One entry: a host by its name, whatever its address, or a block of addresses. `port: null`: any. */
export type EgressAllowed = { host: string; port: number | null } | { block: BlockList; port: number | null };

const hostRule = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads one entry: `erp.local`, `erp.local:8080`, `192.168.1.20`, `192.168.1.20:8080`, `10.0.0.0/8`, `fd00::/8`,
 * `[fd00::20]:8080`.
 * @returns null for anything else
 */
export function readEgressAllowed(text: string): EgressAllowed | null {
	const [whole, address, bits] = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(text) ?? [];
	if (whole) return blockOf(address ?? "", Number(bits), null);
	if (isIP(text)) return blockOf(text, isIP(text) === 4 ? 32 : 128, null);
	const [, name = "", digits] = /^(\[[0-9a-f.:]+\]|[^:[\]]+)(?::(\d{1,5}))?$/i.exec(text) ?? [];
	const port = digits === undefined ? null : Number(digits);
	if (port !== null && (port < 1 || port > 65_535)) return null;
	const plain = plainHost(name);
	if (isIP(plain)) return blockOf(plain, isIP(plain) === 4 ? 32 : 128, port);
	return hostRule.test(plain) ? { host: plain, port } : null;
}

/** As rules name it: `[FD00::1]` is fd00::1, `ERP.local.` is erp.local. */
export const plainHost = (host: string): string =>
	host
		.toLowerCase()
		.replace(/^\[(.*)\]$/, "$1")
		.replace(/\.$/, "");

function blockOf(address: string, bits: number, port: number | null): EgressAllowed | null {
	const family = isIP(address);
	if (!family || bits > (family === 4 ? 32 : 128)) return null;
	const block = new BlockList();
	block.addSubnet(address, bits, family === 4 ? "ipv4" : "ipv6");
	return { block, port };
}
