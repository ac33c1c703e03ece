import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { eventually, json, truth } from "../hub.ts";
import { type Desk, patienceMs } from "./desk.ts";
import { documentOf, knowCatalogue, orderFor, orderOf } from "./skus.ts";

interface Timeline {
	items: { what: string; by: string; note: string }[];
}
const dialog = (page: Page) => page.locator("dialog[open]").last();
const group = (page: Page, name: string) => page.locator(`.groups [data-group="${name}"]`);

export function exceptionsPage(desk: () => Desk): void {
	describe("the page of exceptions", () => {
		it("links the SKU that an order waits for, and the order leaves for the ERP", async () => {
			await knowCatalogue(desk());
			const orderNo = await orderFor(desk(), 9201, "UMB-BK*2");
			const page = await desk().open("exceptions?kind=SKU_UNMATCHED");
			const row = page.getByRole("row").filter({ hasText: orderNo });
			await row.getByRole("button", { name: "关联 SKU" }).click();
			expect(await dialog(page).getByRole("combobox").inputValue()).toBe("UMB-BK"); // what the hub suggests
			await dialog(page).getByRole("button", { name: "保存关联" }).click();
			await page.getByText("已关联，1 个挂起的订单已重新匹配").waitFor();
			await row.waitFor({ state: "detached" });
			expect((await documentOf(desk(), orderNo))?.lines).toMatchObject([{ sku: "UMB-BK", quantity: 2 }]);
			expect(desk().complaints).toEqual([]);
		}, 180_000);

		it("releases many at once with a note, and says of each that somebody was faster with", async () => {
			await knowCatalogue(desk());
			const numbers = [await orderFor(desk(), 9202, "DESK-HELD-1"), await orderFor(desk(), 9203, "DESK-HELD-2")];
			const orders = await Promise.all(numbers.map((orderNo) => orderOf(desk(), orderNo)));
			for (const { _id } of orders)
				await desk().api.post(`/orders/${encodeURIComponent(_id)}/hold`, { reason: "RISK" });
			const [first, second] = orders;
			const page = await desk().open("exceptions");
			await group(page, "RISK").click();
			await page.waitForURL((url) => decodeURIComponent(url.href).includes("kind=RISK"));
			for (const orderNo of numbers)
				await page.getByRole("row").filter({ hasText: orderNo }).getByLabel("选择").check();
			await page.getByRole("button", { name: "放行（2）" }).click();
			await dialog(page).getByLabel("备注（记入订单日志）").fill("电话核实过");
			await desk().api.post(`/orders/${encodeURIComponent(second?._id ?? "")}/release`, { reason: "RISK" });
			await dialog(page).getByRole("button", { name: "放行" }).click();
			await dialog(page).getByText("成功 1 / 失败 1").waitFor();
			await dialog(page)
				.locator(".failed")
				.filter({ hasText: numbers[1] ?? "" })
				.getByText("订单当前状态不允许此操作")
				.waitFor();
			await dialog(page).getByRole("button", { name: "完成" }).click();

			const { items } = await desk().api.get<Timeline>(`/orders/${encodeURIComponent(first?._id ?? "")}/timeline`);
			expect(items).toContainEqual(
				expect.objectContaining({ what: "order.released", by: "user:admin", note: "电话核实过" }),
			);
			expect((await orderOf(desk(), numbers[0] ?? "")).holds.map(({ reason }) => reason)).toEqual(["SKU_UNMATCHED"]);
			expect(desk().complaints).toEqual([]);
		}, 180_000);

		it("pushes again what the ERP refused, with the ERP's own words, and the ERP has it once", async () => {
			await knowCatalogue(desk());
			const { hub } = desk();
			await json(`${hub.sandbox}/_control/faults`, { target: "erp/qimen", fault: "business-error", times: 1 });
			const orderNo = await orderFor(desk(), 9204, "UMB-BK");
			const page = await desk().open("exceptions?kind=push-rejected");
			const row = page.getByRole("row").filter({ hasText: orderNo });
			await row.getByRole("button", { name: "重推" }).click();
			await page.getByText(`${orderNo}：已重推`).waitFor();
			await row.waitFor({ state: "detached" });
			expect((await documentOf(desk(), orderNo))?.accepted).toBe(1);
			expect(desk().complaints).toEqual([]);
		}, 180_000);

		it("ships by another carrier what the platform would not take", async () => {
			await knowCatalogue(desk());
			const { hub, api } = desk();
			await json(`${hub.sandbox}/_control/erp/qimen`, { autoShip: false });
			try {
				const { orders } = await json<{ orders: { platformOrderId: string }[] }>(
					`${hub.sandbox}/_control/platforms/jd/orders`,
					{ count: 1, seed: 9205, lines: [{ sku: "UMB-BK", quantity: 1 }] },
				);
				const orderNo = orders[0]?.platformOrderId ?? "";
				await documentOf(desk(), orderNo);
				const { _id } = await orderOf(desk(), orderNo);
				const parcels = [{ carrier: "JTSD", trackingNo: "JT9205000000001" }]; // which JD has no code for
				await api.post(`/orders/${encodeURIComponent(_id)}/ship`, { parcels });

				const page = await desk().open("exceptions?kind=ship-failed");
				const row = page.getByRole("row").filter({ hasText: orderNo });
				await row.getByText("平台没有对应的快递公司").waitFor();
				await row.getByRole("button", { name: "换快递" }).click();
				await dialog(page).getByLabel("快递公司").selectOption("SF");
				await dialog(page).getByLabel("运单号").fill("SF9205000000001");
				await dialog(page).getByRole("button", { name: "发货" }).click();
				await page.getByText("已提交发货，正在告知平台").waitFor();
				await eventually(
					async () =>
						(await truth<{ platformOrderId: string; shipped: { trackingNo: string }[] }>(hub, "orders")).find(
							({ platformOrderId }) => platformOrderId === orderNo,
						),
					(order) => order?.shipped.some(({ trackingNo }) => trackingNo === "SF9205000000001") ?? false,
					patienceMs,
					"the parcel on the platform",
				);
				expect(desk().complaints).toEqual([]);
			} finally {
				await json(`${hub.sandbox}/_control/erp/qimen`, { autoShip: true });
			}
		}, 180_000);

		it("tells a person on the phone what there is, and leaves out what his role may not do", async () => {
			await knowCatalogue(desk());
			const orderNo = await orderFor(desk(), 9206, "DESK-HELD-3");
			const viewer = {
				username: "exceptions-viewer",
				password: "a long password",
				name: "看",
				roles: ["viewer"],
				shops: "*",
			};
			await desk().api.post("/users", viewer);
			const page = await desk().open("exceptions", { width: 390, height: 844, ...viewer });
			await page.locator(".groups-phone").selectOption("SKU_UNMATCHED");
			await page.getByRole("row").filter({ hasText: orderNo }).waitFor();
			expect(await page.getByRole("button", { name: "关联 SKU" }).count()).toBe(0);
			expect(await page.getByRole("button", { name: /重新匹配/ }).count()).toBe(0);
			expect(desk().complaints).toEqual([]);
		}, 180_000);
	});
}
