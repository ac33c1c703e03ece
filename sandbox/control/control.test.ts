import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../testing/running.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("POST", "reset", { seed: 1 });
});

async function refusal(method: string, path: string, body?: string): Promise<[number, string]> {
	const response = await fetch(`${sandbox.url}/_control/${path}`, { method, body });
	return [response.status, ((await response.json()) as { field: string }).field];
}

describe("bad input", () => {
	const orders = "platforms/taobao/orders";
	it.each<[string, string, string | undefined, number, string]>([
		["POST", orders, "{", 400, "body"],
		["POST", orders, "[]", 400, "body"],
		["POST", orders, '{"count":0}', 422, "count"],
		["POST", orders, '{"count":"1"}', 422, "count"],
		["POST", orders, '{"shopId":"none"}', 422, "shopId"],
		["POST", orders, '{"paid":"yes"}', 422, "paid"],
		["POST", orders, '{"lines":[{"quantity":1}]}', 422, "sku"],
		["POST", orders, '{"lines":[]}', 422, "lines"],
		["POST", orders, '{"many":1}', 422, "many"],
		["POST", "platforms/jdx/orders", "{}", 404, "platform"],
		["POST", `${orders}/1/actions`, '{"action":"pay"}', 404, "id"],
		["POST", "erp/sap", "{}", 404, "dialect"],
		["POST", "erp/qimen", '{"afterMs":-1}', 422, "afterMs"],
		["POST", "erp/qimen", '{"decide":"maybe"}', 422, "decide"],
		["POST", "erp/qimen", '{"hub":{"url":"ftp://x","clientId":"a","clientSecret":"b"}}', 422, "hub.url"],
		["POST", "erp/qimen", '{"hub":{"url":"http://x"}}', 422, "clientId"],
		["POST", "erp/qimen", '{"callbackUrl":"ftp://x"}', 422, "callbackUrl"],
		["POST", "erp/generic", '{"callbackUrl":"http://x"}', 422, "callbackUrl"],
		["POST", "erp/qimen/returns", '{"key":"R1"}', 422, "dialect"],
		["POST", "faults", '{"target":"erp/generic","fault":"callback-late"}', 422, "fault"],
		["POST", "faults", '{"target":"erp","fault":"hang"}', 422, "target"],
		["POST", "faults", '{"target":"taobao","fault":"explode"}', 422, "fault"],
		["POST", "faults", '{"target":"taobao","fault":"delay"}', 422, "fault"],
		["POST", "faults", '{"target":"taobao","fault":"hang:3"}', 422, "fault"],
		["POST", "faults", '{"target":"taobao","fault":"status:99"}', 422, "fault"],
		["POST", "faults", '{"target":"erp/qimen","fault":"page-shift"}', 422, "fault"],
		["POST", "faults", '{"target":"taobao","fault":"hang","times":0}', 422, "times"],
		["POST", "faults", '{"target":"taobao","fault":"hang","rate":2}', 422, "rate"],
		["POST", "faults", '{"target":"taobao","fault":"hang","rate":1,"times":1}', 422, "rate"],
		["POST", "platforms/taobao", '{"hub":"ftp://x"}', 422, "hub"],
		["POST", "platforms/taobao", '{"hub":1}', 422, "hub"],
		["POST", "platforms/none", "{}", 404, "platform"],
		["POST", "platforms/taobao/messages", "{}", 422, "orderId"],
		["POST", "platforms/taobao/messages", '{"orderId":"1"}', 422, "orderId"],
		["POST", "platforms/taobao/messages", '{"orderId":"1","as":"new"}', 422, "as"],
		["POST", "platforms/taobao/products/1", "{}", 404, "id"],
		["POST", "platforms/taobao/products/%zz", "{}", 400, "path"],
		["POST", "platforms/taobao/products/680000000001", '{"shopId":"x"}', 422, "shopId"],
		["POST", "platforms/taobao/products/680000000001", '{"priceFen":0}', 422, "priceFen"],
		["POST", "platforms/taobao/products/680000000001", '{"stock":{"LID-STD":1}}', 422, "LID-STD"],
		["POST", "platforms/taobao/products/680000000001", '{"stock":{"CUP-BK-500":-1}}', 422, "CUP-BK-500"],
		["GET", "truth", undefined, 422, "kind"],
		["GET", "truth?kind=orders&limit=x", undefined, 422, "limit"],
		["GET", "truth?kind=orders&after=x", undefined, 422, "after"],
		["GET", "nothing", undefined, 404, "path"],
		["GET", "reset", undefined, 405, "method"],
	])("%s %s %s is %i, naming %s", async (method, path, body, status, field) => {
		expect(await refusal(method, path, body)).toEqual([status, field]);
	});
});

