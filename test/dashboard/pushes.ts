import { describe, expect, it } from "vitest";
import { type DocumentTruth, eventually, json, placeOrders, truth } from "../hub.ts";
import { type Desk, patienceMs } from "./desk.ts";

interface Push {
	_id: string;
	orderNo: string;
	state: string;
	reason: string;
	docNo: string;
	skipped: boolean;
}

const fault = (desk: Desk, name: string, times: number): Promise<unknown> =>
	json(`${desk.hub.sandbox}/_control/faults`, { target: "erp/qimen", fault: name, times });

/** Pushes of new orders, that the ERP treats as the fault says. */
async function pushed(desk: Desk, seed: number, count: number, name: string, state: string): Promise<Push[]> {
	await fault(desk, name, count);
	const { orders } = await placeOrders(desk.hub, count, seed);
	const pushes: Push[] = [];
	for (const { platformOrderId } of orders) {
		const { items } = await eventually(
			() => desk.api.get<{ items: Push[] }>(`/pushes?kind=order&q=${platformOrderId}`),
			({ items }) => items[0]?.state === state,
			patienceMs,
			`${platformOrderId} ${state}`,
		);
		pushes.push(items[0] as Push);
	}
	return pushes;
}

const stored = (desk: Desk, { _id }: Push): Promise<Push> => desk.api.get(`/pushes/${encodeURIComponent(_id)}`);

/** How often the ERP took the order's document. */
const accepted = async (desk: Desk, { orderNo }: Push): Promise<number> =>
	(await truth<DocumentTruth>(desk.hub, "documents"))
		.filter((document) => document.orderNo === orderNo)
		.reduce((sum, document) => sum + document.accepted, 0);

