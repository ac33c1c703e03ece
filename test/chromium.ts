/** A real browser for the tests of pages. */
import { type Browser, chromium as driver, type Page } from "playwright-core";
import { chromium, chromiumFlags } from "../scripts/chromium.ts";
import { adminPassword } from "./hub.ts";

export const launchBrowser = async (): Promise<Browser> =>
	driver.launch({ executablePath: await chromium(), args: [...chromiumFlags] });

/** At Node-RED's own form, as the first admin. */
export async function signInAtEditor(page: Page): Promise<void> {
	await page.locator("#node-dialog-login-username").fill("admin");
	await page.locator("#node-dialog-login-password").fill(adminPassword);
	await page.locator("#node-dialog-login-submit").click();
}
