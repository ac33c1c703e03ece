import { toBeijing } from "../../../config/beijing.ts";
import { typeOf } from "../../../config/errors.ts";
import type { PlatformOrder } from "../../order/order.ts";
import type { Documents, HttpAnswer, Listed, NumberedList, PullRules, WindowQuery } from "../adapter.ts";
import { countIn, refusedBy, wholePage } from "../answer.ts";
import { idNumber } from "../json-text.ts";
import { isRecord, type RawRecord, requiredText, rows, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { partOf, payloadOf, resultOf } from "./answer.ts";
import { optionalMoment } from "./fields.ts";
import { modifiedAt, readOrder } from "./order-reader.ts";
import { decidedOrders, refundsOf } from "./refunds.ts";
import { remarkFlag } from "./remark.ts";
import { reads } from "./request.ts";
import { searchedStates, toShipStates } from "./statuses.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

const searchMethod = "jingdong.pop.order.enSearch";
const getMethod = "jingdong.pop.order.enGet";
const unpaidMethod = "jingdong.pop.order.notPayOrderInfo";
const unpaidGetMethod = "jingdong.pop.order.notPayOrderById";

/** The platform answers nothing that is not named. */
const orderFields = [
	..."orderId,venderId,orderType,payType,orderTotalPrice,orderSellerPrice,orderPayment,freightPrice".split(","),
	..."sellerDiscount,balanceUsed,orderState,orderStateRemark,deliveryType,orderRemark,venderRemark".split(","),
	..."orderStartTime,orderEndTime,paymentConfirmTime,modified,waybill,logisticsId,consigneeInfo".split(","),
	..."itemInfoList,couponDetailList,returnOrder,parentOrderId,directParentOrderId,storeOrder,storeId".split(","),
	..."idSopShipmenttype,orderSource,pin,open_id_buyer,xid_buyer,popSignMap".split(","),
].join(",");

/** A window of at most a month, three months back; 100 pages of 100. Source: jingdong.pop.order.enSearch. */
const rules: PullRules = {
	windowMs: day,
	lagMs: 0, // none is documented: what is listed late is met again in the overlap
	overlapMs: 10 * minute,
	pageSize: 100,
	historyMs: 90 * day,
	mostRows: 9_500,
	rereadOpenMs: 10 * minute, // a remark or another address moves no time
};

/**
 * Paid orders by the time their state or waybill changed, the oldest first: what is listed late comes at the end and
 * moves no page. A row is as whole as the detail, but for the colour of a remark and what was paid back of it: such
 * orders come without their document.
 */
const changed: NumberedList = {
	name: "changed",
	way: "numbered",
	rules,
	count: (window) =>
		reads(searchMethod, searchParams(window, 1, 1, "orderId"), (answer) =>
			countIn(searchMethod, answer, resultOf(searchMethod, answer, "searchorderinfo_result"), "orderTotal"),
		),
	*page(window, page) {
		const found = yield* reads(searchMethod, searchParams(window, page, rules.pageSize, orderFields), (answer) =>
			readRows(searchMethod, answer, resultOf(searchMethod, answer, "searchorderinfo_result"), "orderInfoList"),
		);
		const decided = found.length ? yield* decidedOrders(window) : new Set();
		return found.map((row) => (decided.has(row.id) || isLacking(row.raw) ? withoutDocument(row) : row));
	},
};

/** Only the detail has the colour of a remark, and which of its lines an order is locked for. */
const isLacking = (raw: RawRecord = {}): boolean =>
	text(raw, "venderRemark") !== "" || text(raw, "orderState") === "LOCKED";

/** Orders that are not paid for, by the time they were placed. Source: jingdong.pop.order.notPayOrderInfo. */
const unpaid: NumberedList = {
	name: "unpaid",
	way: "numbered",
	rules: { ...rules, rereadOpenMs: null },
	count: (window) =>
		reads(unpaidMethod, unpaidParams(window, 1, 1), (answer) =>
			countIn(unpaidMethod, answer, partOf(unpaidMethod, answer, "paginatedInfo"), "totalItem"),
		),
	page: (window, page) =>
		reads(unpaidMethod, unpaidParams(window, page, rules.pageSize), (answer) =>
			readRows(unpaidMethod, answer, partOf(unpaidMethod, answer, "paginatedInfo"), "pageList").map(withoutDocument),
		),
};

const searchParams = ({ from, to }: WindowQuery, page: number, size: number, fields: string) => ({
	dateType: 0, // by the time of the change
	end_date: toBeijing(to),
	optional_fields: fields,
	order_state: searchedStates.join(","),
	page: String(page),
	page_size: String(size),
	sortType: 0, // ascending
	start_date: toBeijing(from),
});

const unpaidParams = ({ from, to }: WindowQuery, page: number, size: number) => ({
	endDate: toBeijing(to),
	page: String(page),
	pageSize: String(size),
	startDate: toBeijing(from),
});

const readRows = (method: string, answer: HttpAnswer, result: RawRecord, field: string): Listed[] =>
	wholePage(method, answer, () =>
		rows(result, field).map((raw) => ({ id: requiredText(raw, "orderId"), modifiedAt: modifiedAt(raw), raw })),
	);

const withoutDocument = ({ id, modifiedAt }: Listed): Listed => ({ id, modifiedAt });

/** The order, wherever it stands: the unpaid ones are kept apart by the platform. */
function* getOrder(orderNo: string): Steps<RawRecord> {
	const order_id = idNumber("orderNo", orderNo);
	const paid = yield* reads(getMethod, { optional_fields: orderFields, order_id }, orderOf);
	if (paid) return { ...paid, ...(yield* addedTo(paid, order_id)) };
	const placed = yield* reads(unpaidGetMethod, { order_id }, unpaidOrderOf);
	if (placed) return { orderState: "NOT_PAY", ...placed };
	throw refusedBy(getMethod, "the shop has no such order");
}

/** What other APIs know of a paid order, under names of ours. */
function* addedTo(order: RawRecord, order_id: bigint): Steps<RawRecord> {
	const added: RawRecord = {};
	if (text(order, "venderRemark") !== "") added.remarkFlag = yield* remarkFlag(order_id);
	const refunds = toShipStates.has(text(order, "orderState")) ? yield* refundsOf(order_id) : [];
	if (refunds.length) added.refunds = refunds;
	return added;
}

const missing = /不存在|not exist/i;

/** Null for an order that is not there, or not paid for. */
function orderOf(answer: HttpAnswer): RawRecord | null {
	try {
		const { orderInfo } = resultOf(getMethod, answer, "orderDetailInfo");
		return isRecord(orderInfo) ? orderInfo : null;
	} catch (err) {
		if (typeOf(err) === "PLATFORM_REFUSED" && missing.test((err as Error).message)) return null;
		throw err;
	}
}

/** Nothing, or an empty order, where there is no such order. */
function unpaidOrderOf(answer: HttpAnswer): RawRecord | null {
	const { orderDataNotPayInfo: order } = payloadOf(unpaidGetMethod, answer);
	return isRecord(order) && optionalMoment(order, "orderStartTime") ? order : null;
}

export const orders: Documents<PlatformOrder> = {
	lists: [changed, unpaid],
	get: getOrder,
	modifiedAt,
	read: readOrder,
};
