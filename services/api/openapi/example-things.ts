/** What the documented examples name, made as they need it. For tests. */
import type { ServiceBroker } from "moleculer";
import { platformAftersale } from "../../aftersale/aftersale.sample.ts";
import { genericCase } from "../../erp/dialect-cases.ts";
import { pushIdOf } from "../../erp/push-id.ts";
import { platformOrder } from "../../order/order.sample.ts";
import type { PlatformOrder } from "../../order/order.ts";
import { adminPassword } from "../testbed.ts";
import { examples } from "./examples.ts";

const shopId = "taobao-demo";
const off = { enabled: false };

const caller =
	(broker: ServiceBroker) =>
	<T = unknown>(action: string, params: object, actor = "platform:taobao"): Promise<T> =>
		broker.call<T, object>(action, params, { meta: { actor } });

/** One thing of each kind, new with every call. */
function makers(broker: ServiceBroker) {
	const call = caller(broker);
	const order = async (over: Partial<PlatformOrder> = {}): Promise<{ id: string }> => {
		const { id } = await call<{ id: string }>("order.save", platformOrder({ shopId, ...over }));
		return { id };
	};
	const push = async (document: object): Promise<{ id: string }> => {
		const { id: orderId } = await order();
		const asked = { connectionId: "generic-demo", kind: "order", orderId, document };
		await call("erp.push", asked);
		return { id: pushIdOf("generic-demo", "order", orderId) };
	};
	const rejected = () => push(genericCase.required.drop(genericCase.document("4704368000001000040")));
	const parked = async (id: string): Promise<{ id: string }> => {
		const event = { id, subject: "hub.order.ready", at: new Date().toISOString(), traceId: "example", body: {} };
		await call("event.park", { id, source: "orders-to-erp", ref: {}, reason: "no flow took it", event });
		return { id: `orders-to-erp:${id}` };
	};
	const rule = async (name: string): Promise<{ id: string }> => {
		const { _id: id } = await call<{ _id: string }>("rule.create", { ...examples["rule.create"], name }, "user:admin");
		return { id };
	};
	const user = async (username: string): Promise<{ id: string }> => {
		await call("user.create", { ...examples["user.create"], username });
		return { id: username };
	};
	const client = async (id: string): Promise<{ id: string; secret: string }> => {
		const { secret } = await call<{ secret: string }>("client.create", { ...examples["client.create"], id });
		return { id, secret };
	};

	const shipment = async (): Promise<{ id: string | undefined }> => {
		const { id: orderId } = await order();
		const parcels = [{ carrier: "SF", trackingNo: "SF4751200000099" }];
		const { shipments } = await call<{ shipments: { id: string }[] }>("shipment.accept", { orderId, parcels });
		return { id: shipments[0]?.id };
	};
	const waybillOrder = async (): Promise<{ orderId: string }> => ({ orderId: (await order()).id });
	const waybill = async (): Promise<{ id: string }> => {
		const wish = { ...examples["waybill.take"], ...(await waybillOrder()) };
		return { id: (await call<{ _id: string }>("waybill.take", wish))._id };
	};
	/** One that is done. */
	const exported = async () => {
		const { _id: id } = await call<{ _id: string }>("export.start", { ...examples["export.start"] }, "user:admin");
		for (let state = ""; state !== "DONE"; ) ({ state } = await call<{ state: string }>("export.get", { id }));
		return { id };
	};
	const waybills = async (): Promise<{ ids: string[] }> => ({ ids: [(await waybill()).id] });
	const parcels = async (): Promise<{ orders: object[] }> => ({ orders: [{ ...(await waybillOrder()), parcelNo: 1 }] });
	return {
		...{ order, rejected, parked, rule, user, client, shipment, exported },
		...{ waybill, waybillOrder, waybills, parcels },
	};
}

