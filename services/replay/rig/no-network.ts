/**
 * Loaded before anything else into each thread of a process that must not reach the network (`--import`): refuses every
 * way out and counts who tried. What was really dialled or asked of DNS is counted apart, below the refusals, at Node's own
 * handles: it stays 0, or the refusals have a hole.
 */
import { createHook } from "node:async_hooks";
import dgram from "node:dgram";
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import threads, { BroadcastChannel, isMainThread, type WorkerOptions } from "node:worker_threads";

/** What one attempt, or what went out in spite of all, is told with among the threads. */
export interface Noticed {
	what: "attempt" | "connection";
	target: string; // host:port, a name asked for, or the kind of handle
}

/** Threads tell the main thread under this name. */
export const channelName = "order-hub/no-network";

const channel = new BroadcastChannel(channelName);
(channel as { unref?(): void }).unref?.();
const heard: Noticed[] = [];

function notice(noticed: Noticed): void {
	if (isMainThread) heard.push(noticed);
	else channel.postMessage(noticed);
}
if (isMainThread) channel.onmessage = (message) => heard.push((message as { data: Noticed }).data);

/** All that was noticed since the last call. Only the main thread knows. */
export const takeNoticed = (): Noticed[] => heard.splice(0);

export class NothingGoesOut extends Error {
	readonly code = "ERR_DRY_RUN";
	constructor(target: string) {
		super(`dry run: nothing goes out (${target})`);
	}
}

function refuse(target: string): NothingGoesOut {
	notice({ what: "attempt", target });
	return new NothingGoesOut(target);
}

/** Where `socket.connect(...)` would go; a path is a socket of this machine. */
function targetOf([first, second]: readonly unknown[]): string {
	const options = Array.isArray(first) ? first[0] : first; // net.connect hands its normalised arguments on as a list
	if (typeof options === "object" && options !== null) {
		const { path, host = "localhost", port } = options as { path?: string; host?: string; port?: unknown };
		return path ?? `${host}:${port}`;
	}
	return typeof options === "number"
		? `${typeof second === "string" ? second : "localhost"}:${options}`
		: String(options);
}

/** As a connection that fails: by an error event, a moment later. */
net.Socket.prototype.connect = function connect(this: net.Socket, ...args: unknown[]): net.Socket {
	const err = refuse(targetOf(args));
	process.nextTick(() => this.destroy(err));
	return this;
} as typeof net.Socket.prototype.connect;

const fail = (target: string): never => {
	throw refuse(target);
};
net.Server.prototype.listen = () => fail("listen");
dgram.Socket.prototype.send = () => fail("udp");
dgram.Socket.prototype.connect = () => fail("udp");
dgram.Socket.prototype.bind = () => fail("udp");

/** Looking a name up tells somebody the name: a way out too. */
function closeNames(holder: object): void {
	for (const name of Object.getOwnPropertyNames(holder)) {
		if (!/^(lookup|resolve|reverse)/.test(name)) continue;
		const closed = (asked: unknown, ...rest: unknown[]): unknown => {
			const err = refuse(String(asked));
			const callback = rest.at(-1);
			if (typeof callback !== "function") return Promise.reject(err);
			process.nextTick(callback, err);
			return undefined;
		};
		Object.assign(holder, { [name]: closed });
	}
}
for (const holder of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) closeNames(holder);

/** No thread starts without this file: a thread of a flow's own making is as closed as the others. */
const { Worker } = threads;
const closedWorker = function (this: unknown, file: string | URL, options: WorkerOptions = {}) {
	return Reflect.construct(Worker, [file, { ...options, execArgv: process.execArgv }], new.target ?? Worker);
};
closedWorker.prototype = Worker.prototype;
Object.assign(Worker.prototype, { constructor: closedWorker });
Object.assign(threads, { Worker: closedWorker });
syncBuiltinESMExports();

const outgoing = /^(TCPCONNECT|PIPECONNECT|UDPSEND|GETADDRINFOREQ|GETNAMEINFOREQ|QUERY)WRAP$/;
createHook({
	init(_id, type) {
		if (outgoing.test(type)) notice({ what: "connection", target: type });
	},
	trackPromises: false,
} as Parameters<typeof createHook>[0]).enable();
