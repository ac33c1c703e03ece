import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { routes } from "../../../config/roles.ts";
import { routeWords } from "../../../config/route-words.ts";
import { launchBrowser } from "../../../test/chromium.ts";
import { type ExampleBed, startExampleBed } from "../openapi/example-bed.ts";
import { operationName } from "../openapi/operation.ts";
import { adminPassword } from "../testbed.ts";

let bed: ExampleBed;
let browser: Browser;
let page: Page;
let complaints: string[]; // of the page itself, and of the browser about it
let elsewhere: string[]; // requests to others than the gateway

beforeAll(async () => {
	[bed, browser] = await Promise.all([startExampleBed(), launchBrowser()]);
}, 120_000);
afterAll(async () => {
	await browser?.close();
	await bed?.end();
});
beforeEach(async () => {
	complaints = [];
	elsewhere = [];
	page = await (await browser.newContext({ locale: "zh-CN" })).newPage();
	page.setDefaultTimeout(15_000);
	page.on("pageerror", (err) => complaints.push(err.message));
	page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
	page.on("request", (request) => {
		if (!request.url().startsWith(bed.url) && !request.url().startsWith("data:")) elsewhere.push(request.url());
	});
	await page.goto(`${bed.url}/docs`);
	await page.locator("#chapters a").first().waitFor();
});
afterEach(async () => {
	expect(elsewhere).toEqual([]);
	await page.context().close();
});

const open = (operation: string) => page.locator(`#chapters a[title="${operation}"]`).click();
const heading = () => page.locator("main h2");
const send = () => page.locator(".try button").click();

async function signIn(): Promise<void> {
	await page.locator("#session input").nth(0).fill("admin");
	await page.locator("#session input").nth(1).fill(adminPassword);
	await page.locator("#session button").click();
	await page.locator("#session .signed-in").waitFor();
}

describe("the page of the documentation", { timeout: 60_000 }, () => {
	it("shows every operation in the reader's language, and in the other one", async () => {
		expect(await page.locator("#chapters a").count()).toBe(routes.length);
		for (const language of ["zh", "en"] as const) {
			await page.locator("#language").selectOption(language);
			for (const route of routes) {
				await open(operationName(route));
				const words = routeWords[`${route.method} ${route.path}`]?.[language];
				await expect.poll(() => heading().textContent()).toBe(words);
				expect(await page.locator(".try").count()).toBe(1);
			}
		}
		expect(complaints).toEqual([]);
	});

	it("finds an operation by its path, its name and its words", async () => {
		for (const [wanted, operation] of [
			["/erp/stock", "stock.save"],
			["order.reveal", "order.reveal"],
			["新增店铺", "shop.create"],
			["Who the token", "account.me"],
		] as const) {
			await page.locator("#search").fill(wanted);
			await expect.poll(() => page.locator("#chapters a").first().getAttribute("title")).toBe(operation);
		}
		await page.locator("#search").fill("nothing has these words");
		await expect.poll(() => page.locator("#chapters a").count()).toBe(0);
	});

	it("tries an operation as who signed in", async () => {
		await signIn();
		await open("order.get");
		await send();
		await expect.poll(() => page.locator(".answer .ok").textContent()).toContain("200");
		expect(await page.locator(".answer pre").textContent()).toContain('"orderNo": "4704368000001000037"');
		await open("order.remark");
		await send();
		await expect.poll(() => page.locator(".answer .ok").textContent()).toContain("200");
		expect(complaints).toEqual([]);
	});

	it("shows a refusal as it is, and sends nothing that is not JSON", async () => {
		await open("order.list");
		await send();
		await expect.poll(() => page.locator(".answer .problem").textContent()).toContain("401");
		expect(await page.locator(".answer pre").textContent()).toContain("请先登录");
		await open("order.hold");
		await page.locator(".try textarea").fill("{");
		const asked: string[] = [];
		page.on("request", (request) => asked.push(request.url()));
		await send();
		await page.locator(".answer .problem").waitFor();
		expect(asked).toEqual([]);
	});
});
