/**
 * A gateway for the documented examples: the hub's own services with a simulated ERP, stand-ins for platforms and what
 * works on them, and everything that the examples name. For tests.
 */
import type { ServiceSchema } from "moleculer";
import { type RunningSandbox, runSandbox } from "../../../sandbox/testing/running.ts";
import { actionsOfTree } from "../../../scripts/actions.ts";
import { platformAftersale } from "../../aftersale/aftersale.sample.ts";
import AftersaleService from "../../aftersale/aftersale.service.ts";
import AlertService from "../../alert/alert.service.ts";
import AuditService from "../../audit/audit.service.ts";
import ConnectionService from "../../connection/connection.service.ts";
import { genericCase } from "../../erp/dialect-cases.ts";
import ErpService from "../../erp/erp.service.ts";
import { pushIdOf } from "../../erp/push-id.ts";
import EventService from "../../event/event.service.ts";
import ManualPlatformService from "../../order/manual-platform.service.ts";
import { platformOrder } from "../../order/order.sample.ts";
import OrderService from "../../order/order.service.ts";
import type { PlatformOrder } from "../../order/order.ts";
import RuleService from "../../order/rule.service.ts";
import ProductService from "../../product/product.service.ts";
import ShipmentService from "../../shipment/shipment.service.ts";
import ShopService from "../../shop/shop.service.ts";
import SkuService from "../../sku/sku.service.ts";
import StockService from "../../stock/stock.service.ts";
import WaybillService from "../../waybill/waybill.service.ts";
import { adminPassword, type Behaviour, startTestbed, type Testbed } from "../testbed.ts";
import { type Example, examples } from "./examples.ts";

const address = { province: "浙江省", city: "杭州市", district: "余杭区", town: "", address: "仓前街道 1 号" };
const waybillAccount = { carrier: "SF", branchCode: "571A", accountCode: "", left: 100, sender: [address] };

const taobao: ServiceSchema = {
	name: "platform.taobao",
	actions: {
		can: () => ({ parts: "lines", manyParcels: true, carriers: ["SF"], waybills: true, printClient: "cainiao" }),
		ship: () => undefined,
		shipped: () => [],
		remark: () => undefined,
		"receiver.reveal": () => ({ name: "示例收件人", phone: "10000000000", address: "仓前街道 1 号" }),
		"aftersales.decide": () => undefined,
		"waybill.accounts": () => [waybillAccount],
		"waybill.templates": () => [],
		"waybill.take": () => ({ trackingNo: "SF4751200000033", carrier: "SF", platformNo: "", printData: "" }),
		"waybill.print-data": () => "what the print client reads",
		"waybill.cancel": () => undefined,
		"aftersales.reasons": () => [{ code: "1", text: "已发货" }],
		"aftersales.addresses": () => [{ id: "1001", text: "杭州市余杭区" }],
	},
};

const emptyPage = () => ({ items: [], nextCursor: null });
const standIns: Behaviour = {
	"pull.windows": emptyPage,
	"replay.list": emptyPage,
	"replay.rows": emptyPage,
};

const real: ServiceSchema[] = [
	...[EventService, AuditService, ShopService, SkuService, RuleService, OrderService, ManualPlatformService, taobao],
	...[AftersaleService, ProductService, StockService, ShipmentService, ConnectionService, ErpService, AlertService],
	WaybillService,
];

const shopId = "taobao-demo";
const off = { enabled: false };

export interface ExampleBed extends Testbed {
	/** The operation's example, its placeholders filled, once everything it names is there and in a state for it. */
	paramsFor(operation: string): Promise<Example>;
	end(): Promise<void>;
}

export async function startExampleBed(): Promise<ExampleBed> {
	const sandbox = await runSandbox();
	await sandbox.control("POST", "erp/generic", { autoShip: false });
	const actions = await actionsOfTree();
	const params = Object.fromEntries([...actions].map(([name, action]) => [name, { ...action.params }]));
	const bed = await startTestbed(standIns, params, real);
	const things = thingsOf(bed, sandbox);
	await things.seed();
	return {
		...bed,
		paramsFor: async (operation) => ({ ...examples[operation], ...(await things.before[operation]?.()) }),
		async end() {
			await bed.stop();
			await sandbox.end();
		},
	};
}

interface Things {
	seed(): Promise<void>;
	/** What an operation needs that no example before it left so. Returns what its example could not know. */
	before: Readonly<Record<string, () => Promise<object | undefined>>>;
}

function thingsOf({ broker }: Testbed, sandbox: RunningSandbox): Things {
	const call = <T = unknown>(action: string, params: object, actor = "platform:taobao"): Promise<T> =>
		broker.call<T, object>(action, params, { meta: { actor } });
	const shown = <T = unknown>(action: string): Promise<T> => call<T>(action, { ...examples[action] }, "user:admin");
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

	async function seed(): Promise<void> {
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
		const { dialect, name, url, settings, secrets } = genericCase.connection(sandbox.url);
		await call("connection.create", { id: "generic-demo", dialect, name, url, settings, secrets });
		const document = genericCase.document("4704368000001000037");
		await call("erp.push", { connectionId: "generic-demo", kind: "order", orderId, document });
		for (const operation of ["sku.saveErpSkus", "stock.save"]) await shown(operation);
		await call("sku.link", { ...examples["sku.link"], outerSku: "CUP-WH-500" }, "user:admin");
		await Promise.all([waybill(), shipment(), rule("seeded"), client("seeded"), parked("seeded")]);
		await call("alert.raise", { key: "orders-late", level: "warning", reason: "orders are late" }, "flow:watch");
	}

	return {
		seed,
		before: {
			"account.login": async () => ({ username: "admin", password: adminPassword }),
			"account.token": async () => {
				const { secret } = await call<{ secret: string }>("client.create", {
					id: "erp-3",
					name: "ERP",
					scopes: ["erp"],
				});
				return { clientId: "erp-3", clientSecret: secret };
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
			"sku.unlink": () => shown("sku.link").then(() => undefined),
			"sku.unlinkOne": () => shown("sku.link").then(() => undefined),
			"shipment.retry": shipment,
			"waybill.take": waybillOrder,
			"waybill.get": waybill,
			"waybill.printData": waybill,
			"waybill.printed": waybill,
			"waybill.recycle": waybill,
			"user.get": () => user("shown"),
			"user.update": () => user("changed"),
			"client.get": async () => ({ id: (await client("shown")).id }),
			"client.update": async () => ({ id: (await client("changed")).id }),
			"erp.retry": rejected,
			"erp.skip": rejected,
			"event.replay": () => parked("example-1"),
			"event.discard": () => parked("example-2"),
		},
	};
}

const product = {
	...{ platform: "taobao", shopId, productNo: "600000000001", outerCode: "", title: "加厚保温杯", imageUrl: "" },
	...{ status: "ON_SALE", rawStatus: "onsale", modifiedAt: "2026-01-02T03:04:05Z", skus: [] },
};