export function pushesPage(desk: () => Desk): void {
	describe("the pushes to the ERP", () => {
		it("shows a refusal in the ERP's words with what was sent, and sends it again so that the ERP has it once", async () => {
			const [refused] = (await pushed(desk(), 7_201, 1, "business-error", "REJECTED")) as [Push];
			const page = await desk().open("pushes?tab=REJECTED");
			await page.locator("[data-search]").fill(refused.orderNo);
			await page.locator("[data-search]").press("Enter");
			const row = page.locator(`tr[data-key="${refused._id}"]`);
			await row.getByText("库存不足", { exact: false }).waitFor();
			await row.focus();
			await page.keyboard.press("Enter");
			const detail = page.locator("dialog.side");
			await detail.getByText("按 ERP 的说明", { exact: false }).waitFor();
			expect(await detail.locator("pre").innerText()).toContain(`"deliveryOrderCode": "${refused.orderNo}"`);
			await detail.locator("tbody tr", { hasText: "库存不足" }).waitFor();
			await detail.getByRole("button", { name: "重发" }).click();
			await detail.locator(".chip", { hasText: "已成功" }).first().waitFor();
			await detail.getByRole("button", { name: "向 ERP 查证" }).click();
			const { docNo } = await stored(desk(), refused);
			await page.locator(".hub-notices").getByText(`ERP 有此单：${docNo}`).waitFor();
			expect(await detail.getByRole("button", { name: "重发" }).count()).toBe(0);
			expect(await accepted(desk(), refused)).toBe(1);
			expect(desk().complaints).toEqual([]);
		}, 150_000);

		it("gives documents up with a reason, and takes them up again, many at once with a result for each", async () => {
			const refused = await pushed(desk(), 7_202, 2, "business-error", "REJECTED");
			const [first, second] = refused as [Push, Push];
			const page = await desk().open(`pushes?q=${first.orderNo}+${second.orderNo}`);
			for (const { _id } of refused) await page.locator(`tr[data-key="${_id}"] input`).click();
			await page.getByRole("button", { name: "放弃推送 (2)" }).click();
			const ask = page.getByRole("dialog", { name: "放弃推送：2 张单据" });
			expect(await ask.getByRole("button", { name: "放弃推送" }).isDisabled()).toBe(true);
			await ask.getByLabel("原因").fill("已在 ERP 手工录单");
			await ask.getByRole("button", { name: "放弃推送" }).click();
			const sheet = page.locator("dialog", { has: page.locator(".results") });
			await sheet.getByText("成功 2 / 失败 0").waitFor();
			await sheet.getByRole("button", { name: "完成" }).click();
			const reason = "SKIPPED: user:admin: 已在 ERP 手工录单";
			for (const push of refused)
				expect(await stored(desk(), push)).toMatchObject({ state: "PARKED", skipped: true, reason });
			await page.locator("tbody").getByText("已放弃 · 用户 admin · 已在 ERP 手工录单").first().waitFor();

			for (const { _id } of refused) await page.locator(`tr[data-key="${_id}"] input`).click();
			await page.getByRole("button", { name: "重发 (2)" }).waitFor();
			// Somebody else sends one of them meanwhile.
			await desk().api.post(`/pushes/${encodeURIComponent(first._id)}/retry`);
			await eventually(
				() => stored(desk(), first),
				({ state }) => state === "OK",
				patienceMs,
				"sent by another",
			);
			await page.locator(`tr[data-key="${first._id}"] .chip`, { hasText: "已成功" }).waitFor();
			await page.getByRole("button", { name: "重发 (1)" }).click();
			await sheet.getByText("成功 1 / 失败 0").waitFor();
			await eventually(
				() => stored(desk(), second),
				({ state }) => state === "OK",
				patienceMs,
				"sent again",
			);
			for (const push of refused) expect(await accepted(desk(), push)).toBe(1);
			expect(desk().complaints).toEqual([]);
		}, 180_000);

		it("says of one in doubt not to enter it by hand, and why it cannot be sent once it is there", async () => {
			const [doubtful] = (await pushed(desk(), 7_203, 1, "reset-after-accept", "IN_DOUBT")) as [Push];
			const page = await desk().open(`pushes?open=${encodeURIComponent(doubtful._id)}`);
			const detail = page.locator("dialog.side");
			await detail.locator(".chip", { hasText: "已成功" }).first().waitFor();
			await detail.locator("tbody tr", { hasText: "查证" }).first().waitFor();
			expect(await accepted(desk(), doubtful)).toBe(1);
			await page.getByRole("button", { name: "关闭" }).click();

			const [refused] = (await pushed(desk(), 7_204, 1, "business-error", "REJECTED")) as [Push];
			// What the page shows must be older than what the hub knows: it is kept from reading again.
			await page.goto(`${desk().hub.editor}/dashboard/pushes?open=${encodeURIComponent(refused._id)}`);
			await detail.getByRole("button", { name: "重发" }).waitFor();
			await page.route(/\/api\/v1\/pushes(\/[^/]+)?(\?.*)?$/, (route) =>
				route.request().method() === "GET" ? undefined : route.continue(),
			);
			await desk().api.post(`/pushes/${encodeURIComponent(refused._id)}/retry`);
			await eventually(
				() => stored(desk(), refused),
				({ state }) => state === "OK",
				patienceMs,
				"sent by another",
			);
			await detail.getByRole("button", { name: "重发" }).click();
			await page.locator(".hub-notices .failed").getByText("内容已变化或已存在", { exact: false }).waitFor();
			expect(await accepted(desk(), refused)).toBe(1);
			expect(desk().complaints.filter((line) => !line.includes("409"))).toEqual([]);
		}, 180_000);

		it("tells how each ERP does, and shows one connection's documents alone", async () => {
			await pushed(desk(), 7_205, 1, "business-error", "REJECTED");
			const page = await desk().open("pushes", { locale: "en-US" });
			const qimen = page.locator(".connection", { hasText: "qimen" });
			await qimen.locator(".chip", { hasText: "refusals" }).waitFor();
			await page.locator(".connection", { hasText: "wdt" }).click();
			await page.getByText("No documents here.", { exact: false }).waitFor();
			await page.waitForURL((url) => url.searchParams.get("connectionId") === "wdt-demo");
			await page.getByRole("button", { name: "Clear" }).click();
			await page.locator("tbody tr[data-key]").first().waitFor();
			expect(desk().complaints).toEqual([]);
		}, 120_000);
	});
}
