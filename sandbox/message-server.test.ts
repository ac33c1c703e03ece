import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import { Counters } from "./counters.ts";
import { MessageServer } from "./message-server.ts";
import type { MessageSocket } from "./platforms/messenger.ts";
import type { PlatformSimulator } from "./platforms/platform.ts";
import type { Received } from "./target.ts";
import { type OpenMarket, openMarket } from "./testing/market.ts";
import { plainPlatform } from "./testing/plain-platform.ts";
import { until } from "./testing/running.ts";

let open: OpenMarket;
let platform: PlatformSimulator;
let counters: Counters;
let server: Server;
let messageServer: MessageServer;
/** What the platform has seen. */
let clients: { socket: MessageSocket; request: Received; frames: string[]; left: boolean }[];
const opened: WebSocket[] = [];

beforeEach(async () => {
	open = openMarket();
	counters = new Counters();
	clients = [];
	platform = plainPlatform(open.journal);
	platform.connect = (socket, request) => {
		const client = { socket, request, frames: [] as string[], left: false };
		clients.push(client);
		socket.send("hello");
		socket.onFrame((frame) => client.frames.push(frame.toString()));
		socket.onClose(() => {
			client.left = true;
		});
	};
	messageServer = new MessageServer({ ...open, counters, platforms: [platform], printRoom: { components: [] } });
	server = createServer();
	server.on("upgrade", (request, connection, head) => messageServer.upgrade(request, connection, head));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
	for (const client of opened.splice(0)) client.terminate();
	messageServer.close();
	await new Promise((resolve) => server.close(resolve));
	open.end();
});

function connect(path: string): WebSocket {
	const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
	opened.push(client);
	return client;
}

const struck = (name: "hang" | "reset" | "status") =>
	open.faults.add({ target: "plain", name, value: name === "status" ? 503 : null, left: 1, rate: 1 });

it("hands clients of a platform's message path, and of all below, to the platform", async () => {
	const client = connect("/plain/socket/app/1?x=y");
	const [hello] = (await once(client, "message")) as [Buffer];
	expect(hello.toString()).toBe("hello");
	expect(clients[0]?.request).toMatchObject({ method: "GET", path: "/socket/app/1" });
	expect(clients[0]?.request.query.get("x")).toBe("y");
	expect(counters.of("plain").requests).toBe(1);
	client.send("text");
	client.send(Buffer.from("bytes"));
	await until(
		async () => clients[0]?.frames,
		(frames) => frames?.length === 2,
	);
	expect(clients[0]?.frames).toEqual(["text", "bytes"]);
	client.close();
	await until(
		async () => clients[0]?.left,
		(left) => left === true,
	);
});

it("sends text and bytes as what they are, and ends a connection", async () => {
	const client = connect("/plain/socket");
	const kinds: boolean[] = [];
	client.on("message", (_, isBinary) => kinds.push(isBinary));
	await once(client, "open");
	clients[0]?.socket.send(Buffer.from([1]));
	clients[0]?.socket.close();
	await once(client, "close");
	expect(kinds).toEqual([false, true]);
});

it.each(["/plain", "/plain/sockets", "/other/socket"])("knows nothing at %s", async (path) => {
	const [err] = (await once(connect(path), "error")) as [Error];
	expect(err.message).toContain("404");
});

it.each<["reset" | "status", string]>([
	["reset", "socket hang up"],
	["status", "503"],
])("breaks the call under %s, once", async (fault, message) => {
	struck(fault);
	const [err] = (await once(connect("/plain/socket"), "error")) as [Error];
	expect(err.message).toContain(message);
	await once(connect("/plain/socket"), "open");
});

it("leaves a client waiting under hang, and lets go of it at the end", async () => {
	struck("hang");
	const client = connect("/plain/socket");
	await until(
		async () => counters.of("plain").requests,
		(requests) => requests === 1,
	);
	expect(client.readyState).toBe(WebSocket.CONNECTING);
	messageServer.close();
	await once(client, "error");
});

it("ends a client whose frames are none", async () => {
	const client = connect("/plain/socket");
	await once(client, "open");
	const { _socket: raw } = client as unknown as { _socket: { write(bytes: Buffer): void } };
	raw.write(Buffer.from([0xff, 0xff, 0xff]));
	await once(client, "close");
});
