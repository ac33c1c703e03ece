import { describe, expect, it } from "vitest";
import type { Desk } from "./desk.ts";

export function auditPage(desk: () => Desk): void {
	describe("the audit page", () => {
		it("shows who signed in, and finds what one person did by an address that can be shared", async () => {
			const page = await desk().open("audit?actor=user%3Aadmin");
			const rows = page.locator("tbody tr");
			await rows.filter({ hasText: "account.login" }).first().waitFor();
			expect(await page.locator("[data-search]").inputValue()).toBe("user:admin");
			for (const text of await rows.allInnerTexts()) expect(text).toContain("user:admin");
			await page.locator("[data-search]").fill("user:nobody");
			await page.locator("[data-search]").press("Enter");
			await page.getByText("这些条件下没有记录").waitFor();
			expect(page.url()).toContain("actor=user:nobody");
			expect(desk().complaints).toEqual([]);
		}, 90_000);
	});
}
