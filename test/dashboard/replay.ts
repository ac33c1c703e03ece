import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { eventually, json, placeOrders } from "../hub.ts";
import type { Desk } from "./desk.ts";

interface Parked {
	_id: string;
	ref: { orderNo?: string };
	state: string;
	note: string;
}

const root = path.resolve(import.meta.dirname, "../..");

export function replayPage(desk: () => Desk): void {
	describe("the page of what is parked, and of replays", () => {
		it("discards one with a reason and sends another again, each with its own result", async () => {
			const { hub, api } = desk();
			const faults = `${hub.sandbox}/_control/faults`;
			await json(faults, { target: "taobao", fault: "unknown-status", rate: 1 });
			const { orders } = await placeOrders(hub, 2, 70_001);
			const [first = "", second = ""] = orders.map(({ platformOrderId }) => platformOrderId);
			const parked = async (state: string): Promise<Parked[]> =>
				(await api.get<{ items: Parked[] }>(`/parked?state=${state}&limit=200`)).items;
			const has = (rows: Parked[], no: string) => rows.some(({ ref }) => ref.orderNo === no);
			try {
				const both = (rows: Parked[]) => has(rows, first) && has(rows, second);
				await eventually(() => parked("PARKED"), both, 60_000, "both orders parked");
				const page = await desk().open("replay");
				const row = (no: string) => page.locator("tbody tr[data-key]").filter({ hasText: no });
				await row(first).click();
				await page.locator("dialog").getByRole("button", { name: "丢弃" }).click();
				const why = page.locator("dialog").last();
				await why.getByLabel("原因").fill("测试单");
				await why.getByRole("button", { name: "丢弃", exact: true }).click();
				await page.getByText("成功 1 / 失败 0").waitFor();
				await page.getByRole("button", { name: "完成" }).click();
				const discarded = (await parked("DISCARDED")).find(({ ref }) => ref.orderNo === first);
				expect(discarded?.note).toBe("测试单");

				await json(faults, undefined, {}, "DELETE");
				await row(second).getByRole("checkbox").check();
				await page.getByRole("button", { name: "重新投递 1 条" }).click();
				await page.getByText(/成功 1 \/ 失败 0|失败 1/).waitFor();
				const found = () => api.get<{ items: object[] }>(`/orders?q=${second}`);
				await eventually(found, ({ items }) => items.length === 1, 60_000, "the order taken after all");
				expect(desk().complaints).toEqual([]);
			} finally {
				await json(faults, undefined, {}, "DELETE");
			}
		}, 150_000);

		it("tries a deployed flow over stored orders and finds no difference to itself", async () => {
			const page = await desk().open("replay?tab=replays");
			await page.getByRole("button", { name: "开始试运行" }).click();
			await page.locator("dialog").getByRole("button", { name: "开始", exact: true }).click();
			const report = page.locator("dialog");
			await report.getByText("没有差异").waitFor({ timeout: 90_000 });
			await page.waitForURL((url) => decodeURIComponent(url.href).includes("replay="));
			expect(desk().complaints).toEqual([]);
		}, 150_000);

		it("tells by cause what another mapping would change, and pushes only what is deployed", async () => {
			const text = await readFile(path.join(root, "config/mappings/erp/qimen/order.jsonata"), "utf8");
			const page = await desk().open("replay?tab=replays");
			await page.getByRole("button", { name: "开始试运行" }).click();
			const form = page.locator("dialog");
			await form.getByLabel("试运行", { exact: true }).selectOption("expression");
			await form.getByLabel("JSONata 表达式").fill(`(${text}) ~> |$|{"probe": "1"}|`);
			await form.getByLabel("ERP 连接").selectOption("qimen-demo");
			await form.getByRole("button", { name: "开始", exact: true }).click();
			const report = page.locator("dialog").first();
			await report.locator("details summary").first().click({ timeout: 90_000 });
			await report.getByText("probe").first().waitFor();
			expect(desk().complaints).toEqual([]);
			await report.getByRole("button", { name: "只推这些" }).first().click();
			const sheet = page.locator("dialog").last();
			await sheet.getByRole("button", { name: /^推送 \d+ 单$/ }).click();
			await sheet.getByRole("alert").filter({ hasText: "deploy it first" }).waitFor();
		}, 180_000);
	});
}
