import { beijing } from "../../beijing.ts";
import { yuan } from "../../money.ts";
import { late, shiftAftersales } from "../list-faults.ts";
import type { Aftersale } from "../market-order.ts";
import { lineOf } from "../seller-actions.ts";
import { ownAftersale } from "../shop-call.ts";
import { dayMs } from "./arguments.ts";
import { aftersalesOf, answered, type Call, checkOperator, type Method, pageOf } from "./call.ts";
import { companyName } from "./carriers.ts";
import { type JdObject, said } from "./envelope.ts";
import { JdRefusal, missing } from "./errors.ts";
import { expectations, serviceStatuses, unknownState, versionOf } from "./statuses.ts";

/** Service orders by when they changed, or by when a number of the returned parcel was told. Source: asc.sync.list. */
const sync: Method = (call) =>
	answered("pageResult", said.service, () => {
		checkOperator(call);
		const { args } = call;
		const byFreight = args.has("freightUpdateDateBegin");
		if (!byFreight && !args.has("updateTimeBegin")) throw missing("updateTimeBegin");
		const { fromMs, toMs } = byFreight
			? args.window("freightUpdateDateBegin", "freightUpdateDateEnd", 31 * dayMs)
			: args.window("updateTimeBegin", "updateTimeEnd", 31 * dayMs);
		const found = aftersalesOf(call, "S")
			.filter((each) => !byFreight || each.returnParcel)
			.filter(({ modifiedMs }) => modifiedMs >= fromMs && modifiedMs <= toMs);
		return page(call, found, `${byFreight ? "freight" : "update"}:${fromMs}:${toMs}`);
	});

/** By anything but the time of a change; here: by its number or its order's. Source: asc.query.list. */
const query: Method = (call) =>
	answered("pageResult", said.service, () => {
		checkOperator(call);
		const { args } = call;
		const serviceId = args.text("serviceId");
		const orderId = args.text("orderId");
		if (serviceId === null && orderId === null) throw missing("serviceId");
		const found = aftersalesOf(call, "S")
			.filter((each) => serviceId === null || each.platformAftersaleId === `S${serviceId}`)
			.filter((each) => orderId === null || each.platformOrderId === orderId);
		const { data, ...rest } = page(call, found, `query:${serviceId}:${orderId}`);
		return { ...rest, data: madeStrange(call, data) };
	});

function page(call: Call, found: Aftersale[], name: string): JdObject & { data: JdObject[] } {
	const { args, repeated } = call;
	const pageNumber = args.int("pageNumber", 1, 100_000, 1);
	const pageSize = args.int("pageSize", 1, 50, 10);
	const sorted = found.sort((a, b) => b.modifiedMs - a.modifiedMs || b.sequence - a.sequence);
	const known = name.startsWith("query") ? sorted : late(call, sorted);
	const shown = repeated.page(call, pageNumber, `services:${name}:${pageSize}`);
	const data = pageOf(known, shown, pageSize).map((each) => serviceRecord(call, each));
	if (!name.startsWith("query")) shiftAftersales(call, known);
	return { totalCount: known.length, pageNumber, pageSize, data };
}

function madeStrange({ faults, shop }: Call, rows: JdObject[]): JdObject[] {
	if (rows.length === 0 || !faults.strike(shop.platform, ["unknown-status"])) return rows;
	return rows.map((row, at) => (at === 0 ? { ...row, serviceStatus: unknownState } : row));
}

/** Ids and amounts are numbers here. */
function serviceRecord({ market }: Call, aftersale: Aftersale): JdObject {
	const { type, platformAftersaleId, returnParcel, refusal } = aftersale;
	const order = market.orderOf(aftersale);
	if (type === "REFUND_BEFORE_SHIP") throw new Error(`after-sale ${platformAftersaleId} is no service order`);
	const line = lineOf(order, aftersale.lineId);
	const [expect, expectName] = expectations[type];
	const [status, statusName] = serviceStatuses[aftersale.status];
	return {
		serviceId: BigInt(platformAftersaleId.slice(1)),
		applyId: BigInt(platformAftersaleId.slice(1)) + 100_000_000n,
		orderId: BigInt(order.platformOrderId),
		orderType: 22,
		skuId: BigInt(line.platformSkuId),
		skuUuid: `u-${line.platformSkuId}`,
		wareName: line.title,
		serviceCount: aftersale.quantity,
		customerExpect: expect,
		customerExpectName: expectName,
		serviceStatus: status,
		serviceStatusName: statusName,
		approveResultName: refusal || undefined,
		questionTypeCid1: 1001,
		questionTypeCid1Name: aftersale.reason,
		applyTime: beijing(aftersale.createdMs),
		updateDate: beijing(aftersale.modifiedMs),
		freightUpdateDate: returnParcel ? beijing(aftersale.modifiedMs) : undefined,
		expressCode: returnParcel?.trackingNo,
		actualPayPrice: Number(yuan(aftersale.refundFen)),
		customerPin: "",
		customerName: `${order.receiver.name.slice(0, 1)}**`,
		customerTel: `${order.receiver.mobile.slice(0, 3)}****${order.receiver.mobile.slice(-4)}`,
		pickwareType: 40,
		pickwareAddress: `${order.receiver.province}${order.receiver.city}****`,
		sysVersion: versionOf(aftersale),
	};
}

/** The parcel the goods come back in. Source: asc.freight.view. */
const freight: Method = (call) =>
	answered("result", said.service, () => {
		checkOperator(call);
		const found = ownAftersale(call, `S${call.args.id("serviceId")}`);
		if (found?.order.platformOrderId !== call.args.id("orderId")) throw new JdRefusal("4001", "服务单不存在");
		const parcel = found.aftersale.returnParcel;
		if (!parcel) return {};
		const { carrier, trackingNo } = parcel;
		return { data: { expressCompany: companyName(carrier), expressCode: trackingNo, freightMoney: 0 } };
	});

export const serviceMethods: Readonly<Record<string, Method>> = {
	"jingdong.asc.sync.list": sync,
	"jingdong.asc.query.list": query,
	"jingdong.asc.freight.view": freight,
};
