import { describe, expect, it } from "vitest";
import { orderNoOf, revisionWords, shownValue } from "./replay.ts";

describe("a replay in words", () => {
	it.each([
		["订单 → ERP (deployed)", "订单 → ERP（已部署）"],
		["order → erp-1 (expression)", "order → erp-1（映射）"],
		["order → erp-1 (qimen/order)", "order → erp-1 (qimen/order)"],
		["pushed", "ERP 已收到的单据"],
		["nothing", "空（尚未部署）"],
	])("the revision %s is %s", (label, words) => {
		expect(revisionWords({ label, hash: "" })[0]).toBe(words);
	});

	it("shows an order by the platform's number, and values as they are", () => {
		expect(orderNoOf("jd:shop-1:26:01")).toBe("26:01");
		expect([undefined, null, "", 0, ["a"], "x"].map(shownValue)).toEqual(["—", "—", "", "0", '["a"]', "x"]);
	});
});
