import { describe, expect, it } from "vitest";
import { eventually, json, placeOrders } from "../hub.ts";
import { type Desk, patienceMs } from "./desk.ts";

interface Counts {
	cards: { name: string; count: number }[];
}

const countOf = async (desk: Desk, card: string): Promise<number> =>
	(await desk.api.get<Counts>("/workbench")).cards.find(({ name }) => name === card)?.count ?? 0;

export function workbenchPage(desk: () => Desk): void {
	describe("the workbench", () => {
		it("shows an order as it comes, without being read anew, and leads to it and to each card's work", async () => {
			const page = await desk().open("workbench");
			const card = page.locator("[data-card=skuUnmatched]");
			await card.waitFor();
			const { orders } = await placeOrders(desk().hub, 1, 7_601);
			const number = orders[0]?.platformOrderId ?? "";
			await page.locator(".latest a", { hasText: number }).waitFor();
			await card.click();
			await page.getByRole("heading", { level: 1, name: "商品与SKU映射" }).waitFor();
			await page.goBack();
			await page.locator(".latest a", { hasText: number }).click();
			await page.waitForURL(/\/orders\?order=/);
			await page.waitForURL((url) => decodeURIComponent(url.href).includes(number));
			expect(desk().complaints).toEqual([]);
		}, 120_000);

		it("tells what the ERP refused, leads to the push, and is quiet again when it was sent", async () => {
			const before = await countOf(desk(), "pushFailed");
			const page = await desk().open("workbench");
			const card = page.locator("[data-card=pushFailed]");
			await json(`${desk().hub.sandbox}/_control/faults`, { target: "erp/qimen", fault: "business-error", times: 1 });
			const { orders } = await placeOrders(desk().hub, 1, 7_602);
			const number = orders[0]?.platformOrderId ?? "";
			const trouble = page.locator("[data-trouble=REJECTED]", { hasText: number });
			await trouble.getByText("ERP 拒绝了单据").waitFor();
			await trouble.getByText("库存不足", { exact: false }).waitFor();
			await card.locator("strong", { hasText: String(before + 1) }).waitFor();
			expect(await card.getAttribute("class")).toContain("red");
			await trouble.getByRole("link").click();
			await page.waitForURL(/\/pushes\?/);
			const query = new URL(page.url()).searchParams;
			expect([query.get("tab"), query.get("q")]).toEqual(["REJECTED", number]);
			await page.goBack();
			await trouble.waitFor();
			const { items } = await desk().api.get<{ items: { _id: string }[] }>(`/pushes?kind=order&q=${number}`);
			await desk().api.post(`/pushes/${encodeURIComponent(items[0]?._id ?? "")}/retry`);
			await trouble.waitFor({ state: "detached" });
			expect(desk().complaints).toEqual([]);
		}, 120_000);

		it("draws today by the hour with the same figures as a table, shop by shop how far it is read, and keeps what was chosen", async () => {
			const page = await desk().open("workbench?measure=paidFen", { theme: "dark" });
			const chart = page.getByRole("img", { name: /今日每小时各平台的金额/ });
			await chart.locator("svg").waitFor();
			await page.getByRole("button", { name: "单量" }).click();
			await page.waitForURL((url) => !url.searchParams.has("measure"));
			await page.getByRole("img", { name: /今日每小时各平台的单量/ }).waitFor();
			const figures = page.locator("details.figures");
			await figures.locator("summary").click();
			const total = async (): Promise<number> => {
				const cells = await figures.locator("tbody td:nth-last-child(2)").allInnerTexts();
				return cells.reduce((sum, text) => sum + Number(text.replaceAll(",", "")), 0);
			};
			const { today } = await desk().api.get<{ today: { orders: number }[] }>("/reports/hours");
			const placed = today.reduce((sum, { orders }) => sum + orders, 0);
			await eventually(total, (seen) => seen >= placed, patienceMs, "today's orders in the table");
			const { items: shops } = await desk().api.get<{ items: { _id: string }[] }>("/shops");
			await page
				.locator(".lags li")
				.nth(Math.min(10, shops.length) - 1)
				.waitFor();
			await page.getByTitle("Switch to English").click();
			await page.getByRole("img", { name: /orders by the hour and platform today/i }).waitFor();
			expect(desk().complaints).toEqual([]);
		}, 120_000);

		it("leads who may not see what is parked to the exceptions instead", async () => {
			const username = `looker-${Date.now()}`;
			await desk().api.post("/users", { username, name: "看的人", password: "looks-and-looks-1", roles: ["viewer"] });
			const page = await desk().open("workbench", { username, password: "looks-and-looks-1" });
			const card = page.locator("[data-card=parked]");
			await card.waitFor();
			expect(await card.getAttribute("href")).toBe("/dashboard/exceptions?kind=record-parked");
			await page.goto(`${desk().hub.editor}/dashboard/monitor`);
			await page.getByRole("tab", { name: "吞吐" }).waitFor();
			expect(await page.getByRole("tab").allInnerTexts()).not.toContainEqual(expect.stringMatching(/渠道|进程/));
			expect(await page.getByText("积压").count()).toBe(0);
			expect(desk().complaints).toEqual([]);
		}, 120_000);
	});
}
