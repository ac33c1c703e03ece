import { createDecipheriv, createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type HookCallSeen, type HookStub, startHookStub } from "../../testing/hook-stub.ts";
import { type RunningSandbox, runSandbox, until } from "../../testing/running.ts";
import { demoShops } from "./demo-shop.ts";

const [shop] = demoShops;
const { messageToken = "", messageKey = "", key: appId = "" } = shop?.app ?? {};

let sandbox: RunningSandbox;
let hub: HookStub;
beforeAll(async () => {
	sandbox = await runSandbox();
	hub = await startHookStub();
	hub.answer = () => ({ status: 200, body: "success" });
	await sandbox.control("POST", "platforms/weixin", { hub: hub.url });
});
afterEach(async () => {
	await sandbox.control("POST", "reset", {});
	hub.calls.length = 0;
});
afterAll(async () => {
	await hub.close();
	await sandbox.end();
});

const queryOf = ({ url }: HookCallSeen): URLSearchParams => new URL(url, hub.url).searchParams;

/** Opened the long way round: the message lies between 16 random bytes with its length and the app's id. */
function opened(call: HookCallSeen): string {
	const { Encrypt } = JSON.parse(call.body) as { Encrypt: string };
	const query = queryOf(call);
	const parts = [messageToken, query.get("timestamp") ?? "", query.get("nonce") ?? "", Encrypt].sort();
	expect(query.get("msg_signature")).toBe(createHash("sha1").update(parts.join("")).digest("hex"));
	const key = Buffer.from(`${messageKey}=`, "base64");
	const decipher = createDecipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
	const bytes = Buffer.concat([decipher.update(Encrypt, "base64"), decipher.final()]);
	const end = 20 + bytes.readUInt32BE(16);
	expect(bytes.subarray(end, end + appId.length).toString()).toBe(appId);
	return bytes.subarray(20, end).toString();
}

const contents = async (wanted: number): Promise<string[]> => {
	await until(
		async () => hub.calls.length,
		(count) => count >= wanted,
	);
	return hub.calls.map(opened);
};

describe("pushes", () => {
	it("tell what happens to an order, ids now as text, now as a number of 19 digits", async () => {
		const [id = ""] = await sandbox.place({ count: 1, paid: false }, "weixin");
		await sandbox.act(id, { action: "pay" }, "weixin");
		const [placed, paid] = await contents(2);
		expect(placed).toContain(`"Event":"channels_ec_order_new","order_info":{"order_id":"${id}"}`);
		expect(paid).toContain(`"Event":"channels_ec_order_pay","order_info":{"order_id":${id},`);
		expect(hub.calls[0]?.url).toMatch(/^\/api\/v1\/hooks\/weixin\/weixin-demo\?/);
		expect(queryOf(hub.calls[0] as HookCallSeen).get("encrypt_type")).toBe("aes");
	});

	it("tell of an after-sale and its order", async () => {
		const [id = ""] = await sandbox.place({ count: 1, lines: 1 }, "weixin");
		await sandbox.act(id, { action: "request-refund", type: "REFUND_BEFORE_SHIP" }, "weixin");
		const told = (await contents(3)).find((content) => content.includes("channels_ec_aftersale_update"));
		expect(told).toContain(
			'"finder_shop_aftersale_status_update":{"status":"MERCHANT_PROCESSING","after_sale_order_id":2',
		);
		expect(told).toContain(`"order_id":"${id}"`);
	});

	it("are acknowledged by the word the platform wants to hear", async () => {
		const [id = ""] = await sandbox.place({ count: 1 }, "weixin");
		await contents(1);
		const sent = await sandbox.control("POST", "platforms/weixin/messages", { orderId: id, as: "valid" });
		expect(sent).toEqual({ status: 200, body: "success" });
		const { weixin } = await sandbox.control<Record<string, { messages: object }>>("GET", "counters");
		expect(weixin?.messages).toMatchObject({ refused: 0 });
	});
});
