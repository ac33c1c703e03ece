import { beijingMs } from "../../beijing.ts";
import { yuan } from "../../money.ts";
import { late } from "../list-faults.ts";
import type { ShelfProduct, ShelfSku } from "../shelf.ts";
import type { Arguments } from "./arguments.ts";
import { answered, type Call, type Method, named, pageOf } from "./call.ts";
import { type JdObject, said } from "./envelope.ts";
import { invalid, JdRefusal } from "./errors.ts";

/** Wares of the shop, filtered by number or by when they changed. Source: ware.read.searchWare4Valid. */
const wares: Method = (call) => {
	const { args, shop, shelf, repeated } = call;
	const ids = args.ids("wareIds");
	if (ids.length > 20) throw invalid("wareIds", "最多20个");
	const status = args.text("wareStatusValue");
	const pageNo = args.int("pageNo", 1, 100_000, 1);
	const pageSize = args.int("pageSize", 1, 100, 20);
	const { fromMs, toMs } = times(args);
	const found = shelf
		.products(shop.platform, shop.shopId)
		.filter((product) => ids.length === 0 || ids.includes(product.productId))
		.filter(({ modifiedMs }) => modifiedMs >= fromMs && modifiedMs <= toMs)
		.filter((product) => status === null || status === String(wareStatus(product)));
	const sorted = sort(args, found);
	const known = ids.length === 0 ? late(call, sorted) : sorted;
	const shown = repeated.page(call, pageNo, `wares:${ids}:${fromMs}:${toMs}:${pageSize}`);
	const fields = args.csv("field");
	const data = pageOf(known, shown, pageSize).map((ware) => named(wareRecord(ware), fields, ["wareId"]));
	return { page: { pageNo, pageSize, totalItem: known.length, data } };
};

/** Ends that are not given are open. */
function times(args: Arguments): { fromMs: number; toMs: number } {
	const end = (name: string, open: number): number => {
		const text = args.text(name);
		if (text === null) return open;
		const ms = beijingMs(text);
		if (ms === null) throw invalid(name, "应为yyyy-MM-dd HH:mm:ss");
		return ms;
	};
	return {
		fromMs: end("startModifiedTime", 0),
		toMs: end("endModifiedTime", Number.POSITIVE_INFINITY),
	};
}

function sort(args: Arguments, wares: ShelfProduct[]): ShelfProduct[] {
	const field = args.text("orderField") ?? "wareId";
	if (!["wareId", "modified", "created"].includes(field)) throw invalid("orderField", "不支持");
	const value = (ware: ShelfProduct): number =>
		field === "modified" ? ware.modifiedMs : field === "created" ? ware.createdMs : Number(ware.productId);
	const sorted = [...wares].sort((a, b) => value(a) - value(b) || Number(a.productId) - Number(b.productId));
	return args.text("orderType") === "asc" ? sorted : sorted.reverse();
}

const wareStatus = ({ onSale }: ShelfProduct): number => (onSale ? 8 : 2);

function wareRecord(ware: ShelfProduct): JdObject {
	const prices = ware.skus.map((sku) => sku.priceFen);
	return {
		wareId: BigInt(ware.productId),
		title: ware.title,
		wareStatus: wareStatus(ware),
		outerId: ware.code,
		itemNum: ware.code,
		jdPrice: Number(yuan(Math.min(...prices))),
		marketPrice: Number(yuan(Math.max(...prices))),
		stockNum: ware.skus.reduce((sum, sku) => sum + sku.stock, 0),
		categoryId: BigInt(ware.categoryId),
		logo: `jfs/t1/${ware.productId}.jpg`,
		modified: ware.modifiedMs,
		created: ware.createdMs,
		onlineTime: ware.createdMs,
	};
}

/** SKUs by their wares or numbers. Source: sku.read.searchSkuList. */
const skus: Method = (call) => {
	const { args, shop, shelf } = call;
	const wareIds = args.ids("wareId");
	const skuIds = args.ids("skuId");
	const pageNo = args.int("pageNo", 1, 100_000, 1);
	const pageSize = args.int("page_size", 1, 100, 20);
	const found = shelf
		.products(shop.platform, shop.shopId)
		.filter((ware) => wareIds.length === 0 || wareIds.includes(ware.productId))
		.flatMap((ware) => ware.skus.map((sku) => ({ ware, sku })))
		.filter(({ sku }) => skuIds.length === 0 || skuIds.includes(sku.platformSkuId));
	const fields = args.csv("field");
	const data = pageOf(found, pageNo, pageSize).map(({ ware, sku }) => named(skuRecord(ware, sku), fields, ["skuId"]));
	return { page: { pageNo, pageSize, totalItem: found.length, data } };
};

/** What the attributes are called is told by the category, not here. */
function skuRecord(ware: ShelfProduct, sku: ShelfSku): JdObject {
	const values = sku.spec.split(";").map((pair) => pair.split(":").at(-1) ?? "");
	return {
		skuId: BigInt(sku.platformSkuId),
		wareId: BigInt(ware.productId),
		wareTitle: ware.title,
		skuName: [ware.title, ...values].join(" "),
		status: ware.onSale ? 1 : 2,
		jdPrice: Number(yuan(sku.priceFen)),
		outerId: sku.sku,
		barCode: sku.barcode,
		stockNum: sku.stock,
		logo: `jfs/t1/${sku.platformSkuId}.jpg`,
		saleAttrs: values.map((value, at) => ({
			attrId: String(1001 + at),
			index: at + 1,
			attrValues: [value],
			attrValueAlias: [],
		})),
		created: ware.createdMs,
		modified: ware.modifiedMs,
	};
}

/** Each SKU is answered for itself. Source: ware.stock.sku.set. */
const setStock: Method = (call) =>
	answered("returnType", said.plain, () => {
		const req = call.args.part("req");
		if (req.needed("updateModel") !== "fullStockIn") throw invalid("updateModel", "不支持");
		req.needed("stockRfId");
		const stocks = req.parts("skuStocks");
		if (stocks.length < 1 || stocks.length > 30) throw new JdRefusal("5001", "skuStocks应为1-30个");
		return { obj: { updateStockResult: stocks.map((stock) => setOne(call, stock)) } };
	});

function setOne({ shop, shelf }: Call, stock: Arguments): JdObject {
	const skuId = stock.id("skuId");
	const sku = shelf.setStock(shop.platform, shop.shopId, skuId, stock.int("stockNum", 0, 1e8));
	const storeId = stock.int("storeId", 0, 1e9, 0);
	return { data: BigInt(skuId), success: Boolean(sku), storeId, message: sku ? "" : "SKU不存在" };
}

export const goodsMethods: Readonly<Record<string, Method>> = {
	"jingdong.ware.read.searchWare4Valid": wares,
	"jingdong.sku.read.searchSkuList": skus,
	"jingdong.ware.stock.sku.set": setStock,
};
