import { describe, expect, it } from "vitest";
import { aboutOf, subjectWords } from "./parked.ts";

const event = (subject: string, body: object = {}) => ({ id: "1", subject, at: "", traceId: "", body: { ...body } });

describe("what is parked", () => {
	it.each([
		[{ event: event("hub.order.ready"), ref: {} }, "订单可推送"],
		[{ event: null, ref: { subject: "hub.order.ready" } }, "订单可推送"],
		[{ event: event("hub.mine.happened"), ref: {} }, "hub.mine.happened"],
		[{ event: null, ref: { kind: "aftersales" } }, "平台售后未收录"],
		[{ event: null, ref: {} }, "未收录的数据"],
	])("%j is called %s", (parked, words) => {
		expect(subjectWords(parked)[0]).toBe(words);
	});

	it.each([
		[{ orderId: "taobao:shop-1:2601:7" }, {}, "2601:7"],
		[{ orderNo: "2601", orderId: "taobao:shop-1:2601" }, {}, "2601"],
		[{ shopId: "shop-1", kind: "products", id: "77" }, {}, "77"],
		[{}, { aftersaleId: "jd:shop-1:R5" }, "R5"],
		[{}, { shopId: "shop-1" }, "shop-1"],
		[{}, {}, "pull:x"],
	])("%j with %j is known by %s", (ref, body, number) => {
		expect(aboutOf({ _id: "pull:x", ref: { ...ref }, event: event("hub.order.ready", body) })).toBe(number);
	});
});
