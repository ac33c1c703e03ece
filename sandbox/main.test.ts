import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, it } from "vitest";
import { callGeneric, genericOrder } from "./testing/generic-client.ts";
import { type HubStub, startHubStub } from "./testing/hub-stub.ts";
import { controlOf, until } from "./testing/running.ts";
import { top } from "./testing/top-client.ts";

let dir: string;
let hub: HubStub;
const running = new Set<ChildProcess>();

beforeEach(async () => {
	dir = await mkdtemp(join(tmpdir(), "sandbox-"));
	hub = await startHubStub();
});
afterEach(async () => {
	for (const child of running) await end(child, "SIGKILL");
	await hub.close();
	await rm(dir, { recursive: true });
});

async function start(): Promise<{ child: ChildProcess; url: string }> {
	const entry = join(import.meta.dirname, "main.ts");
	const child = fork(entry, ["--port", "0", "--dir", dir], {
		stdio: ["ignore", "pipe", "inherit", "ipc"],
		execArgv: [],
	});
	running.add(child);
	if (!child.stdout) throw new Error("no output");
	const [line] = (await once(createInterface(child.stdout), "line")) as [string];
	return { child, url: (JSON.parse(line.replace(/^sandbox /, "")) as { url: string }).url };
}

async function end(child: ChildProcess, how: NodeJS.Signals | "disconnect"): Promise<unknown> {
	running.delete(child);
	const exit = once(child, "exit");
	if (how === "disconnect") child.disconnect();
	else child.kill(how);
	const [code, signal] = (await exit) as [number | null, string | null];
	return code ?? signal;
}

it("says in one line that its port is in use", async () => {
	const { url } = await start();
	const args = ["--port", new URL(url).port, "--dir", join(dir, "second")];
	const child = fork(join(import.meta.dirname, "main.ts"), args, {
		stdio: ["ignore", "pipe", "pipe", "ipc"],
		execArgv: [],
	});
	running.add(child);
	let said = "";
	child.stderr?.on("data", (chunk: Buffer) => {
		said += chunk.toString();
	});
	const [code] = (await once(child, "close")) as [number];
	running.delete(child);
	expect(code).toBe(1);
	expect(said).toBe(
		`port ${new URL(url).port} of 127.0.0.1 is in use: choose another with --port (HUB_SANDBOX_PORT)\n`,
	);
});

it("keeps every order, shipment, document and fault over kill -9, and ships what was waiting", async () => {
	const before = await start();
	const sandbox = controlOf(before.url);
	const access = { url: hub.url, clientId: "erp", clientSecret: "secret" };
	hub.answer = () => 503;
	await sandbox.control("POST", "erp/generic", { afterMs: 0, hub: access });
	const [tid = "", other = ""] = await sandbox.place({ count: 300 });
	await top(before.url, "taobao.logistics.offline.send", { tid, company_code: "SF", out_sid: "SF1234567890123" });
	await sandbox.act(other, { action: "request-refund" });
	await callGeneric(before.url, "POST", "/orders", genericOrder("A1", "taobao:s:1"));
	await sandbox.control("POST", "faults", { target: "taobao", fault: "status:500", times: 2 });
	await fetch(`${before.url}/taobao/router/rest`);
	await until(
		async () => hub.shipments.length,
		(count) => count > 0,
	);
	const kinds = ["kind=orders", "kind=aftersales"];
	const rows = await Promise.all(kinds.map((kind) => sandbox.truth(kind)));
	expect(await end(before.child, "SIGKILL")).toBe("SIGKILL");

	hub.answer = () => 200;
	const after = await start();
	const again = controlOf(after.url);
	expect(await Promise.all(kinds.map((kind) => again.truth(kind)))).toEqual(rows);
	expect(rows[0]?.[0]).toMatchObject({ status: "SHIPPED", shipped: [{ trackingNo: "SF1234567890123" }] });
	expect((await fetch(`${after.url}/taobao/router/rest`)).status).toBe(500);
	expect((await fetch(`${after.url}/taobao/router/rest`)).status).toBe(200);
	const [document] = await until(
		() => again.truth("kind=documents"),
		(documents) => documents[0]?.shipping.state === "done",
	);
	expect(document).toMatchObject({ key: "A1", accepted: 1 });
	const next = await again.place({ count: 1 });
	expect(rows[0]?.map(({ platformOrderId }) => platformOrderId)).not.toContain(next[0]);
	expect(await end(after.child, "SIGTERM")).toBe(0);
});

it("ends by itself when its parent is gone, calls in the air or not", async () => {
	const { child, url } = await start();
	await controlOf(url).control("POST", "faults", { target: "taobao", fault: "hang" });
	const hanging = fetch(`${url}/taobao/router/rest`);
	hanging.catch(() => {}); // it is the end of this call that is waited for below
	expect(await end(child, "disconnect")).toBe(0);
	await expect(hanging).rejects.toThrow();
});
