import { beijing } from "../../beijing.ts";
import { late, shiftAftersales } from "../list-faults.ts";
import type { Aftersale, MarketOrder } from "../market-order.ts";
import { agreeRefund, lineOf, refuse } from "../seller-actions.ts";
import { ownAftersale } from "../shop-call.ts";
import { dayMs } from "./arguments.ts";
import { aftersalesOf, answered, type Call, type Method, pageOf } from "./call.ts";
import { type JdObject, said } from "./envelope.ts";
import { invalid, JdRefusal, missing } from "./errors.ts";
import { refundStatus, unknownState } from "./statuses.ts";

/** Applications for a refund before shipping, the latest first. Source: refundapply.queryPageList. */
const list: Method = (call) =>
	answered("queryResult", said.plain, () => {
		const { args, repeated } = call;
		const page = args.int("pageIndex", 1, 100);
		const size = args.int("pageSize", 1, 50);
		const applied = timesOf(call, "applyTime");
		const checked = timesOf(call, "checkTime");
		const status = args.text("status");
		const orderId = args.text("orderId");
		const found = aftersalesOf(call, "R")
			.filter((each) => within(each.createdMs, applied) && within(checkedMs(each) ?? -1, checked))
			.filter((each) => status === null || String(refundStatus(each)) === status)
			.filter((each) => orderId === null || each.platformOrderId === orderId)
			.reverse();
		const known = late(call, found);
		const query = `refunds:${JSON.stringify([applied, checked, status, orderId, size])}`;
		const shown = repeated.page(call, page, query);
		const result = pageOf(known, shown, size).map((each) => record(call, each, args.flag("showSku")));
		shiftAftersales(call, known);
		return { totalCount: known.length, result };
	});

interface Times {
	fromMs: number;
	toMs: number;
}

/** A window that both ends make; null where neither is given. */
function timesOf({ args }: Call, name: string): Times | null {
	const start = `${name}Start`;
	const end = `${name}End`;
	if (!args.has(start) && !args.has(end)) return null;
	return args.window(start, end, 31 * dayMs);
}

const within = (ms: number, times: Times | null): boolean => !times || (ms >= times.fromMs && ms <= times.toMs);

/** When the seller or 京东 decided; a buyer who withdraws is no decision. */
function checkedMs({ status, modifiedMs }: Aftersale): number | null {
	return status === "DONE" || status === "REFUSED" ? modifiedMs : null;
}

const byId: Method = (call) =>
	answered("queryResult", said.plain, () => {
		const { aftersale } = neededRefund(call);
		const row = record(call, aftersale, true);
		const strange = call.faults.strike(call.shop.platform, ["unknown-status"]);
		return { totalCount: 1, result: [strange ? { ...row, status: unknownState } : row] };
	});

/** Source: refundapply.replyRefund: 1 agreed, 2 refused, 6 agreed and the parcel caught, 9 closed by force. */
const reply: Method = (call) =>
	answered("replyResult", said.plain, () => {
		const { args, market } = call;
		const { order, aftersale } = neededRefund(call);
		const status = args.int("status", 1, 10);
		args.needed("checkUserName");
		const remark = args.text("remark");
		if (status !== 9 && remark === null) throw missing("remark");
		if (args.has("outWareStatus")) args.int("outWareStatus", 1, 2);
		if (status === 2) {
			args.int("rejectType", 1, 5);
			refuse(market, order, aftersale, remark ?? "");
		} else if ([1, 6, 9].includes(status)) agreeRefund(market, order, aftersale);
		else throw invalid("status", "不支持");
	});

function neededRefund(call: Call): { order: MarketOrder; aftersale: Aftersale } {
	const found = ownAftersale(call, `R${call.args.id("id")}`);
	if (!found) throw new JdRefusal("3001", "退款单不存在");
	return found;
}

function record({ market }: Call, aftersale: Aftersale, showSku: boolean): JdObject {
	const order = market.orderOf(aftersale);
	const line = lineOf(order, aftersale.lineId);
	const attributes = line.spec.split(";").map((pair) => pair.split(":").at(-1));
	const checked = checkedMs(aftersale);
	return {
		id: BigInt(aftersale.platformAftersaleId.slice(1)),
		buyerId: "",
		buyerName: `${order.receiver.name.slice(0, 1)}**`,
		orderId: order.platformOrderId,
		applyTime: beijing(aftersale.createdMs),
		applyRefundSum: aftersale.refundFen, // in fen, the one amount that is
		status: refundStatus(aftersale),
		checkTime: checked === null ? "" : beijing(checked),
		checkUserName: checked === null ? "" : "商家",
		checkRemark: aftersale.refusal,
		reason: aftersale.reason,
		systemId: 28,
		storeId: 0,
		partRefundType: order.lines.length > 1 ? 1 : 0,
		skuVoList: showSku
			? [
					{
						skuId: BigInt(line.platformSkuId),
						skuUuid: `u-${line.platformSkuId}`,
						skuName: [line.title, ...attributes].join(" "),
						skuCount: aftersale.quantity,
					},
				]
			: undefined,
	};
}

export const refundMethods: Readonly<Record<string, Method>> = {
	"jingdong.pop.afs.soa.refundapply.queryPageList": list,
	"jingdong.pop.afs.soa.refundapply.queryById": byId,
	"jingdong.pop.afs.soa.refundapply.replyRefund": reply,
};
