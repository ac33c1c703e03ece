/** The dashboard in a real browser, before one hub that all suites of a run share: none may count on what others did. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../chromium.ts";
import { type Api, adminPassword, freshDir, type Hub, removeDir, signIn, startDemo } from "../hub.ts";

export const patienceMs = 45_000; // for one condition, on a busy machine

export interface View {
	locale?: "zh-CN" | "en-US";
	width?: number;
	height?: number;
	theme?: "light" | "dark";
	username?: string;
	password?: string;
}

export interface Desk {
	hub: Hub;
	api: Api; // as the first admin
	browser: Browser;
	/** A page of the dashboard, signed in. `address`: "orders?tab=waiting". */
	open(address: string, view?: View): Promise<Page>;
	/** What pages of this test said on their console as errors, or threw. To be looked at before the test ends. */
	complaints: string[];
	closePages(): Promise<void>;
	stop(): Promise<void>;
}

export async function startDesk(): Promise<Desk> {
	const dir = await freshDir();
	const [browser, hub] = await Promise.all([launchBrowser(), startDemo(dir)]);
	const complaints: string[] = [];

	async function open(address: string, view: View = {}): Promise<Page> {
		const { locale = "zh-CN", width = 1440, height = 900, theme = "light" } = view;
		const context = await browser.newContext({ locale, viewport: { width, height }, colorScheme: theme });
		context.setDefaultTimeout(patienceMs);
		const page = await context.newPage();
		page.on("pageerror", (err) => complaints.push(String(err)));
		page.on("console", (line) => {
			if (line.type() === "error") complaints.push(line.text());
		});
		await page.goto(`${hub.editor}/dashboard/${address}`);
		await page.locator("input[name=username]").fill(view.username ?? "admin");
		await page.locator("input[name=password]").fill(view.password ?? adminPassword);
		await page.locator("button").click();
		await page.locator(".hub-content > *").first().waitFor();
		return page;
	}
	return {
		hub,
		api: await signIn(hub),
		browser,
		open,
		complaints,
		async closePages() {
			complaints.length = 0;
			for (const context of browser.contexts()) await context.close();
		},
		async stop() {
			await browser.close();
			await hub.process.stop();
			await removeDir(dir);
		},
	};
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What keeps people from using the page, in one line each: rule, and the first place. Source: axe-core, WCAG 2.1 A and AA. */
export async function violations(page: Page): Promise<string[]> {
	await page.evaluate(axe);
	return page.evaluate<string[]>(
		`axe.run(document.querySelector(".hub"), { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }).then(({ violations }) =>
			violations
				.filter(({ impact }) => impact === "serious" || impact === "critical")
				.map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")))`,
	);
}

/** What sticks out at the right, other than inside something that scrolls by itself. */
export const sticksOut = (page: Page): Promise<string[]> =>
	page.evaluate<string[]>(
		`(() => {
			const scrolls = (each) => each && (/(auto|scroll|hidden)/.test(getComputedStyle(each).overflowX) || scrolls(each.parentElement));
			return [...document.querySelectorAll(".hub *")]
				.filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !scrolls(each.parentElement))
				.map((each) => each.outerHTML.slice(0, 120));
		})()`,
	);
