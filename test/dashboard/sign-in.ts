import { expect, it } from "vitest";
import { adminPassword } from "../hub.ts";
import { type Desk, patienceMs } from "./desk.ts";

export function signIn(desk: () => Desk): void {
	it("lets in the right password only, and leads to the page that was asked for", async () => {
		const context = await desk().browser.newContext({ locale: "zh-CN" });
		context.setDefaultTimeout(patienceMs);
		const page = await context.newPage();
		const send = async (password: string): Promise<void> => {
			await page.locator("input[name=username]").fill("admin");
			await page.locator("input[name=password]").fill(password);
			await page.locator("button").click();
		};
		await page.goto(`${desk().hub.editor}/dashboard/audit?actor=user%3Aadmin`);
		await send("not-the-password");
		await page.getByRole("alert").filter({ hasText: "账号或密码不正确" }).waitFor();
		await send(adminPassword);
		await page.getByRole("heading", { level: 1, name: "审计" }).waitFor();
		await page.waitForURL((url) => url.searchParams.get("actor") === "user:admin");
	}, 90_000);

	it("opens on the workbench, remembers language and theme, and leads from page to page without reading it anew", async () => {
		const page = await desk().open("", { locale: "zh-CN" });
		await page.getByRole("heading", { level: 1, name: "工作台" }).waitFor();
		let loads = 0;
		page.on("load", () => loads++);
		await page.getByRole("button", { name: "Switch to English" }).click();
		await page.getByRole("button", { name: "Switch to dark" }).click();
		await page.getByRole("link", { name: "Audit", exact: true }).click();
		await page.getByRole("heading", { level: 1, name: "Audit" }).waitFor();
		expect(loads).toBe(0);
		expect(await page.locator("html").getAttribute("lang")).toBe("en-US");
		await page.reload();
		await page.getByRole("heading", { level: 1, name: "Audit" }).waitFor();
		expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
		expect(desk().complaints).toEqual([]);
	}, 90_000);
}