/** What the examples name by its id. `sandboxUrl`: of the simulated ERPs; `robotUrl`: of a chat group's robot. */
export async function seedExamples(broker: ServiceBroker, sandboxUrl: string, robotUrl: string): Promise<void> {
	const call = caller(broker);
	const { order, shipment, waybill, rule, client, parked } = makers(broker);
	const pull = { orders: off, aftersales: off, products: off };
	const token = { access: "access", refresh: "refresh", expiresAt: "2099-01-01T00:00:00.000Z" };
	const shop = { ...examples["shop.create"], id: shopId, sellerId: "2200000000002", pull, token };
	await call("shop.create", shop);
	const [line] = platformOrder().lines;
	if (!line) throw new Error("the sample order has no line");
	const lines = [{ ...line, lineId: "4704368000001000038" }];
	const { id: orderId } = await order({ orderNo: "4704368000001000037", lines });
	await call("aftersale.save", platformAftersale({ shopId, aftersaleNo: "184704368000001" }));
	await call("product.save", product);
	const { dialect, name, url, settings, secrets } = genericCase.connection(sandboxUrl);
	await call("connection.create", { id: "generic-demo", dialect, name, url, settings, secrets });
	const document = genericCase.document("4704368000001000037");
	await call("erp.push", { connectionId: "generic-demo", kind: "order", orderId, document });
	for (const action of ["sku.saveErpSkus", "stock.save"]) await call(action, { ...examples[action] }, "user:admin");
	await call("sku.link", { ...examples["sku.link"], outerSku: "CUP-WH-500" }, "user:admin");
	await Promise.all([waybill(), shipment(), rule("seeded"), client("seeded"), parked("seeded")]);
	await call("alertChannel.create", {
		id: "warehouse-group",
		name: "仓库群",
		kind: "wecom",
		url: robotUrl,
	});
	await call("alert.raise", { key: "orders-late", level: "warning", reason: "orders are late" }, "flow:watch");
}

const product = {
	...{ platform: "taobao", shopId, productNo: "600000000001", outerCode: "", title: "加厚保温杯", imageUrl: "" },
	...{ status: "ON_SALE", rawStatus: "onsale", modifiedAt: "2026-01-02T03:04:05Z", skus: [] },
};

/** What an operation needs that `seedExamples` did not leave so. Each returns what its example could not know. */
export function neededBefore(broker: ServiceBroker): Readonly<Record<string, () => Promise<object | undefined>>> {
	const call = caller(broker);
	const { order, rejected, parked, rule, user, client, shipment, exported, ...more } = makers(broker);
	const { waybill, waybillOrder, waybills, parcels } = more;
	const linked = () => call("sku.link", { ...examples["sku.link"] }, "user:admin").then(() => undefined);
	return {
		"account.login": async () => ({ username: "admin", password: adminPassword }),
		"account.token": async () => {
			const { id, secret } = await client("signs-in");
			return { clientId: id, clientSecret: secret };
		},
		"account.refresh": async () => {
			const signIn = { username: "admin", password: adminPassword };
			const { refreshToken } = await call<{ refreshToken: string }>("account.login", signIn);
			return { refreshToken };
		},
		"order.audit": async () => {
			await call("rule.create", { ...examples["rule.create"], name: "every order", when: {}, shopId: "audited" });
			return order({ shopId: "audited" });
		},
		"order.release": async () => {
			const { id } = await order();
			await call("order.hold", { id, reason: "RISK" }, "user:admin");
			return { id };
		},
		"order.close": order,
		"order.reopen": async () => {
			const { id } = await order();
			await call("order.close", { id }, "user:admin");
			return { id };
		},
		"order.repush": order,
		"rule.get": () => rule("shown"),
		"rule.update": () => rule("changed"),
		"rule.remove": () => rule("removed"),
		"sku.job": async () => ({ id: (await call<{ id: string }>("sku.match", { shopId }, "user:admin")).id }),
		"sku.unlink": linked,
		"sku.unlinkOne": linked,
		"export.get": exported,
		"export.cancel": exported,
		"export.file": exported,
		"shipment.retry": shipment,
		"waybill.take": waybillOrder,
		"waybill.get": waybill,
		"waybill.printData": waybill,
		"waybill.printed": waybill,
		"waybill.recycle": waybill,
		"waybill.takeBatch": parcels,
		"waybill.printDataBatch": waybills,
		"waybill.printedBatch": waybills,
		"waybill.recycleBatch": waybills,
		"waybill.pickList": waybills,
		"user.get": () => user("shown"),
		"user.update": () => user("changed"),
		"client.get": async () => ({ id: (await client("shown")).id }),
		"client.update": async () => ({ id: (await client("changed")).id }),
		"client.rotateSecret": async () => ({ id: (await client("rotated")).id }),
		"erp.retry": rejected,
		"erp.skip": rejected,
		"event.replay": () => parked("example-1"),
		"event.discard": () => parked("example-2"),
	};
}
