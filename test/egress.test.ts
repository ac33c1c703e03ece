/** Every way by which the hub calls what others name, against every dress in which a private address comes. */
import dns from "node:dns";
import { once } from "node:events";
import type http from "node:http";
import { createRequire } from "node:module";
import net, { type AddressInfo } from "node:net";
import type { Context, Service, ServiceBroker, ServiceSchema } from "moleculer";
import type { NodeAPI, NodeMessage } from "node-red";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocketServer } from "ws";
import { env } from "../config/env.ts";
import { typeOf } from "../config/errors.ts";
import { ownsModels } from "../mixins/database.ts";
import { egressRule } from "../mixins/egress.ts";
import { guardSockets } from "../mixins/egress-guard.ts";
import { arrivals, nodeOf, startFlow, stopFlow, within } from "../nodes/test-runtime.ts";
import { exchange } from "../services/erp/http.ts";
import type { PlatformAdapter } from "../services/platform/adapter.ts";
import { send } from "../services/platform/http.ts";
import { messageModels } from "../services/platform/message.model.ts";
import type { SocketDriver } from "../services/platform/messages.ts";
import { listensAtMessageServer } from "../services/platform/socket-runner.ts";
import { startBroker } from "./broker.ts";

/** A server that may be called, named in the settings before they are read. */
const allowed = await vi.hoisted(async () => {
	const { createServer } = await import("node:http");
	const server = createServer();
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	const { port } = server.address() as { port: number };
	const [, , storePort = ""] = /^mongodb:\/\/([^/?]*@)?127\.0\.0\.1:(\d+)/.exec(process.env.MONGO_URL ?? "") ?? [];
	process.env.HUB_EGRESS_ALLOW = [port, storePort]
		.filter(Boolean)
		.map((each) => `127.0.0.1:${each}`)
		.join(",");
	return { server, port };
});

/** What names lead to, one answer after the other. */
const names: Record<string, string[]> = {
	"allowed.example": ["127.0.0.1"],
	"name.example": ["127.0.0.1"],
	"both.example": ["8.8.8.8 127.0.0.1"],
	"mapped.example": ["::ffff:7f00:1"],
	"metadata.example": ["169.254.169.254"],
	"rebinding.example": ["127.0.0.1", "::1"],
	"localhost.": ["127.0.0.1"],
};

/** `*` stands for the port of a server that nobody may reach. */
const refused = [
	"127.0.0.1:*",
	"127.1:*",
	"127.0.1:*",
	"127.0.0.2:*",
	"127.255.255.254:*",
	"2130706433:*",
	"0x7f000001:*",
	"0x7f.1:*",
	"0X7F.0.0.1:*",
	"017700000001:*",
	"0177.0.0.1:*",
	"0177.1:*",
	"0:*",
	"0.0.0.0:*",
	"127%2e0%2e0%2e1:*",
	"127。0。0。1:*",
	"①②⑦.⓪.⓪.①:*",
	"[::1]:*",
	"[::]:*",
	"[0:0:0:0:0:0:0:1]:*",
	"[::ffff:127.0.0.1]:*",
	"[::ffff:7f00:1]:*",
	"[0:0:0:0:0:ffff:7f00:0001]:*",
	"[::127.0.0.1]:*",
	"[64:ff9b::127.0.0.1]:*",
	"[2002:7f00:1::]:*",
	"localhost:*",
	"LOCALHOST:*",
	"localhost.:*",
	"name.example:*",
	"name.example.:*",
	"both.example:*",
	"mapped.example:*",
	"10.0.0.1:*",
	"172.16.0.1:*",
	"192.168.0.1:*",
	"169.254.169.254",
	"169.254.169.254:*",
	"2852039166", // the same in one number
	"[::ffff:169.254.169.254]",
	"[fd00:ec2::254]",
	"100.100.100.200",
	"168.63.129.16",
	"metadata.example",
	"127.0.0.1", // an allowed host at a port that is not
	"127.0.0.1:22",
	"allowed.example@127.0.0.1:*",
	"allowed.example:80@127.0.0.1:*",
	"allowed.example%2f@127.0.0.1:*",
	"127.0.0.1:*#@allowed.example",
	"127.0.0.1:*?@allowed.example",
];

/** How a call ends: "refused", what the server said, or the error. */
type Call = (authorityAndPath: string) => Promise<string>;

const erpPush: Call = async (rest) => {
	const answer = await exchange({ method: "GET", url: `http://${rest}`, headers: {}, body: "" });
	if (answer === "EGRESS_REFUSED") return "refused";
	return typeof answer === "string" ? answer : answer.body;
};

