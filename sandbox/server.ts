import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { control } from "./control/routes.ts";
import { type Fault, transportFaults } from "./faults.ts";
import { MessageServer } from "./message-server.ts";
import { respond } from "./respond.ts";
import { Simulators } from "./simulators.ts";
import type { Answer, Received, Target } from "./target.ts";

const longestBody = 20 * 1024 * 1024; // bytes
/** Longer than clients keep an idle connection, so that none is closed under a call by chance: only faults do that. */
const keepAliveMs = 120_000;

export interface SandboxOptions {
	port: number; // 0: any free port
	bind: string; // the address to listen on
	dir: string; // where the state is kept
}

export interface Sandbox {
	url: string; // "http://127.0.0.1:3900"
	close(): Promise<void>;
}

/**
 * Starts all simulators on one port: platforms under "/<platform>", ERPs under "/erp/<dialect>", the control API under
 * "/_control", a page for people at "/". What was confirmed to anyone is in `dir` and survives the process.
 */
export async function startSandbox({ port, bind, dir }: SandboxOptions): Promise<Sandbox> {
	const simulators = new Simulators(dir);
	// Other offers ("h2c") are passed over and the call answered as it is. Node before 24.9 does not know the option.
	const shouldUpgradeCallback = ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === "websocket";
	const server = createServer({ shouldUpgradeCallback }, (request, response) => {
		answer(simulators, request, response).catch((err: Error) => {
			if (request.destroyed && !request.complete) return; // the client left in the middle of its request
			process.stderr.write(`sandbox: ${request.method} ${request.url}: ${err.stack}\n`);
			if (!response.headersSent) respond(response, { status: 500, type: "text/plain", body: err.message });
			else response.destroy();
		});
	});
	const messageServer = new MessageServer(simulators);
	server.on("upgrade", (request, connection, head) => messageServer.upgrade(request, connection, head));
	server.keepAliveTimeout = keepAliveMs;
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, bind, resolve);
	});
	const { address, family, port: actualPort } = server.address() as AddressInfo;
	return {
		url: `http://${family === "IPv6" ? `[${address}]` : address}:${actualPort}`,
		async close() {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections(); // calls that hang would keep it open for ever
			messageServer.close();
			await closed;
			simulators.close();
		},
	};
}

async function answer(simulators: Simulators, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const body = await bodyOf(request);
	if (body === null) return respond(response, { status: 413, type: "text/plain", body: "the body is too long" });
	const address = `http://sandbox${request.url}`;
	if (!request.url?.startsWith("/") || !URL.canParse(address)) {
		return respond(response, { status: 400, type: "text/plain", body: "the address is unreadable" });
	}
	const url = new URL(address);
	const target = targetOf(simulators, url.pathname);
	const received: Received = {
		method: request.method ?? "GET",
		path: target ? url.pathname.slice(target.name.length + 1) : url.pathname,
		query: url.searchParams,
		headers: request.headers,
		body,
	};
	if (target) await answerTarget(simulators, target, received, response);
	else await control(simulators, received, response);
}

/** The platform or ERP a path belongs to. */
function targetOf({ targets }: Simulators, path: string): Target | undefined {
	return [...targets.values()].find(({ name }) => path === `/${name}` || path.startsWith(`/${name}/`));
}

async function answerTarget(
	{ faults, counters, journal }: Simulators,
	target: Target,
	received: Received,
	response: ServerResponse,
): Promise<void> {
	const counts = counters.of(target.name);
	counts.requests += 1;
	counts.bytes += Buffer.byteLength(received.body);
	const fault = faults.strike(target.name, transportFaults);
	const instead = fault && unhandled(fault, response);
	const answered = instead === "done" ? null : (instead ?? target.handle(received));
	journal.flush(); // what was done, and the fault's count, before anyone hears of it
	if (answered === null) return;
	if (fault?.name === "reset-after-accept") return void response.destroy();
	if (fault?.name === "delay") await new Promise((resolve) => setTimeout(resolve, fault.value ?? 0));
	const cut = fault?.name === "cut-json" ? answered.body.slice(0, answered.body.length / 2) : answered.body;
	counts.bytes += Buffer.byteLength(cut);
	// Clients set their clocks by this header, so it tells the target's own time.
	const date = new Date(faults.now(target.name)).toUTCString();
	respond(response, { ...answered, body: cut, headers: { ...answered.headers, date } });
}

/** What a fault does instead of handling the call: an answer, or "done" with the connection; null: the call is handled. */
function unhandled(fault: Fault, response: ServerResponse): Answer | "done" | null {
	switch (fault.name) {
		case "status":
			return { status: fault.value ?? 500, type: "text/plain", body: `fault: http ${fault.value}` };
		case "garbage":
			return { status: 200, type: "text/html", body: "<html><body>502 Bad Gateway</body></html>" };
		case "huge":
			return hugeAnswer(fault.value ?? 1);
		case "reset":
			response.destroy();
			return "done";
		case "hang":
			return "done"; // the connection stays until the client leaves
		default:
			return null;
	}
}

/** Well-formed JSON of that many megabytes that answers nothing. */
function hugeAnswer(megabytes: number): Answer {
	const padding = "x".repeat(megabytes * 1024 * 1024);
	return { status: 200, type: "application/json", body: `{"padding":"${padding}"}` };
}

/** The whole body as text; null when it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		length += chunk.length;
		if (length > longestBody) return null;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString("utf8");
}
