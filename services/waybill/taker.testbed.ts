/**
 * A process that takes numbers until somebody kills it: `node taker.testbed.ts <order ids, with commas>`, with the store
 * and keys of the environment. Says `taking` when it begins, and `taken {done, failed}` at the end.
 */
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import OrderService from "../order/order.service.ts";
import JdService from "../platform/jd/jd.service.ts";
import TaobaoService from "../platform/taobao/taobao.service.ts";
import ShopService from "../shop/shop.service.ts";
import SkuService from "../sku/sku.service.ts";
import WaybillService from "./waybill.service.ts";

const orders = (process.argv[2] ?? "").split(",").map((orderId) => ({ orderId }));
const broker = await startBroker(
	EventService,
	ShopService,
	OrderService,
	SkuService,
	WaybillService,
	TaobaoService,
	JdService,
);
process.stdout.write("taking\n");
const wish = { orders, carrier: "ZTO", sender: { name: "发货仓", phone: "13900000000" } };
const { done, failed } = await broker.call<{ done: number; failed: number }, object>("waybill.takeBatch", wish);
process.stdout.write(`taken ${JSON.stringify({ done, failed })}\n`);
await broker.stop();
