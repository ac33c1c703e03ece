import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A call for a shipment as the hub's gateway would see it. */
export interface ShipmentCall {
	authorization: string;
	idempotencyKey: string;
	body: { orderId: string; parcels: { carrier: string; trackingNo: string }[] };
}

/** Stands for the hub's gateway: gives tokens, notes shipments, answers what the test wants. */
export interface HubStub {
	url: string;
	shipments: ShipmentCall[];
	/** How many tokens were given. */
	tokens: number;
	/** The most calls there were in the air at one time. */
	mostAtOnce: number;
	/** Status of the answer to the n-th shipment call, from 0; null: no answer, the connection is cut. */
	answer: (call: number) => number | null;
	close(): Promise<void>;
}

export async function startHubStub(): Promise<HubStub> {
	let atOnce = 0;
	const server = createServer((request, response) => {
		atOnce += 1;
		stub.mostAtOnce = Math.max(stub.mostAtOnce, atOnce);
		response.once("close", () => {
			atOnce -= 1;
		});
		void respond(stub, request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const stub: HubStub = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		shipments: [],
		tokens: 0,
		mostAtOnce: 0,
		answer: () => 202,
		close: () => {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	};
	return stub;
}

async function respond(stub: HubStub, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
	const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
	if (request.url === "/api/v1/auth/token") {
		stub.tokens += 1;
		response.end(JSON.stringify({ token: `token-${stub.tokens}`, expiresIn: 900 }));
		return;
	}
	const status = stub.answer(stub.shipments.length);
	stub.shipments.push({
		authorization: String(request.headers.authorization),
		idempotencyKey: String(request.headers["idempotency-key"]),
		body: body as ShipmentCall["body"],
	});
	if (status === null) response.destroy();
	else response.writeHead(status).end(JSON.stringify({ said: status }));
}
