import { toBeijing } from "../../../config/beijing.ts";
import type { HttpAnswer, Listed, NumberedList, ShopAccess, WindowQuery } from "../adapter.ts";
import { countIn, refusedBy, wholePage } from "../answer.ts";
import { idNumber } from "../json-text.ts";
import { isRecord, type RawRecord, requiredText, rows, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { payloadOf, resultOf } from "./answer.ts";
import { moment, optionalMoment } from "./fields.ts";
import { aftersaleRules } from "./refunds.ts";
import { type Params, reads } from "./request.ts";

const syncMethod = "jingdong.asc.sync.list";
const listMethod = "jingdong.asc.query.list";
const freightMethod = "jingdong.asc.freight.view";

/** Who acts, where 京东 asks for a name. The account need not be a person's. */
export const operatorName = "OrderHub";

/** The same, in every call about service orders. */
export const operator = ({ sellerId }: ShopAccess): Params => ({
	buId: sellerId,
	operateNick: operatorName,
	operatePin: operatorName,
});

/**
 * Service orders, all after-sales of shipped goods, by when they changed and by when a number of the returned parcel was
 * told, which moves no time of a change. A row without such a number is whole; with one its carrier is still to be
 * asked for. Source: jingdong.asc.sync.list.
 */
export const serviceLists: readonly [NumberedList, NumberedList] = [
	serviceList("services", "updateTimeBegin", "updateTimeEnd"),
	serviceList("services-freight", "freightUpdateDateBegin", "freightUpdateDateEnd"),
];

function serviceList(name: string, start: string, end: string): NumberedList {
	const params =
		({ from, to }: WindowQuery, pageNumber: number, pageSize: number) =>
		(shop: ShopAccess): Params => ({
			...operator(shop),
			[end]: toBeijing(to),
			pageNumber,
			pageSize,
			[start]: toBeijing(from),
		});
	return {
		name,
		way: "numbered",
		rules: aftersaleRules,
		count: (window) =>
			reads(syncMethod, params(window, 1, 1), (answer) =>
				countIn(syncMethod, answer, resultOf(syncMethod, answer, "pageResult"), "totalCount"),
			),
		page: (window, page) =>
			reads(syncMethod, params(window, page, aftersaleRules.pageSize), (answer) =>
				wholePage(syncMethod, answer, () => servicesIn(syncMethod, answer).map(listed)),
			),
	};
}

function listed(raw: RawRecord): Listed {
	const row = { id: serviceNo(raw), modifiedAt: serviceModifiedAt(raw) };
	return text(raw, "expressCode") === "" ? { ...row, raw } : row;
}

const servicesIn = (method: string, answer: HttpAnswer): RawRecord[] =>
	wholePage(method, answer, () => rows(resultOf(method, answer, "pageResult"), "data"));

export const isService = (raw: RawRecord): boolean => "serviceId" in raw;

/** A service order's number among all after-sales: see `aftersales.ts`. */
export const serviceNo = (raw: RawRecord): string => `S${requiredText(raw, "serviceId")}`;

export function serviceModifiedAt(raw: RawRecord): Date {
	const times = ["updateDate", "updateTime", "freightUpdateDate"].map((field) => optionalMoment(raw, field));
	const latestMs = Math.max(...times.map((at) => at?.getTime() ?? 0));
	return latestMs > 0 ? new Date(latestMs) : moment(raw, "applyTime");
}

/** The service order, with the parcel it came back in as `freight`. */
export function* getService(id: string): Steps<RawRecord> {
	const serviceId = idNumber("aftersaleNo", id);
	const one = (shop: ShopAccess): Params => ({ ...operator(shop), pageNumber: 1, pageSize: 1, serviceId });
	const [service] = yield* reads(listMethod, one, (answer) => servicesIn(listMethod, answer));
	if (!service) throw refusedBy(listMethod, "there is no such service order");
	if (text(service, "expressCode") === "") return service;
	const orderId = idNumber("orderId", requiredText(service, "orderId"));
	const freight = yield* reads(freightMethod, (shop) => ({ ...operator(shop), orderId, serviceId }), freightOf);
	return { ...service, freight };
}

/** The parcel the buyer told of, or nothing where 京东 knows no more than its number. */
function freightOf(answer: HttpAnswer): RawRecord {
	const { result } = payloadOf(freightMethod, answer);
	const data = isRecord(result) ? result.data : undefined;
	const [first] = Array.isArray(data) ? data : [data];
	return isRecord(first) ? first : {};
}
