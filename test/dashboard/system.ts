import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { json } from "../hub.ts";
import { type Desk, sticksOut, violations } from "./desk.ts";

const dialog = (page: Page, name: string) => page.getByRole("dialog", { name });

/** Whether the gateway lets somebody in, as a person or as a program. */
const letsIn = (desk: Desk, path: "login" | "token", body: object): Promise<boolean> =>
	json(`${desk.hub.api}/api/v1/auth/${path}`, body).then(
		() => true,
		() => false,
	);

export function systemPage(desk: () => Desk): void {
	describe("the system page", () => {
		it("gives a user a first password that works, roles and shops, a new password, and ends his access", async () => {
			const page = await desk().open("system");
			await page.getByRole("button", { name: "新增用户" }).click();
			const fresh = dialog(page, "新增用户");
			await fresh.getByLabel("账号").fill("wang.li");
			await fresh.getByLabel("姓名").fill("王丽");
			await fresh.getByLabel("运营").uncheck();
			await fresh.getByLabel("仓库").check();
			await fresh.getByLabel("仅所选店铺").check();
			await fresh.getByLabel(/淘宝/).first().check();
			await fresh.getByRole("button", { name: "新增", exact: true }).click();
			const once = dialog(page, "初始密码");
			const password = await once.locator("code").innerText();
			await once.getByRole("button", { name: "我已保存" }).click();
			const { roles, shops } = await desk().api.get<{ roles: string[]; shops: string[] }>("/users/wang.li");
			expect([roles, shops.length]).toEqual([["warehouse"], 1]);
			expect(await letsIn(desk(), "login", { username: "wang.li", password })).toBe(true);

			await page.locator("tr[data-key='wang.li']").click();
			await page.waitForURL((url) => decodeURIComponent(url.href).includes("id=wang.li"));
			const user = dialog(page, "用户 wang.li");
			await user.getByRole("button", { name: "重置密码" }).click();
			await dialog(page, "重置密码").getByRole("button", { name: "重置密码" }).click();
			const second = await dialog(page, "初始密码").locator("code").innerText();
			await dialog(page, "初始密码").getByRole("button", { name: "我已保存" }).click();
			expect(await letsIn(desk(), "login", { username: "wang.li", password })).toBe(false);
			expect(await letsIn(desk(), "login", { username: "wang.li", password: second })).toBe(true);

			await page.locator("tr[data-key='wang.li']").click();
			await user.getByRole("button", { name: "停用" }).click();
			await dialog(page, "停用").getByRole("button", { name: "停用" }).click();
			await page.locator("tr[data-key='wang.li']").getByText("已停用").waitFor();
			expect(await letsIn(desk(), "login", { username: "wang.li", password: second })).toBe(false);
			expect(desk().complaints).toEqual([]);
		}, 120_000);

		it("tells who changes a user that somebody else changed him meanwhile, and loses nothing", async () => {
			await desk().api.post("/users", {
				username: "zhao",
				name: "赵",
				password: "a-password-for-zhao",
				roles: ["viewer"],
			});
			const page = await desk().open("system?id=zhao");
			const other = await desk().open("system?id=zhao");
			for (const [at, name] of [
				[page, "赵一"],
				[other, "赵二"],
			] as const) {
				await at.getByLabel("姓名").fill(name);
			}
			await page.getByRole("button", { name: "保存" }).click();
			await page.getByRole("dialog").waitFor({ state: "detached" });
			await other.getByRole("button", { name: "保存" }).click();
			await other.getByRole("button", { name: "放弃我的改动，重新读取" }).click();
			await expect.poll(() => other.getByLabel("姓名").inputValue(), { timeout: 20_000 }).toBe("赵一");
			expect((await desk().api.get<{ name: string }>("/users/zhao")).name).toBe("赵一");
		}, 120_000);

		it("shows a program's secret once, and gives it a new one beside the old for a while", async () => {
			const page = await desk().open("system?tab=clients");
			await page.getByRole("button", { name: "新增凭证" }).click();
			const fresh = dialog(page, "新增程序凭证");
			await fresh.getByLabel("凭证编号").fill("desk-erp");
			await fresh.getByLabel("名称").fill("测试 ERP");
			await fresh.getByRole("button", { name: "新增", exact: true }).click();
			const once = dialog(page, "程序密钥");
			const first = await once.locator("code").innerText();
			await once.getByRole("button", { name: "我已保存" }).click();
			await page.locator("tr[data-key='desk-erp']").click();
			await page.getByRole("button", { name: "更换密钥" }).click();
			await dialog(page, "更换密钥").getByLabel("旧密钥保留").selectOption("1");
			await dialog(page, "更换密钥").getByRole("button", { name: "更换密钥" }).click();
			const second = await once.locator("code").innerText();
			await once.getByText("旧密钥可用到").waitFor();
			for (const clientSecret of [first, second])
				expect(await letsIn(desk(), "token", { clientId: "desk-erp", clientSecret })).toBe(true);
			expect(second).not.toBe(first);
			expect(desk().complaints).toEqual([]);
		}, 120_000);

		it("makes, changes and removes an audit rule, and refuses amounts the wrong way round", async () => {
			const page = await desk().open("system?tab=rules");
			const rules = async (): Promise<{ name: string; enabled: boolean; when: object }[]> =>
				(await desk().api.get<{ items: { name: string; enabled: boolean; when: object }[] }>("/rules")).items.filter(
					({ name }) => name === "大额审核",
				);
			await page.getByRole("button", { name: "新增规则" }).click();
			const fresh = dialog(page, "新增规则");
			await fresh.getByLabel("规则名称").fill("大额审核");
			await fresh.getByLabel("实付下限").fill("999999");
			await fresh.getByLabel("实付上限").fill("1");
			await fresh.getByRole("button", { name: "新增", exact: true }).click();
			await fresh.getByRole("alert").waitFor();
			expect(await rules()).toEqual([]);
			await fresh.getByLabel("实付上限").fill("");
			await fresh.getByLabel("省份").fill("新疆\n西藏");
			await fresh.getByRole("button", { name: "新增", exact: true }).click();
			const row = page.locator("tbody tr").filter({ hasText: "大额审核" });
			await row.getByText("实付 ≥ 999,999.00 元 且 省份：新疆、西藏").waitFor();
			await row.click();
			await dialog(page, "审单规则").getByLabel("启用").uncheck();
			await dialog(page, "审单规则").getByRole("button", { name: "保存" }).click();
			await row.getByText("已停用").waitFor();
			expect(await rules()).toMatchObject([{ enabled: false, when: { minPaidFen: 99_999_900 } }]);
			await row.click();
			await dialog(page, "审单规则").getByRole("button", { name: "删除" }).click();
			await dialog(page, "删除").getByRole("button", { name: "删除" }).click();
			await row.waitFor({ state: "detached" });
			expect(await rules()).toEqual([]);
		}, 120_000);

		it("connects an ERP with what its dialect needs, keeps secrets when others change, and switches it off", async () => {
			const page = await desk().open("system?tab=connections");
			await page.getByRole("button", { name: "新增连接" }).click();
			const fresh = dialog(page, "新增 ERP 连接");
			await fresh.getByLabel("ERP", { exact: true }).selectOption("wdt");
			await fresh.getByLabel("名称", { exact: true }).fill("旺店通二号");
			await fresh.getByLabel("编号（可不填）").fill("wdt-two");
			await fresh.getByLabel("接口地址").fill(desk().hub.sandbox);
			await fresh.getByLabel("店铺编号").fill("S9");
			await fresh.getByLabel("卖家账号 sid").fill("sid-1");
			await fresh.getByLabel("Key", { exact: true }).fill("key-1");
			await fresh.getByLabel("密钥", { exact: true }).fill("secret:salt");
			await fresh.getByLabel("其他设置").fill("warehouseNo = WH7");
			await fresh.getByRole("button", { name: "新增", exact: true }).click();
			await page.locator("tr[data-key='wdt-two']").click();
			const edit = dialog(page, "连接 旺店通二号");
			expect(await edit.getByLabel("密钥", { exact: true }).inputValue()).toBe("");
			await edit.getByLabel("店铺编号").fill("S10");
			await edit.getByRole("button", { name: "保存" }).click();
			await edit.waitFor({ state: "detached" });
			await page.locator("tr[data-key='wdt-two']").click();
			await edit.getByRole("button", { name: "停用" }).click();
			await dialog(page, "停用").getByRole("button", { name: "停用" }).click();
			await page.locator("tr[data-key='wdt-two']").getByText("已停用").waitFor();
			expect(await desk().api.get("/connections/wdt-two")).toMatchObject({
				...{ dialect: "wdt", status: "DISABLED", secretNames: ["key", "secret", "sid"] },
				settings: { shopNo: "S10", warehouseNo: "WH7" },
			});
			expect(desk().complaints).toEqual([]);
		}, 120_000);

		it("shows roles, credentials, carriers and settings, changes the signing key and checks secrets, on a phone too", async () => {
			const page = await desk().open("system?tab=certificate", { width: 390, height: 844 });
			await page.getByRole("button", { name: "立即更换" }).click();
			await dialog(page, "立即更换").getByRole("button", { name: "立即更换" }).click();
			await page.getByText(/新密钥 \S+ 将于/).waitFor();
			await page.getByRole("button", { name: "检查密文" }).click();
			await expect.poll(() => page.getByText("全部为当前密钥").count(), { timeout: 40_000 }).toBe(6);
			for (const tab of ["角色", "快递公司", "设置", "审单规则", "ERP 连接", "程序凭证", "密钥与证书"]) {
				await page.getByRole("tab", { name: tab }).click();
				await page.locator(".hub-content table").first().waitFor();
				expect([tab, await sticksOut(page), await violations(page)]).toEqual([tab, [], []]);
			}
			await page.getByRole("tab", { name: "角色" }).click();
			await page.getByLabel(/查找操作/).fill("拦截订单");
			expect(
				await page.locator("tbody tr").filter({ hasText: "拦截订单" }).getByLabel("可以", { exact: true }).count(),
			).toBe(2);
			expect(desk().complaints).toEqual([]);
		}, 150_000);
	});
}
