/** Many orders, straight into the store as the hub would have stored them: the same for the same seed. */
import { database } from "../mixins/database.ts";
import { type Random, seeded } from "../sandbox/random.ts";
import { mergeOrder } from "../services/order/merge.ts";
import { OrderModel } from "../services/order/order.model.ts";
import { platformOrder } from "../services/order/order.sample.ts";
import type { Order, OrderStatus, PlatformOrder } from "../services/order/order.ts";
import { searchable } from "../services/order/search.ts";

const dayMs = 86_400_000;
const shops = ["taobao", "jd", "pdd", "douyin", "weixin", "kuaishou", "xiaohongshu"];
const provinces = ["广东省", "浙江省", "江苏省", "山东省", "四川省", "福建省"];
const carriers = ["SF", "YTO", "ZTO", "STO"];
const titles = ["加厚保温杯", "纯棉圆领短袖T恤", "帆布手提包", "明前龙井茶", "护眼台灯"];

/** The older, the further it is. */
const statusAt = (ageDays: number, chance: number): OrderStatus => {
	if (ageDays > 15) return chance < 0.1 ? "CLOSED" : "COMPLETED";
	if (ageDays > 3) return chance < 0.8 ? "SHIPPED" : "COMPLETED";
	return chance < 0.1 ? "WAIT_PAY" : chance < 0.6 ? "WAIT_SHIP" : "SHIPPED";
};

/** Of the last 60 days, some refused by the ERP. */
export async function storeOrders(storeUrl: string, count: number, seed: string): Promise<void> {
	const random = seeded(seed);
	await database.openUri(storeUrl, { autoIndex: false, autoCreate: false });
	const one = (at: number): object => {
		const platform = random.pick(shops);
		const ageDays = random.next() * 60;
		const placedAt = new Date(Date.now() - ageDays * dayMs);
		const status = statusAt(ageDays, random.next());
		const order = orderOf(
			{ platform, shopId: `${platform}-demo`, orderNo: `88${String(at).padStart(14, "0")}`, status, placedAt },
			random,
		);
		order.erp.state = status === "WAIT_PAY" ? "NONE" : "OK"; // or the hub would push them while something is measured
		if (status === "WAIT_SHIP" && random.chance(0.05)) order.erp.state = "REJECTED";
		if (status !== "WAIT_PAY" && status !== "WAIT_SHIP" && status !== "CLOSED")
			order.parcels = [
				{ carrier: random.pick(carriers), trackingNo: `SF${order.orderNo}`, lines: [], shippedAt: placedAt },
			];
		order.ready = status === "WAIT_SHIP" && !order.holds.length;
		return { ...searchable(order), contentHash: "", shipping: null, outbox: [] };
	};
	for (let done = 0; done < count; done += 500) {
		const part = Array.from({ length: Math.min(500, count - done) }, (_, at) => one(done + at));
		await OrderModel.collection.insertMany(part as never[]);
	}
	await database.close();
}

function orderOf(
	{
		platform,
		shopId,
		orderNo,
		status,
		placedAt,
	}: Pick<PlatformOrder, "platform" | "shopId" | "orderNo" | "status" | "placedAt">,
	random: Random,
): Order {
	const sample = platformOrder();
	const sku = `SKU-${random.pick([1, 2, 3, 4, 5, 6, 7, 8, 9])}`;
	const told = platformOrder({
		...{ platform, shopId, orderNo, status, placedAt, modifiedAt: placedAt },
		paidAt: status === "WAIT_PAY" ? null : placedAt,
		shipDeadline: new Date(placedAt.getTime() + 2 * dayMs),
		receiver: { ...sample.receiver, phone: "*******", province: random.pick(provinces) }, // no digits: no key is needed for their hash
		lines: sample.lines.map((line) => ({
			...line,
			lineId: `${orderNo}1`,
			outerSku: sku,
			title: random.pick(titles),
			status,
		})),
	});
	const merged = mergeOrder(null, told, { now: new Date(), readAt: null, matches: new Map(), marks: [] });
	if (!("next" in merged)) throw new Error("a new order is always created");
	const { next } = merged;
	for (const line of next.lines) line.erpSku = sku;
	next.holds = next.holds.filter(({ reason }) => reason !== "SKU_UNMATCHED");
	return next;
}
