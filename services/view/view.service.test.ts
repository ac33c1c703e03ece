import type { ServiceBroker } from "moleculer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBroker } from "../../test/broker.ts";
import type { View } from "./view.model.ts";
import ViewService from "./view.service.ts";

let broker: ServiceBroker;
beforeAll(async () => {
	broker = await startBroker(ViewService);
});
afterAll(() => broker.stop());

const call = (action: string, params: object, actor = "user:li"): Promise<{ views: View[] }> =>
	broker.call<{ views: View[] }, object>(action, params, { meta: { actor } });
const view = (name: string, query: View["query"] = { tab: "to-ship" }): View => ({ name, query, columns: ["orderNo"] });

describe("views", () => {
	it("are kept for the page and the person they are of, in order", async () => {
		const views = [view("加急"), view("广东", { province: "广东", tab: "to-print" })];
		await call("view.save", { page: "orders", views });
		expect(await call("view.list", { page: "orders" })).toEqual({ views });
		expect(await call("view.list", { page: "aftersales" })).toEqual({ views: [] });
		expect(await call("view.list", { page: "orders" }, "user:ann")).toEqual({ views: [] });
	});

	it("are replaced as a whole", async () => {
		await call("view.save", { page: "pushes", views: [view("a"), view("b")] });
		await call("view.save", { page: "pushes", views: [view("b", {})] });
		expect(await call("view.list", { page: "pushes" })).toEqual({ views: [view("b", {})] });
	});

	it.each([
		["of one name", [view("a"), view("a")], "views[1].name"],
		["too large", [view("a", { q: "1".repeat(900), r: "1".repeat(900), s: "1".repeat(900) })], "views[0].query"],
		["with digits of a phone", [view("a", { phoneTail: "1234" })], "views[0].query"],
	])("are refused when they are %s", async (_, views, field) => {
		await expect(call("view.save", { page: "orders", views })).rejects.toMatchObject({
			type: "INVALID",
			data: { field },
		});
	});

	it.each([
		["fifty-one", Array.from({ length: 51 }, (_, at) => view(`v${at}`))],
		["a field of another name", [{ ...view("a"), shared: true }]],
		["a filter that is no word", [view("a", { $where: "1" })]],
	])("are refused with %s", async (_, views) => {
		await expect(call("view.save", { page: "orders", views })).rejects.toMatchObject({ type: "VALIDATION_ERROR" });
	});
});
