/**
 * A gateway for the documented examples: the hub's own services with a simulated ERP, stand-ins for platforms and what
 * works on them, and everything that the examples name. For tests.
 */
import type { ServiceSchema } from "moleculer";
import { runSandbox } from "../../../sandbox/testing/running.ts";
import { actionsOfTree } from "../../../scripts/actions.ts";
import AftersaleService from "../../aftersale/aftersale.service.ts";
import AlertService from "../../alert/alert.service.ts";
import ChannelService from "../../alert/channel/channel.service.ts";
import { startRobot } from "../../alert/channel/receivers.testbed.ts";
import ConnectionService from "../../connection/connection.service.ts";
import ErpService from "../../erp/erp.service.ts";
import EventService from "../../event/event.service.ts";
import ExportService from "../../export/export.service.ts";
import FeedService from "../../feed/feed.service.ts";
import ManualPlatformService from "../../order/manual-platform.service.ts";
import OrderService from "../../order/order.service.ts";
import RuleService from "../../order/rule.service.ts";
import ProductService from "../../product/product.service.ts";
import ShipmentService from "../../shipment/shipment.service.ts";
import ShopService from "../../shop/shop.service.ts";
import SkuService from "../../sku/sku.service.ts";
import StockService from "../../stock/stock.service.ts";
import ViewService from "../../view/view.service.ts";
import WaybillService from "../../waybill/waybill.service.ts";
import { type Behaviour, startTestbed, type Testbed } from "../testbed.ts";
import { neededBefore, seedExamples } from "./example-things.ts";
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
	...[EventService, ShopService, SkuService, RuleService, OrderService, ManualPlatformService, taobao],
	...[AftersaleService, ProductService, StockService, ShipmentService, ConnectionService, ErpService, AlertService],
	...[WaybillService, FeedService, ChannelService, ViewService, ExportService],
];

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
	const robot = await startRobot("wecom");
	await seedExamples(bed.broker, sandbox.url, robot.url);
	const before = neededBefore(bed.broker);
	return {
		...bed,
		paramsFor: async (operation) => ({ ...examples[operation], ...(await before[operation]?.()) }),
		async end() {
			await bed.stop();
			await robot.stop();
			await sandbox.end();
		},
	};
}