describe("placing orders", () => {
	it("gives the same orders for the same seed: lines, amounts, receivers", async () => {
		const rows = async () => {
			await sandbox.place({ count: 5, seed: 42 });
			const truth = await sandbox.truth("kind=orders");
			return truth
				.slice(-5)
				.map(({ paidFen, lines }) => ({ paidFen, lines: lines.map(({ sku, paidFen }) => ({ sku, paidFen })) }));
		};
		expect(await rows()).toEqual(await rows());
	});

	it("gives the same ids and orders after a reset with the same seed, others with another", async () => {
		const run = async (seed: number) => {
			await sandbox.control("POST", "reset", { seed });
			await sandbox.place({ count: 20 });
			return (await sandbox.truth("kind=orders")).map((row) => ({ ...row, modifiedAt: "" }));
		};
		const first = await run(1);
		const other = await run(2);
		expect(await run(1)).toEqual(first);
		const ids = new Set(first.map(({ platformOrderId }) => platformOrderId));
		expect(other.some(({ platformOrderId }) => ids.has(platformOrderId))).toBe(false);
	});

	it("places what was wished for", async () => {
		await sandbox.place({ count: 2, lines: 3, paid: false });
		await sandbox.place({ count: 1, lines: [{ sku: "TEA-100G", quantity: 2 }] });
		const rows = await sandbox.truth("kind=orders");
		expect(rows.map(({ status, lines }) => [status, lines.length])).toEqual([
			["WAIT_PAY", 3],
			["WAIT_PAY", 3],
			["WAIT_SHIP", 1],
		]);
		expect(rows[2]?.lines[0]).toMatchObject({ sku: "TEA-100G", quantity: 2 });
	});

	it("takes a thousand orders in one call in less than two seconds", async () => {
		const startMs = performance.now();
		expect(await sandbox.place({ count: 1000 })).toHaveLength(1000);
		expect(performance.now() - startMs).toBeLessThan(2000);
	});
});

describe("actions", () => {
	it("follow the marketplace's rules", async () => {
		const [id = ""] = await sandbox.place({ count: 1, lines: 2, paid: false });
		await expect(sandbox.act(id, { action: "confirm" })).rejects.toThrow("422");
		await expect(sandbox.act(id, { action: "request-refund" })).rejects.toThrow("422");
		await sandbox.act(id, { action: "pay" });
		await expect(sandbox.act(id, { action: "pay" })).rejects.toThrow("422");
		await sandbox.act(id, { action: "change-address" });
		await sandbox.act(id, { action: "change-memo", seller: "加急", flag: 2 });
		expect(await sandbox.truth("kind=orders")).toMatchObject([
			{ status: "WAIT_SHIP", receiverVersion: 2, memo: "加急" },
		]);
		await expect(sandbox.act(id, { action: "dance" })).rejects.toThrow("422");
		await expect(sandbox.act(id, { action: "confirm-exchange" })).rejects.toThrow("422");
		await expect(sandbox.act(id, { action: "pay", lines: [] })).rejects.toThrow("422");
	});

	it("refund what was wished, split to the fen", async () => {
		const [id = ""] = await sandbox.place({ count: 1, lines: 3 });
		await expect(sandbox.act(id, { action: "request-refund", amountFen: 1e9 })).rejects.toThrow("422");
		await sandbox.act(id, { action: "request-refund", amountFen: 101 });
		const rows = await sandbox.truth<{ refundFen: number; type: string; status: string }>("kind=aftersales");
		expect(rows.map(({ refundFen }) => refundFen).reduce((sum, fen) => sum + fen)).toBe(101);
		expect(rows).toMatchObject(Array(3).fill({ type: "REFUND_BEFORE_SHIP", status: "APPLIED" }));
		await expect(sandbox.act(id, { action: "request-refund" })).rejects.toThrow("422");
	});

	it("close a paid order with its refund", async () => {
		const [id = ""] = await sandbox.place({ count: 1, lines: 2 });
		await sandbox.act(id, { action: "request-refund" });
		await sandbox.act(id, { action: "close" });
		expect(await sandbox.truth("kind=orders")).toMatchObject([{ status: "CLOSED" }]);
		expect(await sandbox.truth("kind=aftersales")).toMatchObject([{ status: "DONE" }, { status: "DONE" }]);
	});
});

