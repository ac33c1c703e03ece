import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type HookStub, startHookStub } from "../../testing/hook-stub.ts";
import { type RunningSandbox, runSandbox, until } from "../../testing/running.ts";
import { demoShops } from "./demo-shop.ts";

interface Message {
	tag: string;
	msg_id: string;
	data: string;
}

const app = demoShops[0]?.app;
let sandbox: RunningSandbox;
let hub: HookStub;
beforeAll(async () => {
	sandbox = await runSandbox();
	hub = await startHookStub();
	hub.answer = () => ({ status: 200, body: '{"code":0,"msg":"success"}' });
	await sandbox.control("POST", "platforms/douyin", { hub: hub.url });
});
afterAll(async () => {
	await sandbox.end();
	await hub.close();
});

const messages = (): Message[] => hub.calls.flatMap(({ body }) => JSON.parse(body) as Message[]);
const tags = (): string[] => messages().map(({ tag }) => tag);

it("tells what happens to an order, signed over the body, ids as numbers", async () => {
	const [orderId = ""] = await sandbox.place({ count: 1 }, "douyin");
	await until(
		async () => tags(),
		(seen) => seen.length === 3,
	);
	expect(tags().sort()).toEqual(["100", "101", "110"]);
	for (const { url, headers, body } of hub.calls) {
		expect(url).toBe("/api/v1/hooks/douyin/douyin-demo");
		expect(headers["app-id"]).toBe(app?.key);
		const right = createHash("md5").update(`${app?.key}${body}${app?.secret}`).digest("hex");
		expect(headers["event-sign"]).toBe(right);
	}
	for (const { data } of messages()) expect(data).toContain(`"p_id":${orderId},`);

	hub.calls.length = 0;
	await sandbox.act(orderId, { action: "change-memo", seller: "加急" }, "douyin");
	await sandbox.act(orderId, { action: "change-address" }, "douyin");
	await sandbox.act(orderId, { action: "request-refund", type: "REFUND_BEFORE_SHIP" }, "douyin");
	await sandbox.act(orderId, { action: "cancel-refund" }, "douyin");
	await sandbox.act(orderId, { action: "close" }, "douyin");
	await until(
		async () => tags(),
		(seen) => seen.length === 5,
	);
	expect(tags().sort()).toEqual(["105", "106", "113", "200", "207"]);
});

it("gives every message a number of its own", () => {
	const ids = messages().map(({ msg_id }) => msg_id);
	expect(new Set(ids).size).toBe(ids.length);
});
