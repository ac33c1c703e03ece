import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { adminPassword, eventually, json, truth } from "../hub.ts";
import { type Desk, patienceMs } from "./desk.ts";

interface Order {
	_id: string;
	orderNo: string;
	status: string;
	holds: { reason: string; by: string }[];
	memo: { seller: string; flag: string };
	erp: { state: string };
	tags?: string[];
	closedInHub: { by: string } | null;
}

interface Truth {
	platformOrderId: string;
	memo: { seller: string; flag: string };
	shipped: { carrier: string; trackingNo: string }[];
}

const shopId = "taobao-demo";
const idOf = (orderNo: string): string => `taobao:${shopId}:${orderNo}`;
const receiver = {
	...{ name: "欧阳明月", phone: "13812345678", address: "文三路 1 号" },
	...{ province: "浙江省", city: "杭州市", district: "西湖区" },
};

export function ordersPage(desk: () => Desk): void {
	const orderOf = (id: string): Promise<Order> => desk().api.get<Order>(`/orders/${encodeURIComponent(id)}`);
	const untilOrder = (id: string, holds: (order: Order) => boolean, what: string): Promise<Order> =>
		eventually(() => orderOf(id), holds, patienceMs, what);

	/** Not paid, so that they stay where they are. Their numbers. */
	async function unpaid(count: number, seed: number): Promise<string[]> {
		const placed = await json<{ orders: { platformOrderId: string }[] }>(
			`${desk().hub.sandbox}/_control/platforms/taobao/orders`,
			{ count, seed, paid: false },
		);
		const numbers = placed.orders.map(({ platformOrderId }) => platformOrderId);
		for (const no of numbers) await untilOrder(idOf(no), () => true, `order ${no} in the hub`);
		return numbers;
	}

	const row = (page: Page, no: string) => page.locator(`tbody tr[data-key$="${no}"]`);
	const dialog = (page: Page) => page.locator("dialog[open]").last();
	const field = (page: Page, label: string) => dialog(page).getByLabel(label, { exact: true });
	const press = (page: Page, name: string) => dialog(page).getByRole("button", { name, exact: true }).last().click();

	async function stopOrdersOf(sku: string): Promise<string> {
		const verdict = "then"; // named apart: an object with a `then` looks like a promise to whoever reads it
		const rule = { name: "测试审单", when: { skuIn: [sku] }, [verdict]: "HOLD" };
		return (await desk().api.post<{ _id: string }>("/rules", rule))._id;
	}

	/** Later orders are not to be stopped by it. */
	async function forgetRule(id: string): Promise<void> {
		const { token } = await json<{ token: string }>(`${desk().hub.api}/api/v1/auth/login`, {
			username: "admin",
			password: adminPassword,
		});
		await json(`${desk().hub.api}/api/v1/rules/${id}`, undefined, { authorization: `Bearer ${token}` }, "DELETE");
	}

	describe("the order centre", () => {
		it("finds orders by numbers pasted from a table and by tab, in an address that can be shared", async () => {
			const numbers = await unpaid(3, 7101);
			const [first = "", second = "", third = ""] = numbers;
			const page = await desk().open("orders?tab=wait-pay");
			const search = page.locator("[data-search]");
			await page.keyboard.press("/");
			await search.evaluate((field, text) => {
				const clipboardData = new DataTransfer();
				clipboardData.setData("text", text);
				field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true, bubbles: true }));
			}, `${first}\n${second}\n`);
			await row(page, first).waitFor();
			await row(page, third).waitFor({ state: "detached" });
			expect(await page.locator("tbody tr[data-key]").count()).toBe(2);
			await page.waitForURL((url) => url.searchParams.get("q") === `${first} ${second}`);

			await row(page, second).focus();
			await page.keyboard.press("Enter");
			await page.getByRole("dialog", { name: `订单 ${second}` }).waitFor();
			await dialog(page).getByText("等待买家付款", { exact: true }).waitFor();
			await page.goBack();
			await dialog(page).waitFor({ state: "detached" });

			await page.getByText("常用筛选", { exact: true }).click();
			await page.getByLabel("名称", { exact: true }).fill("今天的两单");
			await page.getByRole("button", { name: "保存当前筛选" }).click();
			await page.getByText("已保存「今天的两单」").waitFor();
			await page.getByRole("tab", { name: /已发货/ }).click();
			await page.getByText("这些条件下没有订单").waitFor();
			await page.getByRole("button", { name: "清空筛选" }).click();
			await page.locator("tbody tr[data-key]").first().waitFor();
			await page.waitForURL((url) => url.search === "?tab=shipped");
			await page.getByRole("button", { name: "今天的两单", exact: true }).click();
			await row(page, second).waitFor();
			await page.waitForURL((url) => url.searchParams.get("tab") === "wait-pay");
			expect(desk().complaints).toEqual([]);
		}, 120_000);

		it("holds and releases many with a result for each, and tells why one of them was refused", async () => {
			const [first = "", second = ""] = await unpaid(2, 7102);
			const page = await desk().open(`orders?q=${first}+${second}`);
			await row(page, first).focus();
			await page.keyboard.press("Space");
			await row(page, second).locator("td.check").click();
			await page.getByText("已选 2 单").waitFor();
			await page.getByRole("button", { name: "挂起", exact: true }).click();
			await field(page, "说明").fill("等客服确认");
			await press(page, "挂起");
			await page.getByText("成功 2 / 失败 0").waitFor();
			await press(page, "完成");
			for (const no of [first, second])
				expect((await orderOf(idOf(no))).holds).toMatchObject([{ reason: "MANUAL", by: "user:admin" }]);

			await row(page, first).getByText("人工拦截").waitFor();
			await row(page, first).locator("td.check").click();
			await row(page, second).locator("td.check").click();
			await page.getByRole("button", { name: "解除挂起" }).click();
			await desk().api.post(`/orders/${encodeURIComponent(idOf(second))}/release`, {}); // somebody else was quicker
			await press(page, "解除挂起");
			await page.getByText("成功 1 / 失败 1").waitFor();
			expect(await dialog(page).locator("li.failed").innerText()).toContain("订单当前状态不允许此操作");
			await page.getByRole("button", { name: "重试失败的 1 条" }).waitFor();
			await press(page, "完成");
			await page.getByText("已选 1 单").waitFor(); // the one that failed
			expect((await orderOf(idOf(first))).holds).toEqual([]);

			await page.getByRole("button", { name: "打标签" }).click();
			await field(page, "标签").fill("加急 老客户");
			await press(page, "打标签");
			await page.getByText("成功 1 / 失败 0").waitFor();
			expect((await orderOf(idOf(second))).tags).toEqual(["加急", "老客户"]);
			expect(desk().complaints).toEqual([]);
		}, 120_000);

		it("writes a note and a flag to the platform by F2", async () => {
			const [no = ""] = await unpaid(1, 7103);
			const page = await desk().open(`orders?q=${no}`);
			await row(page, no).focus();
			await page.keyboard.press("F2");
			await field(page, "卖家备注").fill("包装结实一点");
			await field(page, "红旗").check();
			await press(page, "备注 / 插旗");
			await page.getByText(`备注 / 插旗：${no} 已完成`).waitFor();
			const told = await eventually(
				async () => (await truth<Truth>(desk().hub, "orders")).find(({ platformOrderId }) => platformOrderId === no),
				(order) => JSON.stringify(order?.memo).includes("包装结实一点"),
				patienceMs,
				"the note on the platform",
			);
			expect(told?.platformOrderId).toBe(no);
			await row(page, no).getByText("包装结实一点").waitFor();
			await row(page, no).getByRole("img", { name: "红旗" }).waitFor();
			expect(desk().complaints).toEqual([]);
		}, 120_000);

		it("takes an order by hand, audits what a rule stopped, and tells its story", async () => {
			const sku = "PA-AUDIT-1";
			const rule = await stopOrdersOf(sku);
			onTestFinished(() => forgetRule(rule));
			const page = await desk().open("orders");
			await page.getByRole("button", { name: "新建订单" }).click();
			const form = dialog(page);
			await form.getByLabel("店铺").selectOption(shopId);
			for (const [label, value] of Object.entries({
				...{ 姓名: receiver.name, 电话: receiver.phone, 省: receiver.province, 市: receiver.city },
				...{ 区县: receiver.district, 详细地址: receiver.address, 商家编码: sku, 名称: "测试商品", 数量: "3" },
			}))
				await form.getByLabel(label, { exact: true }).fill(value);
			expect(await form.getByRole("button", { name: "创建订单" }).isEnabled()).toBe(true);
			await form.getByLabel("单价（元）").fill("19.999");
			expect(await form.getByRole("button", { name: "创建订单" }).isEnabled()).toBe(false);
			await form.getByLabel("单价（元）").fill("19.90");
			await form.getByText("合计实付 59.70 元").waitFor();
			await form.getByRole("button", { name: "创建订单" }).click();

			await page.getByText("审单规则要求人工审核").first().waitFor();
			const id = new URL(page.url()).searchParams.get("order") ?? "";
			const before = await orderOf(id);
			expect(before.holds).toMatchObject([{ reason: "MANUAL", by: "rule:测试审单" }]);
			await dialog(page).locator(".next").getByRole("button", { name: "审核订单" }).click();
			await field(page, "说明").fill("已电话确认");
			await press(page, "审核通过");
			await untilOrder(id, ({ holds }) => !holds.length, "the order audited");
			await dialog(page).getByText("“已电话确认”").first().waitFor();
			await dialog(page).getByText("用户 admin").first().waitFor();
			expect(desk().complaints).toEqual([]);
		}, 120_000);

		it("shows a receiver in plain for a purpose, which is audited, and ships the order on its platform", async () => {
			const { sandbox } = desk().hub;
			const ships = (autoShip: boolean): Promise<void> => json(`${sandbox}/_control/erp/qimen`, { autoShip });
			onTestFinished(() => ships(true));
			await ships(false);
			const placed = await json<{ orders: { platformOrderId: string }[] }>(
				`${sandbox}/_control/platforms/taobao/orders`,
				{ count: 1, seed: 7105 },
			);
			const no = placed.orders[0]?.platformOrderId ?? "";
			await untilOrder(idOf(no), ({ erp }) => erp.state === "OK", "the order in the ERP");
			const page = await desk().open(`orders?order=${idOf(no)}`);
			await page.getByText("三方一致").waitFor();
			await page.getByRole("button", { name: "查看明文" }).click();
			await field(page, "用途（写入审计）").selectOption("service");
			await page.getByRole("button", { name: "查看", exact: true }).click();
			await page.getByText(/秒后自动隐藏/).waitFor();
			expect(await page.locator("[data-plain]").innerText()).not.toContain("*");
			await page.getByRole("button", { name: "立即隐藏" }).click();
			expect(await page.locator("[data-plain]").count()).toBe(0);
			const { items } = await desk().api.get<{ items: { what: string; ref: string }[] }>("/audit?actor=user:admin");
			expect(items.some(({ what, ref }) => what === "order.reveal" && ref === idOf(no))).toBe(true);

			await dialog(page).locator("footer").getByRole("button", { name: "发货" }).click();
			expect(await dialog(page).getByRole("button", { name: "发货", exact: true }).isDisabled()).toBe(true);
			await field(page, "快递公司").selectOption("SF");
			await field(page, "运单号").fill("SF7105000000001");
			await press(page, "发货");
			await eventually(
				async () => (await truth<Truth>(desk().hub, "orders")).find(({ platformOrderId }) => platformOrderId === no),
				(order) => order?.shipped[0]?.trackingNo === "SF7105000000001",
				patienceMs,
				"the parcel on the platform",
			);
			await dialog(page).getByText("平台已发货").waitFor();
			expect(desk().complaints).toEqual([]);
		}, 150_000);

		it("gives an order up and takes it back, and does not offer what a viewer may not do", async () => {
			const [no = ""] = await unpaid(1, 7106);
			const page = await desk().open(`orders?order=${idOf(no)}`);
			await dialog(page).locator("footer").getByRole("button", { name: "作废" }).click();
			await press(page, "作废");
			await untilOrder(idOf(no), ({ closedInHub }) => closedInHub !== null, "the order closed in the hub");
			await dialog(page).locator(".next").getByRole("button", { name: "如需继续，重新打开" }).click();
			await press(page, "重新打开");
			await untilOrder(idOf(no), ({ closedInHub }) => closedInHub === null, "the order reopened");

			await desk().api.post("/users", {
				...{ username: "pa-viewer", password: "a-password-for-viewers" },
				...{ name: "看客", roles: ["viewer"], shops: "*" },
			});
			const looks = await desk().open(`orders?order=${idOf(no)}`, {
				username: "pa-viewer",
				password: "a-password-for-viewers",
			});
			await dialog(looks).getByText("建议操作").waitFor();
			expect(await dialog(looks).locator("footer button").count()).toBe(0);
			expect(await looks.getByRole("button", { name: "查看明文" }).count()).toBe(0);
			expect(desk().complaints).toEqual([]);
		}, 150_000);
	});
}
