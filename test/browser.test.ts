import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, signInAtEditor } from "./chromium.ts";
import {
	type Api,
	adminPassword,
	eventually,
	freshDir,
	type Hub,
	json,
	placeOrders,
	removeDir,
	signIn,
	startDemo,
} from "./hub.ts";

interface OrderSeen {
	_id: string;
	erp: { state: string; docNo: string };
	parcels: { trackingNo: string }[];
}

interface PushSeen {
	_id: string;
	reason: string;
	document: { deliveryOrder: { buyerMessage: string } };
}

const patienceMs = 45_000; // for one condition, on a busy machine

describe("in a browser", () => {
	let dir: string;
	let hub: Hub;
	let api: Api;
	let browser: Browser;
	let broken: string[]; // what the pages of a test threw

	beforeAll(async () => {
		dir = await freshDir();
		browser = await launchBrowser();
		hub = await startDemo(dir);
		api = await signIn(hub);
	}, 300_000);
	afterEach(async () => {
		for (const context of browser.contexts()) await context.close();
	});
	afterAll(async () => {
		await browser?.close();
		await hub?.process.stop();
		await removeDir(dir);
	});

	async function openPage(url: string, { locale = "zh-CN", width = 1280, height = 800 } = {}): Promise<Page> {
		const context = await browser.newContext({ locale, viewport: { width, height } });
		context.setDefaultTimeout(patienceMs);
		const page = await context.newPage();
		broken = [];
		page.on("pageerror", (err) => broken.push(String(err)));
		await page.goto(url);
		return page;
	}

	async function signInAt(page: Page, password: string): Promise<void> {
		await page.locator("input[name=username]").fill("admin");
		await page.locator("input[name=password]").fill(password);
		await page.locator("button").click();
	}

	async function openDashboard(options?: Parameters<typeof openPage>[1]): Promise<Page> {
		const page = await openPage(`${hub.editor}/dashboard`, options);
		await signInAt(page, adminPassword);
		await tableRow(page, "orders", "").first().waitFor();
		return page;
	}

	const tableRow = (page: Page, group: "orders" | "troubles" | "platforms", text: string): Locator =>
		page.locator(`#nrdb-ui-group-dashboard-group-${group} tbody tr`, { hasText: text });

	async function placeOne(seed: number): Promise<string> {
		const { orders } = await placeOrders(hub, 1, seed);
		return orders[0]?.platformOrderId as string;
	}

	const found = <T>(route: string, holds: (first: T) => boolean, what: string): Promise<T> =>
		eventually(
			async () => (await api.get<{ items: T[] }>(route)).items[0] as T,
			(first) => Boolean(first) && holds(first),
			patienceMs,
			what,
		);

	it("shows the dashboard to the right password only", async () => {
		const page = await openPage(`${hub.editor}/dashboard`);
		await signInAt(page, "not-the-password");
		await page.getByRole("alert").filter({ hasText: "账号或密码不正确" }).waitFor();
		await signInAt(page, adminPassword);
		await page.getByRole("heading", { name: "最新订单" }).waitFor();
		expect(await page.locator(".v-app-bar-title").innerText()).toBe("工作台");
		expect(new URL(page.url()).pathname).toMatch(/^\/dashboard/);
		expect(broken).toEqual([]);
	}, 90_000);

	it("shows a new order with its platform, ERP document and tracking number, without reloading", async () => {
		const page = await openDashboard();
		let loads = 0;
		page.on("load", () => loads++);
		const no = await placeOne(31);
		const row = tableRow(page, "orders", no).filter({ hasText: "已发货" });
		await row.waitFor();
		const order = await found<OrderSeen>(`/orders?q=${no}`, ({ parcels }) => parcels.length > 0, "the shipped order");
		const text = await row.innerText();
		for (const part of ["淘宝", "已推送", order.erp.docNo, order.parcels[0]?.trackingNo]) expect(text).toContain(part);
		expect(order.erp.docNo).not.toBe("");
		expect(loads).toBe(0);
		expect(broken).toEqual([]);
	}, 90_000);

	it("shows what the ERP refuses, in the ERP's words", async () => {
		const page = await openDashboard();
		await json(`${hub.sandbox}/_control/faults`, { target: "erp/qimen", fault: "business-error", times: 1 });
		const no = await placeOne(37);
		const row = tableRow(page, "troubles", no).filter({ hasText: "ERP 拒绝" });
		await row.waitFor();
		const { _id } = await found<OrderSeen>(`/orders?q=${no}`, ({ erp }) => erp.state === "REJECTED", "the refusal");
		const push = await found<PushSeen>(
			`/pushes?orderId=${encodeURIComponent(_id)}`,
			({ reason }) => reason !== "",
			"the push",
		);
		expect(push.reason).toContain("库存不足");
		expect(await row.innerText()).toContain(push.reason);
		await tableRow(page, "orders", no).filter({ hasText: "ERP 拒绝" }).waitFor();
		expect(broken).toEqual([]);
	}, 90_000);

	it("speaks English to a browser that asks for it", async () => {
		const page = await openDashboard({ locale: "en-US" });
		await page.getByRole("heading", { name: "Latest orders" }).waitFor();
		expect(await page.locator(".v-app-bar-title").innerText()).toBe("Dashboard");
		await tableRow(page, "orders", "Taobao").first().waitFor();
		expect(await page.locator("html").getAttribute("lang")).toBe("en-US");
	}, 90_000);

	it("warns of an authorisation that ends soon, in either language", async () => {
		const off = { enabled: false };
		await api.post("/shops", {
			platform: "jd",
			name: "快到期的店",
			sellerId: "1",
			app: { key: "key", secret: "secret" },
			token: { access: "access", expiresAt: new Date(Date.now() + 86_400_000) }, // without a refresh token
			pull: { orders: off, aftersales: off, products: off },
		});
		for (const [locale, ...words] of [
			["zh-CN", "京东", "授权将到期", "有效至"],
			["en-US", "JD", "authorisation ending", "valid until"],
		] as const) {
			const row = tableRow(await openDashboard({ locale }), "troubles", "快到期的店");
			await row.waitFor();
			for (const word of words) expect(await row.innerText()).toContain(word);
		}
		expect(broken).toEqual([]);
	}, 90_000);

	it.each([
		["zh-CN", "平台能力", ["淘宝 / 天猫", "京东", "拼多多", "抖店", "微信小店", "快手小店", "小红书"], "平台不支持"],
		[
			"en-US",
			"What the platforms can do",
			["Taobao / Tmall", "JD", "Pinduoduo", "Douyin", "Weixin shop", "Kuaishou", "Xiaohongshu"],
			"not supported",
		],
	])(
		"says in %s what each platform can do and what not, once asked",
		async (locale, title, names, no) => {
			const page = await openDashboard({ locale });
			const rows = tableRow(page, "platforms", "");
			const heading = page.getByRole("heading", { name: title });
			await heading.waitFor();
			expect(await rows.first().isVisible()).toBe(false);
			await heading.click();
			await rows.first().waitFor();
			expect(await rows.count()).toBe(names.length);
			for (const name of names) {
				const cells = await tableRow(page, "platforms", name).locator("td").allInnerTexts();
				expect(cells).toHaveLength(10);
				expect(cells.filter((text) => text.trim() === "")).toEqual([]);
			}
			expect(await tableRow(page, "platforms", names[1] as string).innerText()).toContain(no); // JD ships whole orders only
			expect(broken).toEqual([]);
		},
		90_000,
	);

	it("fits a phone without scrolling sideways", async () => {
		const page = await openDashboard({ width: 390, height: 844 });
		await page.getByRole("heading", { name: "平台能力" }).click();
		await tableRow(page, "platforms", "京东").waitFor();
		// What sticks out inside the page may be cut off instead of widening it, so every element is looked at.
		const sticksOut = await page.evaluate<string[]>(
			`[...document.querySelectorAll("body *")]
				.filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
				.map((each) => each.outerHTML.slice(0, 120))`,
		);
		expect(sticksOut).toEqual([]);
		expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
	}, 90_000);

	it("maps the next order the new way after the mapping is changed in the editor and deployed", async () => {
		const page = await openPage(hub.editor);
		await signInAtEditor(page);
		await page.locator(".red-ui-tab.active", { hasText: "订单 → ERP" }).waitFor();
		const node = (name: string): Locator => page.locator(`[id="order-to-erp-${name}"]`);
		for (const name of ["in", "get", "map", "push", "ok", "rejected", "doubt", "catch", "park"])
			await node(name).waitFor();

		const file = path.resolve(import.meta.dirname, "../config/mappings/erp/qimen/order.jsonata");
		const mapping = (await readFile(file, "utf8")).replace("order.memo.buyer", '"改过的映射"');
		await node("map").dblclick();
		const dialog = page.locator("#dialog-form");
		await dialog.locator(".view-lines", { hasText: "deliveryorder.create" }).waitFor(); // the file's own text
		await dialog.locator("#node-input-source").selectOption("inline");
		await dialog.locator(".view-lines").click();
		await page.keyboard.press("ControlOrMeta+a");
		await page.keyboard.insertText(mapping);
		await page.locator("#node-dialog-ok").click();
		const deploy = page.locator("#red-ui-header-button-deploy");
		await page.locator("#red-ui-header-button-deploy:not(.disabled)").waitFor();
		const deployed = page.waitForResponse(
			(answer) => answer.url().endsWith("/flows") && answer.request().method() === "POST",
		);
		await deploy.click();
		expect((await deployed).status()).toBe(200);

		const no = await placeOne(41);
		const { _id } = await found<OrderSeen>(`/orders?q=${no}`, ({ erp }) => erp.state === "OK", "the pushed order");
		const { _id: pushId } = await found<PushSeen>(`/pushes?orderId=${encodeURIComponent(_id)}`, () => true, "the push");
		const push = await api.get<PushSeen>(`/pushes/${encodeURIComponent(pushId)}`);
		expect(push.document.deliveryOrder.buyerMessage).toBe("改过的映射");
		await node("push").locator(".red-ui-flow-node-status-label", { hasText: "成功" }).waitFor();
		await node("ok").locator(".red-ui-flow-node-status-label", { hasText: "已确认" }).waitFor();
		expect(broken).toEqual([]);
	}, 150_000);
});
