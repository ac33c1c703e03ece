/**
 * `node scripts/pictures.ts`: takes the editor's pictures in docs/img anew, of a fresh hub with its demo. Run by hand, when
 * what they show has changed; look at each afterwards.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Browser, chromium as driver, type Page } from "playwright-core";
import { start } from "../test/processes.ts";
import { chromium, chromiumFlags } from "./chromium.ts";

const root = path.resolve(import.meta.dirname, "..");
const folder = path.join(root, "docs/img");
const password = "a-password-for-pictures";
const screen = { width: 1440, height: 900 };
const widerBy = 160; // px, the side panel
const patienceMs = 60_000; // for one condition
const languages = [
	{ locale: "en-US", suffix: ".en" },
	{ locale: "zh-CN", suffix: "" }, // the last: the editor stays with the panel that is opened for the dry run
] as const;

type Box = { x: number; y: number; width: number; height: number };

/** Node-RED's own name for it. */
const dialog = ".red-ui-tray";

const shown = (name: string): string => path.join(folder, `${name}.png`);

/** Until each of the demo's orders is in the ERP, shipped, and so among the samples of mappings. */
async function demoShipped(sandbox: string): Promise<void> {
	for (;;) {
		const answer = await fetch(`${sandbox}/_control/truth?kind=orders&limit=1000`);
		const orders = (await answer.text()).split("\n").filter(Boolean);
		if (orders.length && orders.every((line) => JSON.parse(line).shipped.length)) return;
		await pause(500);
	}
}

async function openEditor(browser: Browser, url: string, locale: string): Promise<Page> {
	const context = await browser.newContext({ locale, viewport: screen });
	context.setDefaultTimeout(patienceMs);
	const page = await context.newPage();
	await page.goto(url);
	await page.locator("#node-dialog-login-username").fill("admin");
	await page.locator("#node-dialog-login-password").fill(password);
	await page.locator("#node-dialog-login-submit").click();
	await page.waitForFunction("window.RED?.nodes?.node('order-to-erp-map') && $.active === 0");
	await page.evaluate("RED.actions.invoke('core:toggle-show-tips', false)");
	return page;
}

async function showTab(page: Page, id: string): Promise<void> {
	await page.evaluate(`RED.workspaces.show("${id}")`);
	await page.waitForFunction(`RED.workspaces.active() === "${id}" && $.active === 0`);
}

async function openDialog(page: Page, id: string): Promise<void> {
	await page.evaluate(`RED.editor.edit(RED.nodes.node("${id}"))`);
	await page.waitForFunction("$('.red-ui-tray').css('right') === '0px' && $.active === 0");
}

async function closeDialog(page: Page, button: "ok" | "cancel"): Promise<void> {
	await page.locator(`#node-dialog-${button}`).click();
	await page.locator(dialog).waitFor({ state: "detached" });
}

/** Makes a copy of the open dialog's mapping file, with `was` in it replaced, and waits for what comes of it. */
async function changeMapping(page: Page, was: string, is: string): Promise<void> {
	await page.locator("#jsonata-map-problems .hub-map-fine").waitFor();
	await page.locator("#jsonata-map-copy").click();
	await page.waitForFunction("$.active === 0");
	const checked = page.waitForResponse((answer) => answer.url().endsWith("/hub/mapping-check"));
	await page.evaluate(`(([was, is]) => {
		const editor = monaco.editor.getEditors().find((each) => each.getContainerDomNode().closest(".hub-map"));
		const text = editor.getValue();
		const line = text.slice(0, text.indexOf(was)).split("\\n").length;
		editor.setValue(text.replace(was, is));
		editor.revealLineInCenter(line);
	})(${JSON.stringify([was, is])})`);
	await checked;
	await page.waitForFunction("$.active === 0");
}

async function boxOf(page: Page, selector: string): Promise<Box> {
	const box = await page.locator(selector).last().boundingBox();
	if (!box) throw new Error(`${selector} is not to be seen`);
	return box;
}

/** Without the handle at its side. */
async function wholeDialog(page: Page): Promise<Box> {
	const [whole, { x, width }] = [await boxOf(page, dialog), await boxOf(page, ".red-ui-tray-header")];
	return { ...whole, x, width };
}

