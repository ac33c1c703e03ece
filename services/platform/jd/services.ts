import { toBeijing } from "../../../config/beijing.ts";
import { hubError } from "../../../config/errors.ts";
import type { HttpAnswer, Listed, NumberedList, ShopAccess, WindowQuery } from "../adapter.ts";
import { badAnswer } from "../answer.ts";
import { isRecord, optionalInteger, type RawRecord, requiredText, rows, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { payloadOf, resultOf } from "./answer.ts";
import { moment, optionalMoment } from "./fields.ts";
import { aftersaleRules } from "./refunds.ts";
import { idNumber, type Params, query } from "./request.ts";

const syncMethod = "jingdong.asc.sync.list";
const listMethod = "jingdong.asc.query.list";
const freightMethod = "jingdong.asc.freight.view";

/** Who acts, in every call about service orders. The account need not be a person's. */
export const operator = ({ sellerId }: ShopAccess): Params => ({
	buId: sellerId,
	operateNick: "OrderHub",
	operatePin: "OrderHub",
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
			query(syncMethod, params(window, 1, 1), (answer) => {
				const total = optionalInteger(resultOf(syncMethod, answer, "pageResult"), "totalCount");
				if (total === null) throw badAnswer(syncMethod, answer, "totalCount is no number");
				return total;
			}),
		page: (window, page) =>
			query(syncMethod, params(window, page, aftersaleRules.pageSize), (answer) =>
				readServices(syncMethod, answer).map(listed),
			),
	};
}

function listed(raw: RawRecord): Listed {
	const row = { id: `S${requiredText(raw, "serviceId")}`, modifiedAt: serviceModifiedAt(raw) };
	return text(raw, "expressCode") === "" ? { ...row, raw } : row;
}

function readServices(method: string, answer: HttpAnswer): RawRecord[] {
	const result = resultOf(method, answer, "pageResult");
	try {
		const services = rows(result, "data");
		for (const service of services) serviceModifiedAt(service);
		return services;
	} catch (err) {
		throw badAnswer(method, answer, (err as Error).message);
	}
}

export function serviceModifiedAt(raw: RawRecord): Date {
	const times = ["updateDate", "updateTime", "freightUpdateDate"].map((field) => optionalMoment(raw, field));
	const latestMs = Math.max(...times.map((at) => at?.getTime() ?? 0));
	return latestMs > 0 ? new Date(latestMs) : moment(raw, "applyTime");
}

/** The service order, with the parcel it came back in as `freight`. */
export function* getService(id: string): Steps<RawRecord> {
	const serviceId = idNumber("aftersaleNo", id);
	const one = (shop: ShopAccess): Params => ({ ...operator(shop), pageNumber: 1, pageSize: 1, serviceId });
	const [service] = yield* query(listMethod, one, (answer) => readServices(listMethod, answer));
	if (!service) throw hubError("PLATFORM_REFUSED", "服务单不存在", { method: listMethod });
	if (text(service, "expressCode") === "") return service;
	const orderId = idNumber("orderId", requiredText(service, "orderId"));
	const freight = yield* query(freightMethod, (shop) => ({ ...operator(shop), orderId, serviceId }), freightOf);
	return { ...service, freight };
}

/** The parcel the buyer told of, or nothing where 京东 knows no more than its number. */
function freightOf(answer: HttpAnswer): RawRecord {
	const { result } = payloadOf(freightMethod, answer);
	const data = isRecord(result) ? result.data : undefined;
	const [first] = Array.isArray(data) ? data : [data];
	return isRecord(first) ? first : {};
}
