/** A real browser for the tests of pages. */
import { type Browser, chromium as driver, type Page } from "playwright-core";
import { chromium } from "../scripts/chromium.ts";
import { adminPassword } from "./hub.ts";

// Nothing that calls home; Chromium's sandbox does not run as root.
const flags = [
	"--headless=new",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

export const launchBrowser = async (): Promise<Browser> =>
	driver.launch({ executablePath: await chromium(), args: flags });

/** At Node-RED's own form, as the first admin. */
export async function signInAtEditor(page: Page): Promise<void> {
	await page.locator("#node-dialog-login-username").fill("admin");
	await page.locator("#node-dialog-login-password").fill(adminPassword);
	await page.locator("#node-dialog-login-submit").click();
}
