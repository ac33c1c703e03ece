/** Stock on its way to the platforms' simulators. Their truth is what counts. */
import type { Context, ServiceBroker, ServiceSchema } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type RunningSandbox, runSandbox } from "../../sandbox/testing/running.ts";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import OrderService from "../order/order.service.ts";
import { connectShop } from "../platform/contract/bench.ts";
import type { Reading } from "../platform/document-actions.ts";
import KuaishouService from "../platform/kuaishou/kuaishou.service.ts";
import TaobaoService from "../platform/taobao/taobao.service.ts";
import { ProductModel } from "../product/product.model.ts";
import ProductService from "../product/product.service.ts";
import type { PlatformProduct } from "../product/product.ts";
import ShopService from "../shop/shop.service.ts";
import SkuService from "../sku/sku.service.ts";
import { SkuLinkModel } from "../sku/sku-link.model.ts";
import type { Pushed } from "./push.ts";
import { StockModel } from "./stock.model.ts";
import StockService from "./stock.service.ts";
import { tell } from "./tell.ts";
import { ToldModel, type ToldStock } from "./told.model.ts";

interface ProductRow {
	platform: string;
	productId: string;
	skus: { platformSkuId: string; sku: string; stock: number }[];
}

/** A platform that takes as long as it is told to, and writes down what it hears. */
const slow = { heard: [] as number[], requests: [] as string[], answers: [] as Promise<void>[] };
const slowPlatform: ServiceSchema = {
	name: "platform.pdd",
	actions: {
		async "stock.set"({ params }: Context<{ quantity: number; requestId: string }>) {
			slow.requests.push(params.requestId);
			await slow.answers.shift();
			slow.heard.push(params.quantity);
		},
	},
};

let sandbox: RunningSandbox;
let broker: ServiceBroker;
const shops = new Map<string, string>();

beforeAll(async () => {
	sandbox = await runSandbox();
	const services = [EventService, ShopService, OrderService, ProductService, SkuService, StockService];
	broker = await startBroker(...services, TaobaoService, KuaishouService, slowPlatform);
	for (const platform of ["taobao", "kuaishou", "pdd"]) {
		shops.set(platform, (await connectShop(broker, sandbox, platform))._id);
	}
}, 30_000);
afterAll(async () => {
	await broker?.stop();
	await sandbox?.end();
});
afterEach(async () => {
	for (const model of [StockModel, ToldModel, SkuLinkModel, ProductModel]) {
		await (model as typeof StockModel).deleteMany({});
	}
	await sandbox.control("DELETE", "faults");
	for (const list of [slow.heard, slow.requests, slow.answers]) list.length = 0;
});

const shopOf = (platform: string): string => shops.get(platform) ?? "";
const save = (quantities: Record<string, number>) =>
	broker.call("stock.save", {
		items: Object.entries(quantities).map(([erpSku, quantity]) => ({ erpSku, quantity })),
	});
const push = (erpSku: string) => broker.call<Pushed, object>("stock.push", { erpSku });
const told = async (): Promise<ToldStock[]> =>
	(await broker.call<{ items: ToldStock[] }, object>("stock.told", {})).items;
const link = (platform: string, platformSkuId: string, parts: object[]) =>
	broker.call("sku.link", { platform, shopId: shopOf(platform), platformSkuId, parts });

const truth = async (platform: string): Promise<ProductRow[]> =>
	(await sandbox.truth<ProductRow>("kind=products")).filter((row) => row.platform === platform);
const onSale = async (platform: string, sku: string): Promise<number | undefined> =>
	(await truth(platform)).flatMap(({ skus }) => skus).find((each) => each.sku === sku)?.stock;

/** The hub reads the product of a SKU, as its pull does. @returns the platform's number of the SKU */
async function read(platform: string, sku: string): Promise<string> {
	const row = (await truth(platform)).find(({ skus }) => skus.some((each) => each.sku === sku));
	const params = { shopId: shopOf(platform), id: row?.productId };
	const reading = await broker.call<Reading<PlatformProduct>, object>(`platform.${platform}.products.get`, params);
	await broker.call("product.save", reading.document);
	return row?.skus.find((each) => each.sku === sku)?.platformSkuId ?? "";
}

