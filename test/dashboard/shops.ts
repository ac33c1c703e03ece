import { describe, expect, it } from "vitest";
import { eventually } from "../hub.ts";
import type { Desk } from "./desk.ts";

interface Shop {
	_id: string;
	status: string;
	reason: string;
	pull: { products: { everySec: number } };
}

export function shopsPage(desk: () => Desk): void {
	describe("the shops page", () => {
		it("shows how far each shop is read, hour by hour, and what its platform can do", async () => {
			const page = await desk().open("shops?platform=jd");
			const row = page.locator("tbody tr[data-key]");
			await row.getByRole("img", { name: /订单：.*已读全/ }).waitFor();
			expect(await row.count()).toBe(1);
			await row.click();
			const drawer = page.locator("dialog");
			await drawer.getByRole("tab", { name: "平台能力" }).click();
			await drawer.getByText("平台不支持，只能整单发").waitFor();
			await drawer.getByRole("tab", { name: "退货地址" }).click();
			await drawer.locator(".addresses li").first().waitFor();
			await page.goto(page.url().replace(/\?.*/, "?tab=platforms"));
			await page.getByRole("rowheader", { name: "拼多多" }).waitFor();
			expect(desk().complaints).toEqual([]);
		}, 90_000);

		it("reads a range again with its progress, and says why it cannot read what is too long ago", async () => {
			const page = await desk().open("shops?shop=kuaishou-demo");
			const again = page.locator("dialog .again");
			await again.getByRole("button", { name: "补拉" }).click();
			await again.getByText(/补拉完成/).waitFor();
			const { items } = await desk().api.get<{ items: { by: string; asked: boolean; state: string }[] }>(
				"/shops/kuaishou-demo/windows?kind=orders&limit=200",
			);
			expect(items.filter(({ asked }) => asked)).toContainEqual(
				expect.objectContaining({ by: "user:admin", state: "DONE" }),
			);
			expect(desk().complaints).toEqual([]);
			await again.getByLabel("时间从").fill("2015-01-01T00:00");
			await again.getByRole("button", { name: "补拉" }).click();
			await again.getByRole("alert").waitFor();
		}, 90_000);

		it("adds a shop whose secrets nobody sees again, changes it, and tells of somebody else's change", async () => {
			const id = `shop-${Date.now()}`;
			const page = await desk().open("shops");
			await page.getByRole("button", { name: "新增店铺" }).click();
			const dialog = page.locator("dialog");
			await dialog.getByLabel("店铺名称").fill("新开的店");
			await dialog.getByLabel("卖家编号").fill(id);
			await dialog.getByLabel("店铺编号").fill(id);
			await dialog.getByLabel("应用 Key").fill("key-of-the-app");
			await dialog.getByLabel("应用密钥").fill("never-shown-again");
			await dialog.getByLabel("接口网关").fill(`${desk().hub.sandbox}/taobao/router/rest`);
			await dialog.getByRole("button", { name: "新增", exact: true }).click();
			await dialog.getByText("卖家尚未授权").waitFor();
			const read = () => desk().api.get<Shop>(`/shops/${id}`);
			expect(JSON.stringify(await read())).not.toContain("never-shown-again");
			await dialog.getByRole("tab", { name: "授权" }).click();
			expect(await dialog.getByLabel("应用密钥").inputValue()).toBe("");

			await dialog.getByRole("tab", { name: "设置" }).click();
			await dialog.getByLabel("商品间隔秒数").fill("1800");
			await dialog.getByRole("button", { name: "保存" }).click();
			await eventually(read, ({ pull }) => pull.products.everySec === 1_800, 30_000, "the setting saved");
			await page.getByText("设置已保存").waitFor();
			await dialog.getByRole("button", { name: "停用店铺" }).click();
			const why = page.locator("dialog").last();
			await why.getByLabel("原因").fill("换了主体");
			await why.getByRole("button", { name: "停用", exact: true }).click();
			await dialog.getByText("店铺已停用：不拉取").waitFor();
			expect(await read()).toMatchObject({ status: "DISABLED", reason: "换了主体" });
			expect(desk().complaints).toEqual([]);

			const other = await desk().open(`shops?shop=${id}&part=settings`);
			const theirs = other.locator("dialog");
			await theirs.getByLabel("店铺名称").fill("别人改的名");
			await theirs.getByRole("button", { name: "保存" }).click();
			await other.getByText("设置已保存").waitFor();
			await dialog.getByLabel("每日可查看明文收件人").fill("5");
			await dialog.getByRole("button", { name: "保存" }).click();
			await dialog.getByRole("button", { name: "放弃我的改动，读取最新设置" }).click();
			await eventually(
				() => dialog.getByLabel("店铺名称").inputValue(),
				(name) => name === "别人改的名",
				30_000,
				"the other's name",
			);
		}, 120_000);

		it("makes the link by which a seller lets the app in again", async () => {
			const page = await desk().open("shops?shop=taobao-demo&part=authorisation");
			const drawer = page.locator("dialog");
			await drawer.getByRole("button", { name: "生成授权链接" }).click();
			const link = drawer.getByRole("link", { name: "打开授权页" });
			expect(await link.getAttribute("href")).toContain(`${desk().hub.sandbox}/taobao/`);
			expect(desk().complaints).toEqual([]);
		}, 90_000);
	});
}
