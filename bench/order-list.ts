/**
 * The order centre at 100,000 orders, in a real browser: how long until the first rows are painted after the address was
 * entered, and after another tab was chosen, over how long the same browser takes to paint a bare table of 1,000 rows.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Browser, chromium as driver, type Page } from "playwright-core";
import { chromium, chromiumFlags } from "../scripts/chromium.ts";
import { type Running, start } from "../test/processes.ts";
import { storeOrders } from "./orders.ts";

const root = path.resolve(import.meta.dirname, "..");
const password = "a-password-for-measuring";
const orders = 100_000;
const rounds = 5;
const freePorts = { HUB_HTTP_PORT: "0", HUB_EDITOR_PORT: "0", HUB_SANDBOX_PORT: "0" };
const painted = `new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))`;

export interface OrderListResult {
	orders: number;
	bareTableMs: number; // 1,000 rows of eight cells
	firstPaintMs: number; // of a page that the browser has seen before
	coldFirstPaintMs: number; // the first time ever: everything is fetched
	filterMs: number;
	firstPaintRatio: number;
	filterRatio: number;
}

export async function measureOrderList(say: (line: string) => void): Promise<OrderListResult> {
	const dir = await mkdtemp(path.join(tmpdir(), "hub-bench-"));
	const running: Running[] = [];
	const browser = await driver.launch({ executablePath: await chromium(), args: [...chromiumFlags] });
	try {
		const storeCli = path.join(root, "embedded/cli.ts");
		const store = await start(process.execPath, [storeCli, "--port", "0", "--dir", `${dir}/store`], /^store (.*)$/);
		running.push(store);
		const { url: storeUrl } = JSON.parse(store.said) as { url: string };
		const mongoUrl = storeUrl.replace(/\/(\?|$)/, "/hub$1");
		const hub = await start(process.execPath, [path.join(root, "bin/hub.ts"), "start"], /^ready (\{.*)$/, {
			timeoutMs: 120_000,
			env: {
				MONGO_URL: mongoUrl,
				NATS_URL: undefined,
				HUB_DATA_DIR: dir,
				HUB_ADMIN_PASSWORD: password,
				HUB_LOG_LEVEL: "warn",
				...freePorts,
			},
		});
		running.push(hub);
		const { editor } = JSON.parse(hub.said) as { editor: string };
		say(`storing ${orders} orders`);
		await storeOrders(mongoUrl, orders, "order-list");
		say("painting");
		const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1440, height: 900 } });
		const page = await context.newPage();
		await page.goto(`${editor}/login`);
		await page.locator("input[name=username]").fill("admin");
		await page.locator("input[name=password]").fill(password);
		await page.locator("button").click();
		await page.waitForURL("**/dashboard/**");
		const address = `${editor}/dashboard/orders`;
		const coldFirstPaintMs = await firstPaint(page, address);
		const paints: number[] = [];
		for (let round = 0; round < rounds; round += 1) paints.push(await firstPaint(page, address));
		const filters: number[] = [];
		for (const tab of ["已发货", "已完成", "待发货", "推送失败", "全部"]) filters.push(await filterChange(page, tab));
		const bareTableMs = await bareTable(browser);
		const firstPaintMs = median(paints);
		const filterMs = median(filters);
		return {
			orders,
			bareTableMs,
			firstPaintMs,
			coldFirstPaintMs,
			filterMs,
			firstPaintRatio: firstPaintMs / bareTableMs,
			filterRatio: filterMs / bareTableMs,
		};
	} finally {
		await browser.close();
		for (const each of running.reverse()) await each.stop();
		await rm(dir, { recursive: true, force: true });
	}
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** From the start of the navigation, by the page's own clock. */
async function firstPaint(page: Page, address: string): Promise<number> {
	await page.goto("about:blank");
	await page.goto(address, { waitUntil: "commit" });
	await page.locator(".desk-table tbody tr[data-key]").first().waitFor();
	return page.evaluate<number>(painted);
}

/** From the click until rows of the new answer are painted. */
async function filterChange(page: Page, tab: string): Promise<number> {
	return page.evaluate<number>(`(async () => {
		const tab = [...document.querySelectorAll("[role=tab]")].find((each) => each.textContent.includes(${JSON.stringify(tab)}));
		const body = document.querySelector(".desk-table tbody");
		const from = performance.now();
		const { promise, resolve } = Promise.withResolvers();
		const watcher = new MutationObserver(() => tab.getAttribute("aria-selected") === "true" && body.querySelector("tr[data-key]") && resolve());
		watcher.observe(body, { childList: true, subtree: true });
		tab.click();
		await promise;
		watcher.disconnect();
		return (await ${painted}) - from;
	})()`);
}

async function bareTable(browser: Browser): Promise<number> {
	const page = await browser.newPage();
	const times: number[] = [];
	for (let round = 0; round < rounds; round += 1) {
		times.push(
			await page.evaluate<number>(`(async () => {
				document.body.textContent = "";
				const from = performance.now();
				const table = document.createElement("table");
				for (let row = 0; row < 1000; row += 1) {
					const tr = table.insertRow();
					for (let cell = 0; cell < 8; cell += 1) tr.insertCell().textContent = "order " + row + " " + cell;
				}
				document.body.append(table);
				return (await ${painted}) - from;
			})()`),
		);
	}
	await page.close();
	return median(times);
}