it("an order that is only touched changes nothing but its time", async () => {
	const [id = ""] = await sandbox.place({ count: 1 });
	const [before] = await sandbox.truth("kind=orders");
	await sandbox.control("POST", "faults", { target: "taobao", fault: "clock:30" });
	await sandbox.act(id, { action: "modify" });
	const [after] = await sandbox.truth("kind=orders");
	expect(after).toEqual({ ...before, modifiedAt: after?.modifiedAt });
	expect(Date.parse(after?.modifiedAt ?? "")).toBeGreaterThan(Date.parse(before?.modifiedAt ?? ""));
});

describe("products", () => {
	interface ProductRow {
		sequence: number;
		platform: string;
		shopId: string;
		productId: string;
		title: string;
		skus: { platformSkuId: string; sku: string; priceFen: number; stock: number }[];
		modifiedAt: string;
	}

	it("are told as they are, and change as the seller wants", async () => {
		const [before] = await sandbox.truth<ProductRow>("kind=products&limit=1");
		const { platform, productId, skus = [], modifiedAt = "" } = before ?? {};
		const change = { title: "保温杯", priceFen: 100, stock: { "CUP-WT-500": 3 } };
		const changed = await sandbox.control("POST", `platforms/${platform}/products/${productId}`, change);
		const [after] = await sandbox.truth<ProductRow>("kind=products&limit=1");
		expect(after).toEqual({ sequence: 1, ...changed });
		expect(after).toMatchObject({ platform, title: "保温杯" });
		const expected = skus.map((sku) => ({
			...sku,
			priceFen: 100,
			stock: sku.sku === "CUP-WT-500" ? 3 : sku.stock,
		}));
		expect(after?.skus).toEqual(expected);
		expect(Date.parse(after?.modifiedAt ?? "")).toBeGreaterThan(Date.parse(modifiedAt));
	});

	it("are read page by page", async () => {
		const all = await sandbox.truth<ProductRow>("kind=products");
		const rest = await sandbox.truth<ProductRow>(`kind=products&after=${all[1]?.sequence}`);
		expect(rest).toEqual(all.slice(2));
	});
});

it("messages go where they are told to, over a reset too; a platform may have no hook", async () => {
	const set = (hub: string | null | undefined) => sandbox.control("POST", "platforms/taobao", { hub });
	expect(await set("http://127.0.0.1:1/")).toEqual({ platform: "taobao", hub: "http://127.0.0.1:1" });
	const [orderId = ""] = await sandbox.place({ count: 1 });
	expect(await refusal("POST", "platforms/taobao/messages", JSON.stringify({ orderId }))).toEqual([422, "platform"]);
	await sandbox.control("POST", "reset", {});
	expect(await set(undefined)).toEqual({ platform: "taobao", hub: "http://127.0.0.1:1" });
	expect(await set(null)).toEqual({ platform: "taobao", hub: null });
});

it("every shop is shown with all that connects it", async () => {
	const { shops } = await sandbox.control<{ shops: Record<string, unknown>[] }>("GET", "shops");
	const origin = sandbox.url;
	const taobao = shops.find(({ shopId }) => shopId === "taobao-demo");
	expect(taobao).toMatchObject({ platform: "taobao", gatewayUrl: `${origin}/taobao/router/rest` });
	for (const { authUrl, messageUrl } of shops) {
		expect(authUrl).toMatch(/^$|^http:\/\/127\.0\.0\.1:\d+\/./);
		expect(messageUrl).toMatch(/^$|^ws:\/\/127\.0\.0\.1:\d+\/./);
	}
});

describe("truth", () => {
	it("is read page by page, from a sequence or an id", async () => {
		const placed = await sandbox.place({ count: 7 });
		const first = await sandbox.truth("kind=orders&limit=3");
		expect(first.map(({ platformOrderId }) => platformOrderId)).toEqual(placed.slice(0, 3));
		const bySequence = await sandbox.truth(`kind=orders&after=${first[2]?.sequence}`);
		const byId = await sandbox.truth(`kind=orders&after=${first[2]?.platformOrderId}`);
		expect(bySequence).toEqual(byId);
		expect(bySequence.map(({ platformOrderId }) => platformOrderId)).toEqual(placed.slice(3));
		expect(await sandbox.truth("kind=orders&after=7")).toEqual([]);
	});
});

describe("erp behaviour", () => {
	it("keeps over a reset and never shows the client's secret", async () => {
		const hub = { url: "http://127.0.0.1:1/", clientId: "erp", clientSecret: "hidden" };
		await sandbox.control("POST", "erp/qimen", { afterMs: 50, hub });
		await sandbox.control("POST", "reset", {});
		const erps = JSON.stringify(await sandbox.control("GET", "erp"));
		expect(erps).toContain('"afterMs":50,"decide":"agree","hub":{"url":"http://127.0.0.1:1","clientId":"erp"}');
		expect(erps).not.toContain("hidden");
	});
});
