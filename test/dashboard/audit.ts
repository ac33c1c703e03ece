import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Desk } from "./desk.ts";

export function auditPage(desk: () => Desk): void {
	describe("the audit page", () => {
		it("shows who signed in, and finds what one person did by an address that can be shared", async () => {
			const page = await desk().open("audit?actor=user%3Aadmin&what=account.login");
			const rows = page.locator("tbody tr[data-key]");
			await rows.filter({ hasText: "登录" }).first().waitFor();
			expect(await page.locator("[data-search]").inputValue()).toBe("user:admin");
			for (const text of await rows.allInnerTexts()) expect(text).toMatch(/用户 admin[\s\S]*登录/);
			await rows.first().click();
			await page.locator("dialog").getByText("account.login", { exact: true }).waitFor();
			await page.waitForURL((url) => decodeURIComponent(url.href).includes("entry="));
			await page.goBack();
			await page.locator("dialog").waitFor({ state: "detached" });
			await page.locator("[data-search]").fill("user:nobody");
			await page.locator("[data-search]").press("Enter");
			await page.getByText("这些条件下没有记录").waitFor();
			await page.waitForURL((url) => decodeURIComponent(url.href).includes("actor=user:nobody"));
			expect(desk().complaints).toEqual([]);
		}, 90_000);

		it("finds nothing before the hub was there, and exports what it finds, which is in the audit too", async () => {
			const page = await desk().open("audit?to=2020-01-01T00:00");
			await page.getByText("这些条件下没有记录").waitFor();
			await page.getByRole("button", { name: "清除条件" }).click();
			await page.locator("tbody tr[data-key]").first().waitFor();
			const download = page.waitForEvent("download");
			await page.getByRole("link", { name: "导出 CSV" }).click();
			const csv = await readFile(await (await download).path(), "utf8");
			expect(csv).toContain('"seq","at","actor"');
			expect(csv).toContain('"account.login"');
			await page.locator("select").selectOption("audit.export");
			await page.locator("tbody tr[data-key]").filter({ hasText: "导出审计记录" }).first().waitFor();
			expect(desk().complaints).toEqual([]);
		}, 90_000);

		it("says in words whether the chain is whole, and that an end is gone that never was", async () => {
			const page = await desk().open("audit");
			await page.getByRole("button", { name: "校验完整性" }).click();
			const sheet = page.locator("dialog");
			await sheet.getByRole("button", { name: "开始校验" }).click();
			await sheet.getByText(/完整：\d+ 条记录/).waitFor();
			await sheet.getByRole("textbox").fill(`1:${"x".repeat(43)}`);
			await sheet.getByRole("button", { name: "重新校验" }).click();
			await sheet.getByText("抄下的末尾已不在记录中").waitFor();
			expect(desk().complaints).toEqual([]);
		}, 90_000);
	});
}
