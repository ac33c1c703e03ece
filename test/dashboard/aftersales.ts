import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { eventually, json, truth } from "../hub.ts";
import { type Desk, patienceMs } from "./desk.ts";

interface Claim {
	orderNo: string;
	aftersaleNo: string;
	id: string;
}
interface AftersaleTruth {
	platformAftersaleId: string;
	status: string;
}
interface Stored {
	status: string;
	decision: { action: string; state: string; by: string; reasonCode: string; note: string } | null;
	received: { quantity: number; condition: string } | null;
}

const platform = "taobao";
const control = <T>(desk: Desk, route: string, body: object): Promise<T> =>
	json<T>(`${desk.hub.sandbox}/_control/platforms/${platform}/orders${route}`, body);

/** Buyers of shipped orders of their own who claim something; the hub has read it. */
async function claims(desk: Desk, count: number, seed: number, type: string): Promise<Claim[]> {
	const { orders } = await control<{ orders: { platformOrderId: string; shopId: string }[] }>(desk, "", {
		count,
		seed,
		lines: 1,
	});
	const made: Claim[] = [];
	for (const { platformOrderId: orderNo, shopId } of orders) {
		const ask = { action: "request-refund", type };
		const { aftersales } = await eventually(
			() => control<{ aftersales: AftersaleTruth[] }>(desk, `/${orderNo}/actions`, ask),
			({ aftersales }) => aftersales.length > 0,
			patienceMs, // refused until the order is shipped
			`${orderNo} shipped and claimed`,
		);
		const aftersaleNo = aftersales[0]?.platformAftersaleId ?? "";
		made.push({ orderNo, aftersaleNo, id: `${platform}:${shopId}:${aftersaleNo}` });
	}
	for (const { id } of made) {
		await eventually(
			() => stored(desk, id),
			({ status }) => status !== "",
			patienceMs,
			`${id} read by the hub`,
		);
	}
	return made;
}

const stored = (desk: Desk, id: string): Promise<Stored> =>
	desk.api.get<Stored>(`/aftersales/${encodeURIComponent(id)}`);

const onPlatform = async (desk: Desk, no: string): Promise<string | undefined> =>
	(await truth<AftersaleTruth>(desk.hub, "aftersales")).find(({ platformAftersaleId }) => platformAftersaleId === no)
		?.status;

const becomes = (desk: Desk, { aftersaleNo }: Claim, status: string): Promise<unknown> =>
	eventually(
		() => onPlatform(desk, aftersaleNo),
		(now) => now === status,
		patienceMs,
		`${aftersaleNo} ${status}`,
	);

/** A button of the detail at the page's side. */
const inDetail = (page: Page, name: string) => page.locator("dialog.side footer").getByRole("button", { name });
const dialog = (page: Page, title: string) => page.getByRole("dialog", { name: new RegExp(title) });

