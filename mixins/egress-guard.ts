/** Watches over every connection that this process makes, whoever makes it: for processes that run flows. */
import dgram from "node:dgram";
import net, { isIP, type LookupFunction, type TcpNetConnectOpts } from "node:net";
import { checkedLookup, type Decide, egressRefused } from "./egress.ts";

type Connect = typeof net.Socket.prototype.connect;
type Options = Partial<TcpNetConnectOpts> & { path?: string };

/**
 * Lets through only what `decide` allows: TCP, so also TLS, HTTP, WebSocket and fetch. A refused socket ends with an
 * error of the code EGRESS_REFUSED, and `onRefused` hears of it. Unix sockets and named pipes pass. UDP is refused
 * altogether: no part of the hub sends any. Threads have a `net` of their own and are not watched.
 * @returns what takes the guard away again; guards come off in the reverse order of their installation
 */
export function guardSockets(decide: Decide, onRefused: (host: string, port: number) => void): () => void {
	const heard: Decide = (host, port, address) => {
		const may = decide(host, port, address);
		if (!may) onRefused(host, port);
		return may;
	};

	const { connect } = net.Socket.prototype;
	net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
		const [options, callback] = normal(args);
		const checked: Options = { ...options }; // what is looked at is what is used
		if (checked.path) return Reflect.apply(connect, this, [checked, callback]);
		const host = checked.host || "localhost";
		const port = Number(checked.port);
		checked.lookup = checkedLookup(heard, port, checked.lookup);
		// An address is not looked up, unless it stands for a name whose lookup fails.
		if (isIP(host) && !heard(host, port, host))
			Object.assign(checked, { host: "refused", lookup: refusal(host, port) });
		return Reflect.apply(connect, this, [checked, callback]);
	} as Connect;

	const { send, connect: associate } = dgram.Socket.prototype;
	const refuseUdp = function (this: dgram.Socket, ...args: unknown[]): void {
		const [host, port] = udpTarget(args);
		onRefused(host, port);
		const callback = args.at(-1);
		const tell = typeof callback === "function" ? callback : (err: Error) => this.emit("error", err);
		setImmediate(() => tell(egressRefused(host, port)));
	};
	Object.assign(dgram.Socket.prototype, { send: refuseUdp, connect: refuseUdp });

	return () => {
		net.Socket.prototype.connect = connect;
		Object.assign(dgram.Socket.prototype, { send, connect: associate });
	};
}

const refusal =
	(host: string, port: number): LookupFunction =>
	(_name, _options, callback) =>
		setImmediate(() => callback(egressRefused(host, port), "", 0));

/** The arguments of `connect`: (options), (path), (port, host), each with or without a callback; or what net made of them. */
function normal(args: unknown[]): [Options, (() => void) | undefined] {
	const [first, second] = args;
	if (Array.isArray(first)) return [first[0] as Options, (first[1] as (() => void) | null) ?? undefined];
	const last = args.at(-1);
	const callback = typeof last === "function" ? (last as () => void) : undefined;
	if (typeof first === "object" && first !== null) return [first as Options, callback];
	if (typeof first === "string" && Number.isNaN(Number(first))) return [{ path: first }, callback];
	return [{ port: first as number, host: typeof second === "string" ? second : undefined }, callback];
}

/** send(message, [offset, length,] port, address, callback) or connect(port, address, callback) */
function udpTarget(args: unknown[]): [host: string, port: number] {
	const host = args.slice(1).findLast((arg) => typeof arg === "string");
	const port = args.findLast((arg) => typeof arg === "number");
	return [(host as string | undefined) ?? "localhost", (port as number | undefined) ?? 0];
}