/** The mapping, with a mistake in it that is told of. */
async function takeMapping(page: Page, name: string): Promise<void> {
	await openDialog(page, "order-to-erp-map");
	await changeMapping(page, '"planQty": quantity', '"planQty": $string(quantity) & " 件"');
	await page.locator("#jsonata-map-problems .hub-map-error").first().waitFor();
	await page.screenshot({ path: shown(name), clip: await wholeDialog(page) });
	await closeDialog(page, "cancel");
}

/** Without the bars at both sides. */
async function takeWide(page: Page, name: string): Promise<void> {
	const toggle = "for (const bar of ['left-sidebar', 'right-sidebar']) RED.actions.invoke('core:toggle-' + bar)";
	await page.evaluate(toggle);
	await page.screenshot({ path: shown(name) });
	await page.evaluate(toggle);
}

async function takeDialog(page: Page, id: string, name: string): Promise<void> {
	await openDialog(page, id);
	const { height, ...whole } = await wholeDialog(page);
	const form = await boxOf(page, "#dialog-form .form-row:last-of-type");
	await page.screenshot({ path: shown(name), clip: { ...whole, height: form.y + form.height + 12 - whole.y } });
	await closeDialog(page, "cancel");
}

/** A change of the mapping that is not deployed, tried over the demo's orders: the freight is forgotten. */
async function takeDryRun(page: Page, name: string): Promise<void> {
	await showTab(page, "order-to-erp");
	await openDialog(page, "order-to-erp-map");
	await changeMapping(page, "$sum($open.paidFen) + order.money.freightFen", "$sum($open.paidFen)");
	await closeDialog(page, "ok");
	await page.evaluate("RED.sidebar.show('order-hub-desk')");
	await page.locator("button[data-tab-id=debug]").click(); // the panel below it goes
	const edge = await boxOf(page, ".red-ui-sidebar-separator");
	await page.mouse.move(edge.x + edge.width / 2, screen.height / 2);
	await page.mouse.down();
	await page.mouse.move(edge.x - widerBy, screen.height / 2, { steps: 5 });
	await page.mouse.up();
	await page.getByRole("button", { name: "开始试跑" }).click();
	await page.locator(".hub-desk-cause summary").first().click();
	const x = screen.width / 3;
	await page.screenshot({ path: shown(name), clip: { ...screen, x, y: 0, width: screen.width - x } });
}

async function takeAll(browser: Browser, url: string): Promise<void> {
	for (const { locale, suffix } of languages) {
		const page = await openEditor(browser, url, locale);
		await showTab(page, "order-to-erp");
		await page.screenshot({ path: shown(`editor${suffix}`) });
		await takeMapping(page, `dialog-jsonata-map${suffix}`);
		await takeDialog(page, "order-to-erp-push", `dialog-erp-push${suffix}`);
		await showTab(page, "nightly-reconcile");
		if (locale === "zh-CN") await takeWide(page, "nightly-reconcile");
		await takeDialog(page, "nightly-reconcile-search", `dialog-order-search${suffix}`);
		if (locale === "zh-CN") await takeDryRun(page, "dry-run");
		await page.context().close();
	}
}

const dataDir = await mkdtemp(path.join(tmpdir(), "hub-pictures-"));
const env = {
	HUB_DATA_DIR: dataDir,
	HUB_ADMIN_PASSWORD: password,
	HUB_HTTP_PORT: "0",
	HUB_EDITOR_PORT: "0",
	HUB_SANDBOX_PORT: "0",
};
const browser = await driver.launch({ executablePath: await chromium(), args: [...chromiumFlags] });
const hub = await start(process.execPath, [path.join(root, "bin/hub.ts"), "start"], /^ready (\{.*)$/, {
	env,
	timeoutMs: 90_000,
});
try {
	const { editor, sandbox } = JSON.parse(hub.said) as { editor: string; sandbox: string };
	await demoShipped(sandbox);
	await takeAll(browser, editor);
} finally {
	await browser.close();
	await hub.stop();
	await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
}
