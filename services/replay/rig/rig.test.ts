import dgram from "node:dgram";
import { once } from "node:events";
import net, { type AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { FlowNode } from "../../editor/flow-files.ts";
import type { Made, StoredOrder } from "./plan.ts";
import { Rig, RigStopped } from "./rig.ts";

const order = { _id: "taobao:s:1", shopId: "s", lines: [], erp: { revision: 1 } } as unknown as StoredOrder;

/** A tab that pushes what a function node answers. */
const flowOf = (func: string): FlowNode[] =>
	[
		{ id: "tab", type: "tab", label: "t" },
		{ id: "the-hub", type: "hub" },
		{ id: "the-erp", type: "erp-connection", connectionId: "e" },
		{ id: "in", type: "order-in", z: "tab", subjects: "hub.order.ready", shopId: "", concurrency: 1, wires: [["get"]] },
		{ id: "get", type: "order-get", z: "tab", hub: "the-hub", wires: [["do"]] },
		{ id: "do", type: "function", z: "tab", func, outputs: 1, wires: [["push"]] },
		{
			id: "push",
			type: "erp-push",
			z: "tab",
			hub: "the-hub",
			connection: "the-erp",
			kind: "order",
			wires: [["ack"], ["ack"], []],
		},
		{ id: "ack", type: "ack", z: "tab", wires: [] },
	].map((node) => ("z" in node ? { x: 1, y: 1, ...node } : node));

describe("Rig", { timeout: 120_000 }, () => {
	let rig: Rig | undefined;
	afterEach(() => rig?.close());

	async function documentOf(func: string): Promise<unknown> {
		const revision = { flows: flowOf(func), tabId: "tab", subject: "hub.order.ready" };
		rig = new Rig({ revision, connections: {}, limitMs: 20_000, functionSec: 5 });
		const [made = ""] = await rig.run([order]);
		const { documents, reason } = JSON.parse(made) as Made;
		return documents[0]?.document ?? reason;
	}

	it("lets nothing out of a flow that leaves the function's sandbox: no socket, name, datagram or thread of its own", async () => {
		let reached = 0;
		const tcp = net.createServer((socket) => {
			reached += 1;
			socket.destroy();
		});
		const udp = dgram.createSocket("udp4", () => {
			reached += 1;
		});
		tcp.listen(0, "127.0.0.1");
		udp.bind(0, "127.0.0.1");
		await Promise.all([once(tcp, "listening"), once(udp, "listening")]);
		const { port } = tcp.address() as AddressInfo;
		const made = await documentOf(`
			const outside = this.constructor.constructor("return globalThis")();
			const get = outside.process.getBuiltinModule;
			const why = (work) => new Promise((resolve) => {
				try { work(resolve); } catch (err) { resolve(err.code); }
			});
			const dial = "require('net').connect(${port}, '127.0.0.1').on('error', (e) => postMessage(e.code)).on('connect', () => postMessage('out'))";
			const thread = (options) => why((done) => new (get("worker_threads").Worker)(
				"const { parentPort } = require('worker_threads'); const postMessage = (m) => parentPort.postMessage(m);" + dial,
				{ eval: true, ...options }).on("message", done).on("error", (e) => done(e.code)));
			const tried = {
				net: why((done) => get("net").connect(${port}, "127.0.0.1").on("error", (e) => done(e.code)).on("connect", () => done("out"))),
				tls: why((done) => get("tls").connect(${port}, "127.0.0.1").on("error", (e) => done(e.code))),
				fetch: outside.fetch("http://127.0.0.1:${port}/").then(() => "out", (e) => e.cause.code),
				udp: why((done) => get("dgram").createSocket("udp4").send("x", ${udp.address().port}, "127.0.0.1", () => done("out"))),
				dns: why((done) => get("dns").lookup("example.com", (e) => done(e.code))),
				resolver: new (get("dns").promises.Resolver)().resolve4("example.com").then(() => "out", (e) => e.code),
				thread: thread({}),
				bareThread: thread({ execArgv: [] }),
				listen: why(() => get("net").createServer().listen(0)),
				binding: why((done) => done(Object.keys(outside.process.binding("tcp_wrap")))),
				file: why((done) => done(get("fs").readFileSync("/etc/passwd", "utf8"))),
				command: why((done) => get("child_process").spawn("true").on("exit", () => done("out")).on("error", (e) => done(e.code))),
			};
			return Promise.all(Object.entries(tried).map(async ([name, how]) => [name, await how])).then((all) => {
				msg.payload = { ...Object.fromEntries(all), env: Object.keys(outside.process.env) };
				return msg;
			});`);
		const closed = ["net", "tls", "fetch", "udp", "dns", "resolver", "thread", "bareThread", "listen"];
		expect(made).toEqual({
			...Object.fromEntries(closed.map((name) => [name, "ERR_DRY_RUN"])),
			binding: "ERR_ACCESS_DENIED",
			file: "ERR_ACCESS_DENIED",
			command: "ERR_ACCESS_DENIED",
			env: expect.not.arrayContaining(["MONGO_URL", "HUB_MASTER_KEY", "HOME"]),
		});
		expect(reached).toBe(0);
		expect(rig?.network).toMatchObject({ attempts: closed.length, connections: 0 });
		expect(rig?.network.targets).toContain(`127.0.0.1:${port}`);
		tcp.close();
		udp.close();
	});

	it("says why a flow does not start", async () => {
		const revision = {
			flows: [...flowOf("return msg;"), { id: "x", type: "no-such-node", z: "tab" }],
			tabId: "tab",
			subject: "hub.order.ready",
		};
		rig = new Rig({ revision, connections: {}, limitMs: 5_000, functionSec: 1 });
		await expect(rig.run([order])).rejects.toThrow(/does not start: .*no-such-node/);
	});

	it("throws once it is stopped", async () => {
		rig = new Rig({
			revision: { mapping: { source: "{}", kind: "order", connectionId: "e" } },
			connections: {},
			limitMs: 5_000,
			functionSec: 1,
		});
		const running = expect(rig.run([order])).rejects.toBeInstanceOf(RigStopped);
		rig.stop();
		await running;
	});
});