export function aftersalesPage(desk: () => Desk): void {
	describe("the after-sale centre", () => {
		it("finds a claim by its number, agrees to the return at a chosen address, notes the goods and pays them back", async () => {
			const [claim] = (await claims(desk(), 1, 7_101, "RETURN_REFUND")) as [Claim];
			const page = await desk().open("aftersales");
			await page.locator("[data-search]").fill(claim.aftersaleNo);
			await page.locator("[data-search]").press("Enter");
			await page.locator(`tr[data-key="${claim.id}"]`).click();
			await page.waitForURL((url) => url.searchParams.get("open") === claim.id);
			await inDetail(page, "同意退货").click();
			const agree = dialog(page, "^同意退货");
			await agree.locator("#decision-address option").nth(1).waitFor({ state: "attached" });
			await agree.getByRole("button", { name: "同意退货" }).click();
			await becomes(desk(), claim, "WAIT_BUYER_RETURN");
			await page.locator("dialog.side").getByText("平台已接受").first().waitFor();

			await control(desk(), `/${claim.orderNo}/actions`, { action: "return-goods", trackingNo: "SF7101000000001" });
			await page.locator("dialog.side").getByText("SF7101000000001").first().waitFor();
			await inDetail(page, "登记收货").click();
			const receipt = dialog(page, "^登记收货");
			await receipt.getByLabel("次品").check();
			await receipt.getByRole("button", { name: "登记收货" }).click();
			await page.locator("dialog.side").getByText("次品").first().waitFor();
			expect((await stored(desk(), claim.id)).received).toMatchObject({ condition: "defective" });

			await inDetail(page, "同意退款").click();
			await dialog(page, "^同意退款").getByRole("button", { name: "同意退款" }).click();
			await becomes(desk(), claim, "DONE");
			await page.locator("dialog.side .chip", { hasText: "已完成" }).first().waitFor();
			await page.locator("dialog.side .story", { hasText: "退货已收到" }).waitFor();
			await page.goBack();
			await page.locator("dialog.side").waitFor({ state: "detached" });
			expect(desk().complaints).toEqual([]);
		}, 180_000);

		it("refuses with one of the platform's own reasons, and not without one", async () => {
			const [claim] = (await claims(desk(), 1, 7_102, "RETURN_REFUND")) as [Claim];
			const page = await desk().open(`aftersales?tab=to-answer&open=${claim.id}`);
			await inDetail(page, "拒绝申请").click();
			const refusal = dialog(page, "^拒绝申请");
			const reasons = refusal.locator("#decision-reason");
			await reasons.waitFor();
			await refusal.getByRole("button", { name: "拒绝申请" }).click();
			expect(await reasons.evaluate((each: HTMLSelectElement) => each.validity.valueMissing)).toBe(true);
			expect(await stored(desk(), claim.id)).toMatchObject({ status: "APPLIED", decision: null });
			const code = await reasons.locator("option:not([disabled])").first().getAttribute("value");
			await reasons.selectOption(code);
			await refusal.locator("textarea").fill("商品已签收，不支持");
			await refusal.getByRole("button", { name: "拒绝申请" }).click();
			await becomes(desk(), claim, "REFUSED");
			expect((await stored(desk(), claim.id)).decision).toMatchObject({
				action: "REFUSE",
				reasonCode: code,
				note: "商品已签收，不支持",
				by: "user:admin",
			});
			await page.locator("dialog.side .chip", { hasText: "已拒绝" }).first().waitFor();
			expect(desk().complaints).toEqual([]);
		}, 150_000);

		it("agrees to several refunds at once with a result for each, and says why one could not be answered", async () => {
			const all = await claims(desk(), 3, 7_103, "REFUND_ONLY");
			const page = await desk().open(`aftersales?q=${all.map(({ aftersaleNo }) => aftersaleNo).join("+")}`);
			await page.locator("tbody tr[data-key]").nth(2).waitFor();
			for (const { id } of all) await page.locator(`tr[data-key="${id}"] input`).click();
			await page.getByRole("button", { name: "同意退款 (3)" }).click();
			const [gone] = all as [Claim];
			await control(desk(), `/${gone.orderNo}/actions`, { action: "cancel-refund" });
			await eventually(
				() => stored(desk(), gone.id),
				({ status }) => status === "CLOSED",
				patienceMs,
				"withdrawn",
			);
			await dialog(page, "^同意退款：3 张售后单").getByRole("button", { name: "同意退款" }).click();
			const sheet = page.locator("dialog", { has: page.locator(".results") });
			await sheet.getByText("成功 2 / 失败 1").waitFor();
			const failed = sheet.locator("li.failed");
			expect(await failed.innerText()).toContain(gone.aftersaleNo);
			expect(await failed.innerText()).toContain("售后单当前状态不允许此操作");
			await sheet.getByRole("button", { name: "完成" }).click();
			for (const claim of all.slice(1)) await becomes(desk(), claim, "DONE");
			expect(await onPlatform(desk(), gone.aftersaleNo)).toBe("CLOSED");
			// The browser itself notes the refused call.
			expect(desk().complaints.filter((line) => !line.includes("409"))).toEqual([]);
		}, 180_000);

		it("shows what waits for whom on a phone and in English, by tabs that tell how many", async () => {
			const [claim] = (await claims(desk(), 1, 7_104, "EXCHANGE")) as [Claim];
			const page = await desk().open(`aftersales?q=${claim.aftersaleNo}`, { locale: "en-US", width: 390, height: 844 });
			await page.locator(`tr[data-key="${claim.id}"]`).waitFor();
			const { byTab } = await desk().api.get<{ byTab: Record<string, number> }>("/aftersales/summary");
			expect(byTab["to-answer"]).toBeGreaterThan(0);
			await page.getByRole("tab", { name: /^To be answered\s*[1-9]/ }).waitFor();
			await page.getByRole("tab", { name: /^Done/ }).click();
			await page.getByText("No after-sales here.", { exact: false }).waitFor();
			await page.getByRole("tab", { name: /^All/ }).click();
			await page.locator(`tr[data-key="${claim.id}"] td`).last().click(); // in the middle is the button that copies
			await page.locator("dialog.side").getByText("Exchange").first().waitFor();
			await inDetail(page, "Agree to the return").waitFor();
			expect(desk().complaints).toEqual([]);
		}, 120_000);
	});
}
