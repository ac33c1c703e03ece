import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { send } from "./http.ts";

const servers: Server[] = [];
const never = new AbortController().signal;
const limits = { timeoutMs: 2_000, maxBytes: 1_000 };

async function serve(listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const post = (url: string) => ({ method: "POST" as const, url, headers: { "content-type": "text/plain" }, body: "hi" });

afterEach(async () => {
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
});

describe("send", () => {
	it("answers with what came, on the platform's clock", async () => {
		const url = await serve((request, response) => {
			response.setHeader("date", "Wed, 18 Mar 2026 00:47:10 GMT");
			request.on("data", (body) => response.writeHead(418).end(`got ${body}`));
		});
		const { status, body, at } = await send(post(url), never, limits);
		expect({ status, body }).toEqual({ status: 418, body: "got hi" });
		const late = Date.parse("2026-03-18T00:47:10Z") - at.getTime();
		expect(late).toBeGreaterThanOrEqual(0);
		expect(late).toBeLessThan(limits.timeoutMs);
	});

	it("uses a connection again", async () => {
		const ports = new Set<number | undefined>();
		const url = await serve((request, response) => {
			ports.add(request.socket.remotePort);
			response.end("ok");
		});
		for (let call = 0; call < 10; call += 1) await send(post(url), never, limits);
		expect(ports.size).toBeLessThan(4);
	});

	it("does not follow a redirect", async () => {
		const url = await serve((_request, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end());
		expect((await send(post(url), never, limits)).status).toBe(302);
	});

	it.each<[string, RequestListener]>([
		["never answers", () => {}],
		["closes the connection", (_request, response) => response.destroy()],
		[
			"breaks off inside the body",
			(_request, response) => {
				response.writeHead(200, { "content-length": 100 }).write("half");
				setTimeout(() => response.destroy(), 20);
			},
		],
		["stops sending inside the body", (_request, response) => response.writeHead(200).write("half")],
	])("is PLATFORM_UNREACHABLE when the platform %s", async (_what, listener) => {
		const url = await serve(listener);
		const call = send(post(url), never, { ...limits, timeoutMs: 300 });
		await expect(call).rejects.toMatchObject({ type: "PLATFORM_UNREACHABLE" });
	});

	it("is PLATFORM_UNREACHABLE when nobody listens, and does not tell the URL", async () => {
		const call = send(post("http://127.0.0.1:1/?session=secret"), never, limits);
		await expect(call).rejects.toMatchObject({
			type: "PLATFORM_UNREACHABLE",
			message: expect.not.stringContaining("secret"),
		});
	});

	it("is PLATFORM_UNREACHABLE when it is called off", async () => {
		const url = await serve(() => {});
		const stop = new AbortController();
		const call = send(post(url), stop.signal, limits);
		stop.abort();
		await expect(call).rejects.toMatchObject({ type: "PLATFORM_UNREACHABLE" });
	});

	it.each([
		["plain", "x".repeat(1_001), {}],
		["small on the wire and large unpacked", gzipSync("x".repeat(100_000)), { "content-encoding": "gzip" }],
	])("is PLATFORM_BAD_RESPONSE for an answer that is too large: %s", async (_what, body, headers) => {
		const url = await serve((_request, response) => response.writeHead(200, headers).end(body));
		await expect(send(post(url), never, limits)).rejects.toMatchObject({ type: "PLATFORM_BAD_RESPONSE" });
	});

	it("does not wait for the body of an answer that says it is too large", async () => {
		const url = await serve((_request, response) => response.writeHead(200, { "content-length": 1e9 }).write("a"));
		await expect(send(post(url), never, limits)).rejects.toMatchObject({ type: "PLATFORM_BAD_RESPONSE" });
	});
});