const platformCall: Call = async (rest) => {
	try {
		const request = { method: "GET", url: `http://${rest}`, headers: {}, body: "" } as const;
		return (await send(request, new AbortController().signal)).body;
	} catch (err) {
		if (typeOf(err) !== "EGRESS_REFUSED") throw err;
		expect((err as Error).message).toContain("HUB_EGRESS_ALLOW");
		return "refused";
	}
};

describe("what others name", () => {
	let canary: net.Server;
	let rebound: net.Server; // what the second answer of a name leads to, at the allowed port
	let reached = 0;
	const lines = new WebSocketServer({ noServer: true });
	const at = (authority: string): string => authority.replace("*", String((canary.address() as AddressInfo).port));

	beforeAll(async () => {
		const count = (socket: net.Socket): void => {
			reached += 1;
			socket.destroy();
		};
		canary = net.createServer(count).listen(0, "::");
		rebound = net.createServer(count).listen(allowed.port, "::1");
		await Promise.all([once(canary, "listening"), once(rebound, "listening")]);
		const leadsAway = { location: `http://${at("127.0.0.1:*")}/` };
		allowed.server.on("request", (req: http.IncomingMessage, res: http.ServerResponse) => {
			res.shouldKeepAlive = false; // each call looks its name up anew
			if (req.url?.startsWith("/redirect")) res.writeHead(302, leadsAway).end("redirected");
			else res.end("allowed");
		});
		allowed.server.on("upgrade", (req: http.IncomingMessage, socket: net.Socket, head: Buffer) => {
			if (req.url?.startsWith("/redirect"))
				socket.end(`HTTP/1.1 302 Found\r\nLocation: ${leadsAway.location}\r\nConnection: close\r\n\r\n`);
			else lines.handleUpgrade(req, socket, head, (line) => lines.emit("connection", line, req));
		});

		const { lookup } = dns;
		const asked: Record<string, number> = {};
		vi.spyOn(dns, "lookup").mockImplementation(((host: string, options: dns.LookupOptions, callback: () => void) => {
			const answers = names[host] ?? names[host.replace(/\.$/, "")];
			if (!answers) return lookup(host, options, callback);
			const time = asked[host] ?? 0;
			asked[host] = time + 1;
			const found = (answers[time % answers.length] ?? "")
				.split(" ")
				.map((address) => ({ address, family: net.isIP(address) }));
			const [first] = found;
			const tell = callback as (...answer: unknown[]) => void;
			if (options.all) tell(null, found);
			else tell(null, first?.address, first?.family);
		}) as typeof dns.lookup);
	});
	afterAll(async () => {
		vi.restoreAllMocks();
		lines.close();
		allowed.server.closeAllConnections();
		for (const server of [canary, rebound, allowed.server]) {
			server.close();
			await once(server, "close");
		}
	});

	it("comes in more than forty dresses, and could be reached", async () => {
		expect(new Set(refused).size).toBeGreaterThan(40);
		reached = 0;
		net.connect((canary.address() as AddressInfo).port, "127.0.0.1").on("error", () => undefined);
		await vi.waitFor(() => expect(reached).toBe(1), within);
	});

	/** Asks one after the other, so that no connection is counted for another row. */
	async function outcomes(call: Call): Promise<Record<string, string>> {
		reached = 0;
		const all: Record<string, string> = {};
		for (const authority of refused) all[authority] = await call(at(authority));
		expect(reached).toBe(0);
		return all;
	}
	/** What comes of a name that leads to the allowed server one time and to another the next. */
	async function rebinding(call: Call): Promise<Set<string>> {
		const ends = new Set<string>();
		for (let time = 0; time < 4; time += 1) ends.add(await call(`rebinding.example:${allowed.port}/${time}`));
		return ends;
	}
	const everyRefusal = Object.fromEntries(refused.map((authority) => [authority, "refused"]));

	describe.each([
		["a push to an ERP", erpPush],
		["a call to a platform", platformCall],
	])("by %s", (_way, call) => {
		it("is reached at no private address", async () => {
			expect(await outcomes(call)).toEqual(everyRefusal);
		});

		it("is reached where it is allowed, follows no redirect, and gains nothing by another answer of its name", async () => {
			reached = 0;
			expect(await call(`127.0.0.1:${allowed.port}/`)).toBe("allowed");
			expect(await call(`allowed.example:${allowed.port}/`)).toBe("allowed");
			expect(await call(`allowed.example:${allowed.port}/redirect`)).toBe("redirected");
			expect(await rebinding(call)).toEqual(new Set(["allowed", "refused"]));
			expect(reached).toBe(0);
		});
	});

	describe("by an http request node", () => {
		let broker: ServiceBroker;
		let release: () => void;
		let seen: NodeMessage[];
		const call: Call = async (rest) => {
			const before = seen.length;
			nodeOf("ask").receive({ url: `http://${rest}` } as NodeMessage);
			const msg = await vi.waitFor(() => {
				expect(seen.length).toBe(before + 1);
				return seen.at(-1) as NodeMessage & { statusCode: unknown };
			}, within);
			return msg.statusCode === "EGRESS_REFUSED" ? "refused" : String(msg.payload);
		};
		beforeAll(async () => {
			broker = await startBroker();
			release = guardSockets(egressRule(env.egressAllow), () => undefined);
			const require = createRequire(import.meta.url);
			const httpRequest = require("@node-red/nodes/core/network/21-httprequest.js") as (RED: NodeAPI) => void;
			await startFlow(
				broker,
				[httpRequest],
				[
					{ id: "ask", type: "http request", method: "GET", ret: "txt", url: "", wires: [["seen"]] },
					{ id: "seen", type: "helper" },
				],
			);
			seen = arrivals("seen");
		});
		afterAll(async () => {
			await stopFlow();
			release();
			await broker.stop();
		});

		it("is reached at no private address", async () => {
			expect(await outcomes(call)).toEqual(everyRefusal);
		});

		it("is reached where it is allowed, and by no redirect or other answer of its name anywhere else", async () => {
			reached = 0;
			expect(await call(`127.0.0.1:${allowed.port}/`)).toBe("allowed");
			expect(await call(`allowed.example:${allowed.port}/`)).toBe("allowed");
			expect(await call(`allowed.example:${allowed.port}/redirect`)).toBe("refused");
			expect(await rebinding(call)).toEqual(new Set(["allowed", "refused"]));
			expect(reached).toBe(0);
		});
	});

	it("is reached by the socket to a message server at no private address, and where it is allowed", async () => {
		const open = [`127.0.0.1:${allowed.port}`, `allowed.example:${allowed.port}`];
		const away = `allowed.example:${allowed.port}/redirect`;
		const shops = [...refused, ...open, away].map((authority) => ({
			_id: authority,
			platform: "any",
			status: "ACTIVE",
			app: { key: authority },
			messageUrl: `ws://${at(authority)}`,
		}));
		const called: (string | undefined)[] = [];
		lines.on("connection", (_line, { headers }: http.IncomingMessage) => called.push(headers.host));
		const told = new Map<string, string>();
		reached = 0;
		const broker = await startBroker(shopsOf(shops), listener(told));
		await vi.waitFor(() => {
			expect([...refused, away].filter((authority) => !told.has(authority))).toEqual([]);
			expect(new Set(called)).toEqual(new Set(open));
		}, within);
		await broker.stop();
		expect(refused.filter((authority) => !told.get(authority)?.includes("HUB_EGRESS_ALLOW"))).toEqual([]);
		expect(told.get(away)).toContain("302");
		expect(reached).toBe(0);
	});
});

/** The shop service as the socket's runner asks it. */
const shopsOf = (items: { _id: string; app: { key: string } }[]): ServiceSchema => ({
	name: "shop",
	actions: {
		all: () => ({ items }),
		access: (ctx: Context<{ shopId: string }>) => {
			const shop = items.find(({ _id }) => _id === ctx.params.shopId);
			return { ...shop, appKey: shop?.app.key };
		},
	},
});

/** Keeps lines to the message servers of a platform that says nothing; `told`: by app, what the log says of it. */
function listener(told: Map<string, string>): ServiceSchema {
	const driver: SocketDriver = {
		url: ({ messageUrl }) => messageUrl,
		opened: () => [],
		read: (_frame, session) => ({ session, send: [], messages: [] }),
		beatMs: 60_000,
		beat: () => [],
	};
	const models = messageModels("any");
	return {
		name: "platform.any",
		mixins: [
			listensAtMessageServer({ name: "any" } as unknown as PlatformAdapter, driver, models),
			ownsModels(models.leases, models.seen),
		] as ServiceSchema[],
		created(this: Service) {
			this.logger.warn = (_what: string, { app, reason }: { app: string; reason: string }) => told.set(app, reason);
		},
	};
}
