import { describe, expect, it } from "vitest";
import { pages } from "../../dashboard/pages.ts";
import { type Desk, sticksOut, violations } from "./desk.ts";

const settled = ".hub-content > *";

export function everyPage(desk: () => Desk): void {
	describe.each(pages)("the page $name", ({ name, title: [zh, en] }) => {
		it("opens at its own address in both languages, in light and dark, without a complaint of the browser", async () => {
			for (const [locale, title, theme] of [
				["zh-CN", zh, "light"],
				["en-US", en, "dark"],
			] as const) {
				const page = await desk().open(name, { locale, theme });
				await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
				await page.locator(settled).first().waitFor();
				expect(await page.title()).toContain(title);
				expect(await sticksOut(page)).toEqual([]);
				expect(await violations(page)).toEqual([]);
				if (locale === "en-US")
					expect(await page.locator(".hub-content").innerText()).not.toMatch(/undefined|\[object|NaN/);
			}
			expect(desk().complaints).toEqual([]);
		}, 120_000);

		it("fits a phone", async () => {
			const page = await desk().open(name, { width: 390, height: 844 });
			await page.locator(settled).first().waitFor();
			expect(await sticksOut(page)).toEqual([]);
			expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
			expect(desk().complaints).toEqual([]);
		}, 90_000);
	});
}
