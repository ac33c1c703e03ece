import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** A message as the hub's hook would see it. */
export interface HookCallSeen {
	method: string;
	url: string; // path and query
	headers: IncomingHttpHeaders;
	body: string;
}

/** Stands for the hub's hooks: notes every call, answers what the test wants. */
export interface HookStub {
	url: string;
	calls: HookCallSeen[];
	/** The answer to the n-th call, from 0; null: none, the connection is cut. */
	answer: (call: number) => { status: number; body: string } | null;
	close(): Promise<void>;
}

export async function startHookStub(): Promise<HookStub> {
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
		const answer = stub.answer(stub.calls.length);
		const { method = "", url = "", headers } = request;
		stub.calls.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
		if (answer) response.writeHead(answer.status).end(answer.body);
		else response.destroy();
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const stub: HookStub = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		calls: [],
		answer: () => ({ status: 200, body: "ok" }),
		close: () => {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	};
	return stub;
}
