/**
 * `node scripts/page-pictures.ts`: takes the dashboard's pictures in docs/img/dashboard anew, of a fresh hub in whose shops
 * something has happened. Run by hand, when what they show has changed; look at each afterwards.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Browser, chromium as driver } from "playwright-core";
import { pages } from "../dashboard/pages.ts";
import { start } from "../test/processes.ts";
import { chromium, chromiumFlags } from "./chromium.ts";

const root = path.resolve(import.meta.dirname, "..");
const folder = path.join(root, "docs/img/dashboard");
const password = "a-password-for-pictures";
const platforms = ["taobao", "jd", "pdd", "douyin", "weixin", "kuaishou", "xiaohongshu"];
const patienceMs = 60_000;

interface Ready {
	editor: string;
	sandbox: string;
}

async function control<Answer>(sandbox: string, place: string, body: object): Promise<Answer> {
	const answer = await fetch(`${sandbox}/_control/${place}`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(body),
	});
	if (!answer.ok) throw new Error(`${place} answered ${answer.status}: ${await answer.text()}`);
	return (await answer.json()) as Answer;
}

/** Orders on every platform; the ERP refuses two, ships no longer by itself, and some buyers want their money back. */
async function somethingHappens({ sandbox }: Ready): Promise<void> {
	await control(sandbox, "erp/qimen", { autoShip: false, afterMs: 1_000 });
	await control(sandbox, "faults", { target: "erp/qimen", fault: "business-error", times: 2 });
	for (const platform of platforms) {
		const { orders } = await control<{ orders: { platformOrderId: string }[] }>(
			sandbox,
			`platforms/${platform}/orders`,
			{ count: 4, seed: 11 },
		);
		const id = orders[0]?.platformOrderId ?? "";
		const refund = { action: "request-refund", type: "REFUND_BEFORE_SHIP" };
		await control(sandbox, `platforms/${platform}/orders/${id}/actions`, refund);
	}
	await pause(20_000); // pulls, pushes and windows of a while
}

interface View {
	locale: "zh-CN" | "en-US";
	theme?: "light" | "dark";
	phone?: boolean;
}

async function picture(browser: Browser, editor: string, address: string, name: string, view: View): Promise<void> {
	const viewport = view.phone ? { width: 390, height: 844 } : { width: 1280, height: 800 };
	const context = await browser.newContext({ locale: view.locale, viewport, colorScheme: view.theme ?? "light" });
	context.setDefaultTimeout(patienceMs);
	const page = await context.newPage();
	await page.goto(`${editor}/dashboard/${address}`);
	await page.locator("input[name=username]").fill("admin");
	await page.locator("input[name=password]").fill(password);
	await page.locator("button").click();
	await page.locator(".hub-content > *").first().waitFor();
	await pause(4_000); // pages are live: there is no moment when nothing is read
	await page.screenshot({ path: path.join(folder, `${name}.png`) });
	await context.close();
}

await mkdir(folder, { recursive: true });
const dir = await mkdtemp(path.join(tmpdir(), "hub-pictures-"));
const hub = await start(process.execPath, [path.join(root, "bin/hub.ts"), "start"], /^ready (\{.*)$/, {
	timeoutMs: 120_000,
	env: {
		...{ MONGO_URL: undefined, NATS_URL: undefined, HUB_DATA_DIR: dir, HUB_ADMIN_PASSWORD: password },
		...{ HUB_HTTP_PORT: "0", HUB_EDITOR_PORT: "0", HUB_SANDBOX_PORT: "0", HUB_LOG_LEVEL: "warn" },
	},
});
const browser = await driver.launch({ executablePath: await chromium(), args: [...chromiumFlags] });
try {
	const ready = JSON.parse(hub.said) as Ready;
	await pause(15_000); // the demo's own orders
	await somethingHappens(ready);
	for (const { name } of pages) await picture(browser, ready.editor, name, name, { locale: "zh-CN" });
	const truth = await (await fetch(`${ready.sandbox}/_control/truth?kind=orders&limit=1`)).text();
	const { platform, shopId, platformOrderId } = JSON.parse(truth.split("\n")[0] ?? "{}");
	const order = `orders?order=${encodeURIComponent(`${platform}:${shopId}:${platformOrderId}`)}`;
	await picture(browser, ready.editor, order, "order", { locale: "zh-CN" });
	await picture(browser, ready.editor, "orders", "orders.en", { locale: "en-US", theme: "dark" });
	await picture(browser, ready.editor, "orders", "orders.phone", { locale: "zh-CN", phone: true });
} finally {
	await browser.close();
	await hub.stop();
	await rm(dir, { recursive: true, force: true });
}
