import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hubError } from "../config/errors.ts";
import { type Behaviour, startTestbed, type Testbed } from "../services/api/testbed.ts";
import { makeClient } from "./client.ts";

const root = path.resolve(import.meta.dirname, "..");
let dir: string;

beforeAll(async () => {
	dir = await mkdtemp(path.join(tmpdir(), "client-"));
	await makeClient(dir);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** What the compiler says of a program that uses the client, with the strictest settings. */
async function check(program: string): Promise<string> {
	const name = `${Math.random().toString(36).slice(2)}.mts`;
	await writeFile(path.join(dir, name), `import { HubProblem, orderHub } from "./order-hub.ts";\n${program}`);
	const strict = ["--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes", "--erasableSyntaxOnly"];
	const how = [
		"--noEmit",
		"--allowImportingTsExtensions",
		"--module",
		"nodenext",
		"--lib",
		"es2023,dom",
		"--types",
		"",
	];
	const args = ["--ignoreConfig", ...strict, ...how, name];
	const tsc = spawn(path.join(root, "node_modules/.bin/tsc"), args, { cwd: dir, stdio: ["ignore", "pipe", "inherit"] });
	const [said] = await Promise.all([text(tsc.stdout), once(tsc, "exit")]);
	return said;
}

const hub = 'const hub = orderHub({ url: "http://127.0.0.1:3000", token: async () => "token" });\n';

describe("the client", { timeout: 60_000 }, () => {
	it("is TypeScript that knows what each operation takes and answers", async () => {
		const program = `${hub}
			const { items, nextCursor } = await hub.order.list({ status: "WAIT_SHIP", from: new Date(), limit: 50 });
			const fen: number | undefined = items[0]?.money.paidFen;
			const more: string | null = nextCursor;
			const parcels = [{ carrier: "SF", trackingNo: "SF1" }];
			const { shipments } = await hub.shipment.accept({ orderId: "o", parcels }, { idempotencyKey: "k" });
			const ended: void = await hub.rule.remove({ id: "r" });
			export const seen = [fen, more, shipments[0]?.state, ended, await hub.order.summary(), HubProblem];`;
		expect(await check(program)).toBe("");
	});

	it.each([
		["a value that is none", 'await hub.order.list({ status: "GONE" });'],
		["a parameter nobody knows", "await hub.order.list({ colour: 1 });"],
		["a missing parameter", "await hub.order.get({});"],
		["a number where a text goes", "await hub.order.get({ id: 1 });"],
		["a field the answer has not", '(await hub.order.get({ id: "o" })).colour;'],
		["an operation that is none", 'await hub.order.save({ id: "o" });'],
	])("refuses %s", async (_name, line) => {
		expect(await check(`${hub}${line}\nexport { HubProblem };`)).toMatch(/error TS2\d{3}/);
	});
});

interface Client {
	order: Record<"list" | "get" | "hold", (params: object) => Promise<unknown>>;
	shipment: Record<"accept", (params: object, options: object) => Promise<unknown>>;
	account: Record<"logout", () => Promise<unknown>>;
}

describe("what the client sends", () => {
	const behaviour: Behaviour = {};
	let bed: Testbed;
	let client: Client;

	beforeAll(async () => {
		bed = await startTestbed(behaviour, {
			"order.list": {
				$$strict: true,
				from: { type: "date", convert: true, optional: true },
				status: "string[]|optional",
			},
		});
		const { orderHub } = (await import(path.join(dir, "order-hub.ts"))) as { orderHub: (options: object) => Client };
		client = orderHub({ url: `${bed.url}/`, token: () => bed.signIn(), language: "zh-CN" });
	});
	afterAll(() => bed.stop());

	it("arrives as the action's params: of the path, the query and the body", async () => {
		const from = new Date("2026-01-02T03:04:05Z");
		await client.order.list({ from, status: ["SHIPPED", "CLOSED"], to: undefined });
		await client.order.hold({ id: "taobao:a/b:1", reason: "RISK" });
		expect(bed.calls.map(({ action, params }) => [action, params])).toEqual([
			["order.list", { from, status: ["SHIPPED", "CLOSED"] }],
			["order.hold", { id: "taobao:a/b:1", reason: "RISK" }],
		]);
	});

	it("is done once under one Idempotency-Key", async () => {
		const before = bed.calls.length;
		const write = () => client.shipment.accept({ orderId: "o", parcels: [] }, { idempotencyKey: "key-1" });
		expect(await write()).toEqual(await write());
		expect(bed.calls.length - before).toBe(1);
	});

	it("is refused with the hub's problem, in the language asked for, and when to come again", async () => {
		behaviour["order.get"] = () => {
			throw hubError("STORE_UNAVAILABLE");
		};
		await expect(client.order.get({ id: "1" })).rejects.toMatchObject({
			status: 503,
			retryAfterSec: 2,
			problem: { type: "urn:order-hub:STORE_UNAVAILABLE", title: "数据库暂不可用" },
		});
	});

	it("may be answered with nothing", async () => {
		expect(await client.account.logout()).toBeUndefined();
	});

	it("is not made while services are away", async () => {
		await bed.broker.destroyService(bed.broker.getLocalService("waybill"));
		await expect.poll(() => makeClient(dir, bed.url).catch((err: Error) => err.message)).toContain("waybill");
	});
});
