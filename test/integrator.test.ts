import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./chromium.ts";
import { openEditor } from "./editor-page.ts";
import { type Api, eventually, freshDir, type Hub, progress, removeDir, signIn, startDemo } from "./hub.ts";

const mappings = path.resolve(import.meta.dirname, "../config/mappings/erp");

interface PushSeen {
	connectionId: string;
	state: string;
	orderNo: string;
	document: { orderNo: string; remark: string };
}

/** What a new integrator does, by the mouse alone. */
describe("an integrator in a browser", () => {
	let dir: string;
	let hub: Hub;
	let api: Api;
	let browser: Browser;

	beforeAll(async () => {
		dir = await freshDir();
		browser = await launchBrowser();
		hub = await startDemo(dir);
		api = await signIn(hub);
	}, 300_000);
	afterAll(async () => {
		await browser?.close();
		await hub?.process.stop();
		await removeDir(dir);
	});

	async function importExample(page: Page, name: string): Promise<void> {
		const row = (text: string) => page.locator(".red-ui-treeList-label-text:visible", { hasText: text }).first();
		await page.locator("#red-ui-header-button-sidemenu").click();
		await page.locator("#menu-item-import").click();
		await page.locator("li.red-ui-tab:visible", { hasText: "示例" }).click();
		await row("order-hub-nodes").click();
		await row(name).click();
		await page.locator("#red-ui-clipboard-dialog-ok").click();
		await page.locator(".red-ui-notification", { hasText: "导入" }).waitFor();
	}

	/** By the sign beside it in the list of flows. */
	async function toggleTab(page: Page, label: string): Promise<void> {
		const row = page.locator(".red-ui-info-outline-item-flow:visible", { hasText: label });
		await row.scrollIntoViewIfNeeded();
		await row.hover();
		await row.locator(".red-ui-info-outline-item-control-disable").click();
	}

	it("connects an ERP from an example: sees what her mapping changes before any order goes by it, and then in the ERP", async () => {
		const { page, broken } = await openEditor(browser, hub.editor, "zh-CN");
		await importExample(page, "generic JSON ERP");
		const label = "通用 JSON ERP";
		for (const other of ["订单 → ERP", "订单撤回 → ERP", "售后 → ERP"]) await toggleTab(page, other);
		await toggleTab(page, label);
		await page.locator(".red-ui-info-outline-item-flow:visible", { hasText: label }).dblclick();

		// The mapping, with what it makes of a real order before her eyes.
		await page.locator('[id="to-generic-order-map"]').dblclick();
		await page.locator("#jsonata-map-output", { hasText: '"orderNo"' }).waitFor();
		await page.locator("#jsonata-map-copy").click();
		const mapping = await readFile(path.join(mappings, "generic/order.jsonata"), "utf8");
		await page.locator(".hub-map .monaco-editor").first().click();
		await page.keyboard.press("ControlOrMeta+a");
		await page.keyboard.insertText(mapping.replace('"carrier": cfg.carrier', '"carrier": "SF"'));
		await page.locator("#jsonata-map-output", { hasText: '"carrier": "SF"' }).waitFor();
		await page.locator(".hub-map .red-ui-tab", { hasText: "用例" }).click();
		const summary = page.locator("#jsonata-map-summary");
		await summary.filter({ hasText: /，[1-9]\d* 个不通过/ }).waitFor();
		await page.locator("#jsonata-map-accept-all").click();
		await summary.filter({ hasText: "，0 个不通过" }).waitFor();
		await page.locator("#node-dialog-ok").click();
		await page.locator(".red-ui-tray").waitFor({ state: "detached" });

		// The side panel: cases of all mappings, and a dry run over the orders there are.
		await page.locator('[title="试跑与回放"], [aria-label="试跑与回放"]').first().click();
		await page.getByRole("button", { name: "运行本页用例" }).click();
		await page.locator(".hub-desk-good.hub-desk-summary", { hasText: "0 个不通过" }).waitFor();
		await page.getByRole("button", { name: "开始试跑" }).click();
		const report = page.locator(".hub-desk-report");
		await report.getByText("对外连接 0 次，被拦下的尝试 0 次。").waitFor();
		const { orders } = await progress(hub);
		expect(await page.locator(".hub-desk", { hasText: `完成，共 ${orders} 单` }).count()).toBe(1);

		const deployed = page.waitForResponse(
			(answer) => answer.url().endsWith("/flows") && answer.request().method() === "POST",
		);
		await page.locator("#red-ui-header-button-deploy").click();
		expect((await deployed).status()).toBe(200);
		expect(broken).toEqual([]);
		await page.context().close();

		// A buyer, and the ERP, on the simulators' page.
		const market = await (await browser.newContext({ locale: "zh-CN" })).newPage();
		await market.goto(hub.sandbox);
		await market.locator('button[data-platform="jd"][data-count="1"]').click();
		const push = await eventually(
			async () => (await api.get<{ items: PushSeen[] }>("/pushes?connectionId=generic-demo")).items[0],
			(seen) => seen?.state === "OK",
			45_000,
			"the order in the generic ERP",
		);
		await market
			.locator("tr", { hasText: "generic" })
			.filter({ hasText: push?.orderNo ?? "" })
			.waitFor();
		const { items } = await api.get<{ items: { _id: string }[] }>("/pushes?connectionId=generic-demo");
		expect(items).toHaveLength(1);
		expect(await api.get(`/pushes/${encodeURIComponent(items[0]?._id ?? "")}`)).toMatchObject({
			document: { orderNo: push?.orderNo, carrier: "SF" },
		});
		await market.context().close();
	}, 240_000);
});
