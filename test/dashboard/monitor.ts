import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { eventually } from "../hub.ts";
import { type Desk, patienceMs } from "./desk.ts";

interface Alert {
	_id: string;
	state: "OPEN" | "CLOSED";
}

/** A flow that raises an alert as soon as it runs; as an integrator deploys it. */
async function raise(page: Page, key: string): Promise<void> {
	const inject = { id: `${key}-in`, type: "inject", once: true, onceDelay: 0.1, props: [], wires: [[`${key}-alert`]] };
	const alert = {
		...{ id: `${key}-alert`, type: "alert", hub: "order-hub", version: 1, mode: "raise", level: "critical" },
		...{ key, keyType: "str", reason: "仓库门锁了", reasonType: "str", wires: [[]] },
	};
	const nodes = [inject, alert].map((node) => ({ ...node, x: 200, y: 100, z: key }));
	const status = await page.evaluate(
		async (flow) => {
			const headers = { "Content-Type": "application/json" };
			const answer = await fetch("/flow", { method: "POST", headers, body: JSON.stringify(flow) });
			return answer.status;
		},
		{ id: key, label: key, nodes },
	);
	expect(status).toBe(200);
}

const alertOf = async (desk: Desk, key: string): Promise<Alert | undefined> =>
	(await desk.api.get<{ items: Alert[] }>("/alerts?kind=flow.raised&limit=200")).items.find(({ _id }) =>
		_id.endsWith(key),
	);

export function monitorPage(desk: () => Desk): void {
	describe("the monitor", () => {
		it("shows what became of pushes in figures that are the hub's, which hours were read, and the processes", async () => {
			const page = await desk().open("monitor?hours=72");
			await page
				.getByRole("img", { name: /每小时推送 ERP/ })
				.locator("svg")
				.waitFor();
			const figures = page.locator("details.figures").first();
			await figures.locator("summary").click();
			const { items } = await desk().api.get<{ items: object[] }>("/pushes?state=OK&limit=200");
			const shown = async (): Promise<number> => {
				const cells = await figures.locator("tbody td:nth-child(2)").allInnerTexts();
				return cells.reduce((sum, text) => sum + Number(text), 0);
			};
			await eventually(shown, (seen) => seen >= items.length, patienceMs, "the pushes in the table");
			await page.getByText("待处理事件").waitFor();
			await page.getByRole("tab", { name: "拉取" }).click();
			await page
				.getByRole("img", { name: /已读全/ })
				.first()
				.waitFor();
			await page.getByRole("tab", { name: "进程" }).click();
			const process = page.locator("[data-process]").filter({ hasText: "order" }).first();
			await process.getByText("正常").or(process.getByText("繁忙")).waitFor();
			await page.goBack();
			await page.getByRole("tab", { name: "拉取", selected: true }).waitFor();
			expect(desk().complaints).toEqual([]);
		}, 120_000);

		it("settles by hand what a flow raised", async () => {
			const key = `door-${Date.now()}`;
			const page = await desk().open("monitor?tab=alerts");
			await raise(page, key);
			const row = page.locator("tbody tr", { hasText: key });
			await row.getByText("仓库门锁了").waitFor();
			await row.click();
			const detail = page.locator("dialog.side");
			await detail.getByText("按流程的说明处理", { exact: false }).waitFor();
			await detail.getByRole("button", { name: "结束告警" }).click();
			await page.locator("dialog").last().getByRole("button", { name: "结束告警" }).click();
			await page.getByText("告警已结束").waitFor();
			await row.waitFor({ state: "detached" });
			expect(await alertOf(desk(), key)).toMatchObject({ state: "CLOSED" });
			await page.getByLabel("状态").selectOption("CLOSED");
			await row.getByText("已恢复").waitFor();
			await page.waitForURL((url) => url.searchParams.get("state") === "CLOSED");
			expect(desk().complaints).toEqual([]);
		}, 120_000);

		it("adds an alert channel, says in words why its test is refused, switches it off and deletes it", async () => {
			const name = `值班群 ${Date.now()}`;
			const page = await desk().open("monitor?tab=channels");
			await page.getByRole("button", { name: "添加渠道" }).click();
			const dialog = page.locator("dialog");
			await dialog.getByLabel("名称").fill(name);
			await dialog.getByLabel("类型", { exact: true }).selectOption("wecom");
			await dialog.getByLabel("Webhook 地址").fill("http://169.254.169.254/cgi-bin/webhook/send?key=canary-key");
			await dialog.getByLabel("严重").check();
			await dialog.getByRole("button", { name: "保存" }).click();
			const channel = page.locator("li", { hasText: name });
			await channel.getByText("严重").waitFor();
			expect(await page.content()).not.toContain("canary-key");
			expect(desk().complaints).toEqual([]);
			await channel.getByRole("button", { name: "发送测试" }).click();
			await page.locator(".hub-notices .failed").first().waitFor();
			await channel.getByRole("button", { name: "停用" }).click();
			await channel.getByRole("button", { name: "启用" }).waitFor();
			await channel.getByRole("button", { name: "删除" }).click();
			await page.locator("dialog").getByRole("button", { name: "删除" }).click();
			await channel.waitFor({ state: "detached" });
			const { items } = await desk().api.get<{ items: { name: string }[] }>("/alert-channels");
			expect(items.map((each) => each.name)).not.toContain(name);
		}, 120_000);
	});
}
