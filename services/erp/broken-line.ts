/** For tests: a line to a server that breaks at a call of one's choice. */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** unsent: the server does not get the call · unheard: it does, and its answer is lost · 500 · garbage: in its answer's place */
export type Break = "unsent" | "unheard" | "500" | "garbage";

export interface BrokenLine {
	url: string; // origin
	/** The call after `calls` others breaks, once. */
	breakAfter(calls: number, how: Break): void;
	/** Before the call after `calls` others, once. */
	before(calls: number, then: () => Promise<unknown>): void;
	close(): Promise<void>;
}

export async function startLine(origin: string): Promise<BrokenLine> {
	let next: { in: number; how?: Break; then?: () => Promise<unknown> } | null = null;

	const server = createServer(async (from, to) => {
		const due = next?.in === 0 ? next : null;
		if (due) next = null;
		else if (next) next.in -= 1;
		await due?.then?.();
		if (due?.how === "unsent") return void to.destroy();
		if (due?.how === "500") return void to.writeHead(500).end("error");
		if (due?.how === "garbage") return void to.end("<html>maintenance</html>");
		forward(origin, from, to, due?.how === "unheard");
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		breakAfter(calls, how) {
			next = { in: calls, how };
		},
		before(calls, then) {
			next = { in: calls, then };
		},
		close() {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	};
}

/** What breaks at the server breaks here too. */
function forward(origin: string, from: IncomingMessage, to: ServerResponse, unheard: boolean): void {
	const call = request(`${origin}${from.url}`, {
		method: from.method,
		headers: { ...from.headers, connection: "close" },
	});
	call.on("error", () => to.destroy());
	to.on("close", () => call.destroy());
	call.on("response", (answer) => {
		answer.on("error", () => to.destroy());
		if (unheard) return void answer.resume().on("end", () => to.destroy());
		to.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.pipe(to);
	});
	from.pipe(call);
}
