import type { ServiceBroker, ServiceSchema } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import { OrderModel } from "../order/order.model.ts";
import { platformOrder } from "../order/order.sample.ts";
import OrderService from "../order/order.service.ts";
import type { Order } from "../order/order.ts";
import ProductService from "../product/product.service.ts";
import { ErpSkuModel } from "./erp-sku.model.ts";
import { forgetErpSkus } from "./erp-skus.ts";
import type { ImportedLinks } from "./import-links.ts";
import SkuService from "./sku.service.ts";
import { SkuLinkModel } from "./sku-link.model.ts";

const shops = [
	{ _id: "taobao-demo", platform: "taobao", name: "旗舰店" },
	{ _id: "jd-demo", platform: "jd", name: "专营店" },
];
const shopService: ServiceSchema = { name: "shop", actions: { list: () => ({ items: shops }) } };

let broker: ServiceBroker;
beforeAll(async () => {
	broker = await startBroker(EventService, OrderService, ProductService, shopService, SkuService);
	await call("sku.saveErpSkus", { items: ["CUP", "LID", "BOX"].map((code) => ({ code })) });
});
afterEach(async () => {
	await SkuLinkModel.deleteMany({});
	await OrderModel.deleteMany({});
});
afterAll(async () => {
	await ErpSkuModel.deleteMany({});
	forgetErpSkus();
	await broker?.stop();
});

const call = <T>(action: string, params: object): Promise<T> =>
	broker.call<T, object>(action, params, { meta: { actor: "user:li" } });
const take = (rows: string[], more: object = {}): Promise<ImportedLinks> => {
	const content = Buffer.from(["店铺,平台规格ID,商家编码,ERP规格,数量", ...rows].join("\n")).toString("base64");
	return call("sku.importLinks", { format: "csv", content, ...more });
};
const counts = ({ total, created, updated, unchanged, failed }: ImportedLinks) => [
	...[total, created, updated, unchanged, failed],
];
const stored = async () =>
	(await SkuLinkModel.find().sort({ _id: 1 }).lean()).map(({ _id, parts, source, version, by }) => [
		...[_id, parts.map(({ erpSku, quantity }) => `${quantity} ${erpSku}`), source, version, by],
	]);

describe("a table of links", () => {
	it("makes a combo of several rows of one SKU, and changes nothing when it comes again", async () => {
		const rows = ["旗舰店,5001,ANY,CUP,", "taobao-demo,,SET,CUP,1", "taobao-demo,,SET,LID,2"];
		expect(counts(await take(rows, { dryRun: true }))).toEqual([3, 2, 0, 0, 0]);
		expect(await stored()).toEqual([]);
		expect(counts(await take(rows))).toEqual([3, 2, 0, 0, 0]);
		const links = [
			["taobao:taobao-demo:code:SET", ["1 CUP", "2 LID"], "manual", 0, "user:li"],
			["taobao:taobao-demo:sku:5001", ["1 CUP"], "manual", 0, "user:li"],
		];
		expect(await stored()).toEqual(links);
		expect(counts(await take(rows))).toEqual([3, 0, 0, 2, 0]);
		expect(await stored()).toEqual(links);
		expect(counts(await take([rows[0]?.replace("CUP", "BOX") ?? ""]))).toEqual([1, 0, 1, 0, 0]);
		expect((await stored())[1]).toEqual(["taobao:taobao-demo:sku:5001", ["1 BOX"], "manual", 1, "user:li"]);
	});

	it("releases the orders that waited for one of them", async () => {
		const order = platformOrder({ shopId: "taobao-demo" });
		const lines = order.lines.map((line) => ({ ...line, platformSkuId: "7001", outerSku: "" }));
		const { id } = await call<{ id: string }>("order.save", { ...order, lines });
		expect(await call<Order>("order.get", { id })).toMatchObject({ holds: [{ reason: "SKU_UNMATCHED" }] });
		const { job } = await take(["旗舰店,7001,,CUP,1"]);
		expect(job).toMatchObject({ released: 1, done: true });
		expect(await call<Order>("order.get", { id })).toMatchObject({ ready: true, holds: [] });
	});

	it.each<[string, string[], row: number, field: string]>([
		["a shop that is not the caller's", ["别家店,1,,CUP,1"], 2, "shop"],
		["no shop", [",1,,CUP,1"], 2, "shop"],
		["neither id nor code", ["旗舰店,,,CUP,1"], 2, "platformSkuId"],
		["an id that lost digits", ["旗舰店,1.2E+15,,CUP,1"], 2, "platformSkuId"],
		["no ERP SKU", ["旗舰店,1,,,1"], 2, "erpSku"],
		["an ERP SKU that is not there", ["旗舰店,1,,CUP,1", "旗舰店,1,,CAP,1"], 3, "erpSku"],
		["one ERP SKU twice", ["旗舰店,1,,CUP,1", "旗舰店,1,,CUP,2"], 3, "erpSku"],
		["half a piece", ["旗舰店,1,,CUP,0.5"], 2, "quantity"],
		["one SKU by both names of its shop", ["旗舰店,1,,CUP,1", "taobao-demo,1,,LID,1"], 3, "shop"],
	])("is told of %s by row and column, in both languages, the rest taken", async (_what, rows, row, field) => {
		const good = "专营店,9,,CUP,1";
		const tried = await take([...rows, good], { dryRun: true });
		expect(tried.errors).toContainEqual({
			...{ row, field, message: expect.stringMatching(/[a-z]/), messageZh: expect.stringMatching(/[一-龥]/) },
		});
		expect(await stored()).toEqual([]);
		expect(await take([...rows, good])).toEqual({ ...tried, job: expect.anything() });
		expect(await stored()).toContainEqual(["jd:jd-demo:sku:9", ["1 CUP"], "manual", 0, "user:li"]);
	});

	it("is for the shop that is named beside it", async () => {
		expect(counts(await take([",1,,CUP,1"], { shopId: "jd-demo" }))).toEqual([1, 1, 0, 0, 0]);
	});

	it("stores thousands", async () => {
		const rows = Array.from({ length: 1_200 }, (_, at) => `旗舰店,${at},,CUP,1`);
		expect(counts(await take(rows))).toEqual([1_200, 1_200, 0, 0, 0]);
	}, 60_000);
});
