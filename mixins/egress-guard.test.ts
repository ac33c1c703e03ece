import dgram from "node:dgram";
import dns from "node:dns";
import { once } from "node:events";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import tls from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { readEgressAllowed } from "../config/egress-allow.ts";
import { egressRule } from "./egress.ts";
import { guardSockets } from "./egress-guard.ts";

/** Each is this machine in another dress, or leads to it. */
const hosts = [
	"127.0.0.1",
	"127.1",
	"127.0.1",
	"127.0.0.2",
	"127.255.255.254",
	"2130706433",
	"0x7f000001",
	"0x7f.1",
	"0X7F.0.0.1",
	"017700000001",
	"0177.0.0.1",
	"0177.1",
	"0",
	"0.0.0.0",
	"127%2e0%2e0%2e1",
	"127。0。0。1",
	"①②⑦.⓪.⓪.①",
	"localhost",
	"LOCALHOST",
	"localhost.",
	"name.example",
	"both.example",
	"[::1]",
	"[::]",
	"[0:0:0:0:0:0:0:1]",
	"[::ffff:127.0.0.1]",
	"[::ffff:7f00:1]",
	"[0:0:0:0:0:ffff:7f00:0001]",
	"[::ffff:127.0.0.2]",
	"[::127.0.0.1]",
	"[64:ff9b::127.0.0.1]",
	"[2002:7f00:1::]",
];

/** Hosts that only a socket takes: a URL would rewrite them or not have them. */
const rawHosts = ["127.1", "2130706433", "0x7f.1", "017700000001", "::1", "::ffff:7f00:1", "localhost", ""];

describe("guarded sockets", () => {
	let canary: net.Server;
	let port: number;
	let reached = 0;
	let refused: string[] = [];
	let allowed: http.Server;
	let allowedUrl: string;
	let release: () => void;

	beforeAll(async () => {
		canary = net.createServer((socket) => {
			reached += 1;
			socket.destroy();
		});
		canary.listen(0, "::");
		await once(canary, "listening");
		({ port } = canary.address() as AddressInfo);
		allowed = http.createServer((req, res) => {
			if (req.url === "/redirect") res.writeHead(302, { location: `http://127.0.0.1:${port}/` });
			res.end("allowed");
		});
		allowed.listen(0, "127.0.0.1");
		await once(allowed, "listening");
		const { port: allowedPort } = allowed.address() as AddressInfo;
		allowedUrl = `http://127.0.0.1:${allowedPort}`;

		const rule = egressRule([readEgressAllowed(`127.0.0.1:${allowedPort}`) ?? []].flat());
		release = guardSockets(rule, (host, to) => refused.push(`${host}:${to}`));
		const lookup = dns.lookup;
		const names: Record<string, string[]> = {
			"name.example": ["127.0.0.1"],
			"both.example": ["8.8.8.8", "127.0.0.1"],
			"localhost.": ["127.0.0.1"], // of some resolvers
		};
		vi.spyOn(dns, "lookup").mockImplementation(((host: string, options: dns.LookupOptions, callback: () => void) => {
			const found = names[host]?.map((address) => ({ address, family: 4 }));
			if (found) (callback as (...answer: unknown[]) => void)(null, found);
			else lookup(host, options, callback);
		}) as typeof dns.lookup);
	});
	afterAll(async () => {
		release();
		vi.restoreAllMocks();
		canary.close();
		allowed.close();
		await Promise.all([once(canary, "close"), once(allowed, "close")]);
	});
	afterEach(() => {
		reached = 0;
		refused = [];
	});

	const outcome = async (work: Promise<unknown>): Promise<string> => {
		try {
			await work;
			return "done";
		} catch (err) {
			const { code, cause } = err as { code?: string; cause?: { code?: string } };
			return String(cause?.code ?? code);
		}
	};
	const get = (url: string): Promise<unknown> =>
		new Promise((done, fail) => {
			http.get(url, (answer) => answer.resume().on("end", done)).on("error", fail);
		});
	const opened = (socket: net.Socket): Promise<unknown> => once(socket, "connect");

	it.each(hosts)("keeps fetch and http away from %s", async (host) => {
		const url = `http://${host}:${port}/`;
		expect(await outcome(fetch(url))).toBe("EGRESS_REFUSED");
		expect(await outcome(get(url))).toBe("EGRESS_REFUSED");
		expect([reached, refused.length]).toEqual([0, 2]);
	});

	it.each(rawHosts)("keeps sockets away from %j", async (host) => {
		expect(await outcome(opened(net.connect({ host, port })))).toBe("EGRESS_REFUSED");
		expect(await outcome(opened(net.connect(port, host)))).toBe("EGRESS_REFUSED");
		expect(await outcome(opened(new net.Socket().connect({ host, port, family: 4 })))).toBe("EGRESS_REFUSED");
		expect(await outcome(opened(tls.connect({ host, port })))).toBe("EGRESS_REFUSED");
		expect(reached).toBe(0);
	});

	it("keeps WebSockets and datagrams away", async () => {
		expect(await outcome(once(new WebSocket(`ws://127.0.0.1:${port}`), "open"))).toBe("EGRESS_REFUSED");
		const socket = dgram.createSocket("udp4");
		const failed = once(socket, "error");
		socket.send("x", port, "127.0.0.1");
		expect((await failed)[0]).toMatchObject({ code: "EGRESS_REFUSED" });
		const told = new Promise((done) => socket.send("x", 0, 1, port, "127.0.0.1", done));
		expect(await told).toMatchObject({ code: "EGRESS_REFUSED" });
		socket.close();
		expect(reached).toBe(0);
	});

	it("asks an object once what it says: one that says something else the next time gains nothing", async () => {
		let asked = 0;
		const shifty = {
			port,
			get host() {
				asked += 1;
				return asked === 1 ? "8.8.8.8" : "127.0.0.1";
			},
		};
		const socket = new net.Socket();
		socket.on("error", () => socket.destroy());
		socket.connect(shifty);
		expect(asked).toBe(1);
		socket.destroy();
		expect(reached).toBe(0);
	});

	it("lets through what is allowed, and follows no redirect to what is not", async () => {
		expect(await (await fetch(allowedUrl)).text()).toBe("allowed");
		expect(await outcome(get(allowedUrl))).toBe("done");
		expect(await outcome(fetch(`${allowedUrl}/redirect`))).toBe("EGRESS_REFUSED");
		expect([reached, refused]).toEqual([0, [`127.0.0.1:${port}`]]);
	});

	it("lets sockets of this machine's file system through", async () => {
		const file = path.join(tmpdir(), `hub-egress-${process.pid}.sock`);
		const server = net.createServer((socket) => socket.end("local"));
		server.listen(file);
		await once(server, "listening");
		for (const socket of [net.connect(file), net.connect({ path: file })]) {
			const [data] = await once(socket, "data");
			expect(String(data)).toBe("local");
		}
		server.close();
		await once(server, "close");
	});

	it("is gone when it is taken away", async () => {
		const again = guardSockets(
			() => false,
			() => undefined,
		);
		const dial = async (): Promise<string> => {
			const socket = net.connect({ host: "127.0.0.1", port: Number(new URL(allowedUrl).port) });
			const how = await outcome(opened(socket));
			socket.destroy();
			return how;
		};
		expect(await dial()).toBe("EGRESS_REFUSED");
		again();
		expect(await dial()).toBe("done");
	});
});