/** A product of the slow platform. */
const slowProduct = () =>
	ProductModel.create({
		...{ _id: "pdd:slow:1", platform: "pdd", shopId: shopOf("pdd"), productNo: "1", title: "cup", status: "ON_SALE" },
		modifiedAt: new Date(),
		skus: [{ platformSkuId: "11", outerSku: "SLOW", spec: "", barcode: "", imageUrl: "", priceFen: 1, stock: 0 }],
	});

describe("stock that is pushed", () => {
	it("is on sale in every shop that sells the SKU", async () => {
		for (const platform of ["taobao", "kuaishou"]) await read(platform, "CUP-BK-500");
		await save({ "CUP-BK-500": 17 });
		expect(await push("CUP-BK-500")).toEqual({ told: 2, unchanged: 0, waiting: 0, failed: [] });
		for (const platform of ["taobao", "kuaishou"]) expect(await onSale(platform, "CUP-BK-500")).toBe(17);
		expect(await told()).toMatchObject([
			{ state: "OK", quantity: 17, parts: [{ erpSku: "CUP-BK-500", quantity: 1 }] },
			{ state: "OK", quantity: 17 },
		]);
	});

	it("makes as many combos as there are whole sets of their parts", async () => {
		const combo = await read("taobao", "CUP-BK-750");
		await link("taobao", combo, [
			{ erpSku: "CUP", quantity: 2 },
			{ erpSku: "LID", quantity: 3 },
		]);
		await save({ CUP: 9, LID: 10 });
		expect(await push("LID")).toMatchObject({ told: 1 });
		expect(await onSale("taobao", "CUP-BK-750")).toBe(3);
		await save({ CUP: 1 });
		expect(await push("CUP")).toMatchObject({ told: 1 });
		expect(await onSale("taobao", "CUP-BK-750")).toBe(0);
	});

	it("waits for the stock of every part of a combo", async () => {
		const combo = await read("taobao", "CUP-BK-750");
		await link("taobao", combo, [{ erpSku: "CUP" }, { erpSku: "LID" }]);
		await save({ CUP: 5 });
		const before = await onSale("taobao", "CUP-BK-750");
		expect(await push("CUP")).toMatchObject({ told: 0, waiting: 1 });
		expect(await told()).toMatchObject([{ state: "WAITING", reason: expect.stringContaining("LID") }]);
		expect(await onSale("taobao", "CUP-BK-750")).toBe(before);
		await save({ LID: 4 });
		expect(await push("LID")).toMatchObject({ told: 1 });
		expect(await onSale("taobao", "CUP-BK-750")).toBe(4);
	});

	it("is not told by its merchant code where a person has linked the SKU to another", async () => {
		const sku = await read("taobao", "CUP-BK-500");
		await link("taobao", sku, [{ erpSku: "MUG" }]);
		await save({ "CUP-BK-500": 17, MUG: 4 });
		await push("CUP-BK-500");
		await push("MUG");
		expect(await onSale("taobao", "CUP-BK-500")).toBe(4);
	});

	it("is told once while it is the same", async () => {
		await slowProduct();
		await save({ SLOW: 5 });
		expect(await push("SLOW")).toMatchObject({ told: 1 });
		expect(await push("SLOW")).toMatchObject({ told: 0, unchanged: 1 });
		await save({ SLOW: 6 });
		await push("SLOW");
		await save({ SLOW: 5 });
		await push("SLOW");
		expect(slow.heard).toEqual([5, 6, 5]);
		expect(new Set(slow.requests).size).toBe(3);
	});

	it("is the newest number in the end, however long an older one is under way", async () => {
		await slowProduct();
		const first = Promise.withResolvers<void>();
		slow.answers.push(first.promise);
		await save({ SLOW: 5 });
		const older = push("SLOW");
		await vi.waitFor(() => expect(slow.requests).toHaveLength(1));
		await save({ SLOW: 2 });
		expect(await push("SLOW")).toMatchObject({ told: 0, waiting: 1 });
		expect(slow.requests).toHaveLength(1); // never two at a time
		first.resolve();
		await older;
		await vi.waitFor(() => expect(slow.heard).toEqual([5, 2]), { timeout: 5_000 });
	});

	it("is told again, as the same call, by whoever finds that nobody ended it", async () => {
		await slowProduct();
		await save({ SLOW: 5 });
		const never = Promise.withResolvers<void>();
		slow.answers.push(never.promise);
		const lost = push("SLOW");
		await vi.waitFor(() => expect(slow.requests).toHaveLength(1));
		await ToldModel.updateOne({}, { $set: { nextAt: new Date() } }); // its process died long ago
		await vi.waitFor(async () => expect(await told()).toMatchObject([{ state: "OK", quantity: 5 }]), {
			timeout: 5_000,
		});
		expect(slow.requests[1]).toBe(slow.requests[0]);
		never.reject(new Error("too late"));
		expect(await lost).toMatchObject({ waiting: 1 });
		expect(await told()).toMatchObject([{ state: "OK", quantity: 5 }]);
	});

	it("is told again by itself after a platform's no, and says why", async () => {
		await read("taobao", "CUP-BK-500");
		await save({ "CUP-BK-500": 8 });
		await sandbox.control("POST", "faults", { target: "taobao", fault: "business-error", times: 1 });
		const { failed, ...rest } = await push("CUP-BK-500");
		expect(rest).toEqual({ told: 0, unchanged: 0, waiting: 0 });
		expect(failed).toMatchObject([{ linkId: expect.stringMatching(/^taobao:/), reason: expect.stringMatching(/./) }]);
		await vi.waitFor(async () => expect(await onSale("taobao", "CUP-BK-500")).toBe(8), { timeout: 8_000 });
		await vi.waitFor(async () => expect(await told()).toMatchObject([{ state: "OK", quantity: 8, reason: "" }]));
	}, 15_000);

	it("leaves shops out that are switched off, until they are on again", async () => {
		await read("taobao", "CUP-BK-500");
		const before = await onSale("taobao", "CUP-BK-500");
		await broker.call("shop.update", { id: shopOf("taobao"), status: "DISABLED" });
		await save({ "CUP-BK-500": 1 });
		expect(await push("CUP-BK-500")).toMatchObject({ told: 0, waiting: 1, failed: [] });
		expect(await onSale("taobao", "CUP-BK-500")).toBe(before);
		await broker.call("shop.update", { id: shopOf("taobao"), status: "ACTIVE" });
		await ToldModel.updateOne({}, { $set: { nextAt: new Date() } }); // it looks again some minutes later
		await vi.waitFor(async () => expect(await onSale("taobao", "CUP-BK-500")).toBe(1), { timeout: 5_000 });
	});

	it("is a call of its own after it was told, even for the same number", async () => {
		await slowProduct();
		await save({ SLOW: 5 });
		await push("SLOW");
		await broker.call("shop.update", { id: shopOf("pdd"), status: "DISABLED" });
		expect(await push("SLOW")).toMatchObject({ waiting: 1 });
		await broker.call("shop.update", { id: shopOf("pdd"), status: "ACTIVE" });
		expect(await push("SLOW")).toMatchObject({ told: 1 }); // what was sold meanwhile nobody knows
		expect(slow.heard).toEqual([5, 5]);
		expect(slow.requests[1]).not.toBe(slow.requests[0]);
	});

	it("is an error for a SKU of which no stock was told", async () => {
		await expect(push("NOTHING")).rejects.toMatchObject({ type: "NOT_FOUND" });
	});

	it("is left alone by whoever looked before somebody else took it up", async () => {
		await slowProduct();
		await save({ SLOW: 5 });
		await push("SLOW");
		const [found] = await ToldModel.find().lean<ToldStock[]>();
		await save({ SLOW: 6 });
		await push("SLOW");
		expect(await tell(broker, found as ToldStock)).toEqual({ is: "LATER" });
		expect(slow.heard).toEqual([5, 6]);
	});
});
