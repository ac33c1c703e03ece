import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./chromium.ts";
import { type EditorPage, openEditor } from "./editor-page.ts";
import { eventually, freshDir, type Hub, placeOrders, removeDir, startDemo } from "./hub.ts";

const root = path.resolve(import.meta.dirname, "..");
const { "node-red": parts } = JSON.parse(await readFile(path.join(root, "nodes/package.json"), "utf8")) as {
	"node-red": { nodes: Record<string, string> };
};
const types = Object.keys(parts.nodes);
const languages = ["zh-CN", "en-US"] as const;

const chinese = /[\u4e00-\u9fff]/;
/** A key of a catalogue instead of its text: "order-in.label.name". Names of events look alike: "hub.order.ready". */
const untranslated = new RegExp(
	`(${types.filter((type) => type !== "hub").join("|")}|hub\\.(label|tip|error))\\.[A-Za-z]+\\b`,
);

describe("the flow editor in a browser", () => {
	let dir: string;
	let hub: Hub;
	let browser: Browser;

	beforeAll(async () => {
		dir = await freshDir();
		browser = await launchBrowser();
		hub = await startDemo(dir);
	}, 300_000);
	afterAll(async () => {
		await browser?.close();
		await hub?.process.stop();
		await removeDir(dir);
	});

	describe.each(languages)("in %s, the dialog of", (language) => {
		let editor: EditorPage;
		beforeAll(async () => {
			editor = await openEditor(browser, hub.editor, language);
		}, 120_000);
		afterEach(async () => {
			await editor.cancel();
			editor.broken.length = 0;
		});
		afterAll(() => editor.page.context().close());

		it.each(types)(
			"%s speaks it, offers what the hub has, marks what is wrong, and keeps what is right",
			async (type) => {
				const id = await editor.makeNode(type);
				await editor.openDialog(id);
				expect((await editor.words()).filter((text) => untranslated.test(text))).toEqual([]);
				const translated = await editor.translated();
				expect(translated.length).toBeGreaterThan(0);
				if (language === "en-US") expect(translated.filter((text) => chinese.test(text))).toEqual([]);
				else expect(translated.some((text) => chinese.test(text))).toBe(true);
				for (const { id: select, rows, choices } of await editor.offered())
					expect([select, rows]).toEqual([select, expect.arrayContaining(choices)]);
				for (const field of await editor.spoil(id)) expect(field).toEqual({ id: field.id, marked: true });

				const name = editor.page.locator("#node-input-name, #node-config-input-name");
				await name.fill("名称 1");
				const before = await editor.values();
				await editor.done();
				await editor.openDialog(id);
				expect(await editor.values()).toEqual(before);
				expect(await name.inputValue()).toBe("名称 1");
				await editor.done();
				expect(editor.broken).toEqual([]);
			},
			60_000,
		);
	});

	it("gives a new node the only hub and the only connection there are", async () => {
		const { page, makeNode } = await openEditor(browser, hub.editor, "zh-CN");
		const id = await makeNode("erp-push");
		const { hub: itsHub, connection } = await page.evaluate<Record<string, string>>(
			`(({ hub, connection }) => ({ hub, connection }))(RED.nodes.node("${id}"))`,
		);
		expect([itsHub, connection]).toEqual(["order-hub", "erp-qimen-demo"]);
		await page.context().close();
	}, 90_000);

	it("shows in the mapping's dialog what an order becomes, what is wrong, and which cases fail, before any deploy", async () => {
		const { page, openDialog, done, broken } = await openEditor(browser, hub.editor, "zh-CN");
		const mapping = await readFile(path.join(root, "config/mappings/erp/qimen/order.jsonata"), "utf8");
		const changed = mapping.replace("order.memo.buyer", 'order.memo.buyer & "（改过的映射）"');
		const tab = (name: string) => page.locator(".hub-map .red-ui-tab", { hasText: name }).click();
		const problems = page.locator("#jsonata-map-problems");
		const output = page.locator("#jsonata-map-output");
		const summary = page.locator("#jsonata-map-summary");
		const write = async (text: string): Promise<void> => {
			await page.locator(".hub-map .monaco-editor").first().click(); // the lines themselves may be wider than what is in sight
			await page.keyboard.press("ControlOrMeta+a");
			await page.keyboard.insertText(text);
		};

		await page.locator('[id="order-to-erp-map"]').dblclick();
		await page.locator(".hub-map").waitFor();
		await problems.filter({ hasText: "没有发现问题" }).waitFor();

		const { orders } = await placeOrders(hub, 1, 53);
		const no = orders[0]?.platformOrderId as string;
		await eventually(
			async () => {
				await page.locator("#jsonata-map-search").fill("");
				const answered = page.waitForResponse((answer) => answer.url().endsWith(`/hub/samples/order?q=${no}`));
				await page.locator("#jsonata-map-search").fill(no);
				return (await answered).json() as Promise<unknown[]>;
			},
			(rows) => rows.length === 1,
			45_000,
			"the new order among the samples",
		);
		await output.filter({ hasText: `"deliveryOrderCode": "${no}"` }).waitFor();

		await page.locator("#jsonata-map-copy").click();
		await write(mapping.replace('"deliveryOrderCode":', '"deliveryOrderCod":'));
		const problem = problems.locator(".hub-map-error", { hasText: "deliveryOrderCode" });
		await problem.first().waitFor();
		await write(mapping.replace("order.orderNo &", "order.orderNo & &"));
		await problems.locator(".hub-map-error", { hasText: /第 \d+ 行/ }).click();
		await page.locator("#jsonata-map-stale").waitFor(); // the last output stays in sight
		await page.locator(".hub-map .squiggly-error").waitFor();

		await write(changed);
		await problems.filter({ hasText: "没有发现问题" }).waitFor();
		await output.filter({ hasText: "改过的映射" }).waitFor();
		await tab("用例");
		await summary.filter({ hasText: /个用例，[1-9]\d* 个不通过/ }).waitFor();
		const failing = page.locator("#jsonata-map-cases .hub-map-failed").first();
		expect(await failing.innerText()).toContain("deliveryOrder.buyerMessage");
		await failing.getByRole("button", { name: "移除" }).click();
		await page.locator("#jsonata-map-cases .hub-map-gone").waitFor();
		await page.locator("#jsonata-map-accept-all").click();
		await summary.filter({ hasText: "，0 个不通过" }).waitFor();
		const count = Number.parseInt(await summary.innerText(), 10);
		await page.locator("#jsonata-map-case-name").fill("我的样本");
		await page.locator("#jsonata-map-add").click();
		await summary.filter({ hasText: `${count + 1} 个用例，0 个不通过` }).waitFor();

		await tab("函数");
		await page.locator(".hub-map-functions button", { hasText: "$halfUp" }).click();
		await page.locator(".hub-map .view-lines", { hasText: "$halfUp(value, digits)" }).waitFor();
		await write(changed);

		await done();
		await openDialog("order-to-erp-map");
		expect(await page.locator("#node-input-casesFrom").inputValue()).toBe("qimen/order");
		await summary.filter({ hasText: `${count + 1} 个用例，0 个不通过` }).waitFor({ state: "attached" });
		const kept = await page.evaluate<{ name: string }[]>("RED.nodes.node('order-to-erp-map').cases");
		expect(kept.map(({ name }) => name)).toContain("我的样本");
		expect(broken).toEqual([]);
		await page.context().close();
	}, 150_000);

	it("tries a changed flow over stored orders in the side panel, before any deploy, and tells what differs", async () => {
		const { page, broken } = await openEditor(browser, hub.editor, "zh-CN");
		await page.evaluate(`(${giveAwayFreight})()`);
		await page.evaluate("RED.workspaces.show('order-to-erp'); RED.sidebar.show('order-hub-desk')");
		const panel = page.locator(".hub-desk");
		await panel.locator("option", { hasText: "taobao-demo" }).first().waitFor({ state: "attached" });
		await panel.getByRole("button", { name: "运行本页用例" }).click();
		await panel.getByText(/^\d+ 个用例，[1-9]\d* 个不通过$/).waitFor();
		await panel.getByRole("button", { name: "开始试跑" }).click();
		const cause = panel.locator(".hub-desk-cause");
		await cause.first().waitFor();
		expect(await cause.count()).toBe(1);
		expect(await cause.innerText()).toMatch(/deliveryOrder\.totalAmount · \d+ 单 · 金额 -\d+\.\d\d 元/);
		expect(await panel.innerText()).toContain("对外连接 0 次，被拦下的尝试 0 次。");
		expect((await panel.innerText()).match(/\{\{|__|replay-desk\./g)).toBeNull();
		expect(broken).toEqual([]);
		await page.context().close();
	}, 150_000);
});

/** The mapping of orders, as a copy that forgets what was paid for the freight. */
const giveAwayFreight = `async () => {
	const node = RED.nodes.node("order-to-erp-map");
	const { text } = await $.getJSON("hub/mappings/qimen/order");
	const expression = text.replace("$sum($open.paidFen) + order.money.freightFen", "$sum($open.paidFen)");
	Object.assign(node, { source: "inline", expression, casesFrom: node.file, changed: true });
	RED.nodes.dirty(true);
}`;
