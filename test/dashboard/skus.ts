import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { type DocumentTruth, eventually, json, truth } from "../hub.ts";
import { type Desk, patienceMs } from "./desk.ts";

interface Order {
	_id: string;
	holds: { reason: string }[];
	lines: { erpSku: string; parts: { erpSku: string; quantity: number }[] }[];
}
interface SkuLink {
	_id: string;
	source: string;
	parts: { erpSku: string; quantity: number }[];
}

/** What all shops sell is known to the ERP: the orders of other tests are matched as before. */
export async function knowCatalogue({ hub, api }: Desk): Promise<string[]> {
	const products = await truth<{ skus: { sku: string }[] }>(hub, "products");
	const codes = [...new Set(products.flatMap(({ skus }) => skus.map(({ sku }) => sku)))];
	await api.post("/erp-skus", { items: codes.map((code) => ({ code, name: `货品 ${code}` })) });
	return codes;
}

/** A paid order of Taobao for one piece of each code, whatever the shop sells. @returns its number */
export async function orderFor({ hub, api }: Desk, seed: number, ...skus: string[]): Promise<string> {
	const lines = skus.map((sku) => ({ sku, quantity: 1 }));
	const { orders } = await json<{ orders: { platformOrderId: string }[] }>(
		`${hub.sandbox}/_control/platforms/taobao/orders`,
		{ count: 1, seed, lines },
	);
	const [{ platformOrderId = "" } = {}] = orders;
	await eventually(
		() => api.get<{ items: Order[] }>(`/orders?q=${platformOrderId}`),
		({ items }) => items.length === 1,
		patienceMs,
		"the order in the hub",
	);
	return platformOrderId;
}

export const orderOf = async ({ api }: Desk, orderNo: string): Promise<Order> => {
	const { items } = await api.get<{ items: Order[] }>(`/orders?q=${orderNo}`);
	const [order] = items;
	if (!order) throw new Error(`no order ${orderNo}`);
	return order;
};

/** What the ERP made of the order. */
export const documentOf = ({ hub }: Desk, orderNo: string): Promise<DocumentTruth | undefined> =>
	eventually(
		async () => (await truth<DocumentTruth>(hub, "documents")).find((document) => document.orderNo === orderNo),
		(document) => document !== undefined,
		patienceMs,
		"its document in the ERP",
	);

const linksOf = async ({ api }: Desk, code: string): Promise<SkuLink[]> =>
	(await api.get<{ items: SkuLink[] }>(`/sku-links?q=${encodeURIComponent(code)}`)).items;
const find = async (page: Page, text: string): Promise<void> => {
	await page.locator("[data-search]").fill(text);
	await page.locator("[data-search]").press("Enter");
};
const dialog = (page: Page) => page.locator("dialog[open]").last();

export function skusPage(desk: () => Desk): void {
	describe("the page of SKUs", () => {
		it("links what an order waits for to a combo of the ERP's, and the order leaves for the ERP", async () => {
			await knowCatalogue(desk());
			const orderNo = await orderFor(desk(), 9101, "DESK-SET-1");
			const page = await desk().open("skus");
			await find(page, "DESK-SET-1");
			await page.waitForURL((url) => decodeURIComponent(url.href).includes("q=DESK-SET-1"));
			await page.getByRole("row").filter({ hasText: "DESK-SET-1" }).getByRole("button", { name: "关联" }).click();
			const parts = dialog(page).getByRole("combobox");
			await parts.fill("货品 CUP-BK-5");
			await dialog(page).getByRole("option", { name: "CUP-BK-500" }).waitFor();
			await parts.press("ArrowDown");
			await parts.press("Enter");
			expect(await parts.inputValue()).toBe("CUP-BK-500");
			await dialog(page).getByRole("spinbutton").fill("2");
			await dialog(page).getByRole("button", { name: "添加组合件" }).click();
			await parts.nth(1).fill("LID-STD");
			await dialog(page).getByRole("button", { name: "保存关联" }).click();
			await page.getByText("已关联，1 个挂起的订单已重新匹配").waitFor();
			await page.getByText("没有订单在等待 SKU 匹配").waitFor();
			expect((await documentOf(desk(), orderNo))?.lines.map(({ sku, quantity }) => [sku, quantity]).toSorted()).toEqual(
				[
					["CUP-BK-500", 2],
					["LID-STD", 1],
				],
			);
			expect(desk().complaints).toEqual([]);
		}, 180_000);

		it("refuses an ERP SKU that there is not, and says so where it was entered", async () => {
			await knowCatalogue(desk());
			await orderFor(desk(), 9102, "DESK-SET-2");
			const page = await desk().open("skus?q=DESK-SET-2");
			await page.getByRole("row").filter({ hasText: "DESK-SET-2" }).click();
			await dialog(page).getByRole("combobox").fill("NO-SUCH-SKU");
			await dialog(page).getByText("ERP 商品里没有这个编码或名称").waitFor();
			await dialog(page).getByRole("button", { name: "保存关联" }).click();
			await dialog(page).getByRole("alert").filter({ hasText: "NO-SUCH-SKU" }).waitFor();
			expect(await linksOf(desk(), "DESK-SET-2")).toEqual([]);
		}, 180_000);

		it("takes the suggestions for many at once, and shows what came of each", async () => {
			await knowCatalogue(desk());
			const codes = ["tee_bk m*3", "PEN-BK-05+NOTE-A5"];
			await orderFor(desk(), 9103, ...codes);
			const page = await desk().open("skus?q=tee_bk,PEN-BK-05%2BNOTE-A5");
			await page.getByRole("row").filter({ hasText: "TEE-BK-M ×3" }).waitFor();
			await page.getByLabel("全选已载入的 2 行").check();
			await page.getByRole("button", { name: "采用建议（2）" }).click();
			await dialog(page).getByText("成功 2 / 失败 0").waitFor();
			await dialog(page).getByRole("button", { name: "完成" }).click();
			expect((await linksOf(desk(), codes[1] ?? "")).map(({ parts }) => parts)).toMatchObject([
				[
					{ erpSku: "PEN-BK-05", quantity: 1 },
					{ erpSku: "NOTE-A5", quantity: 1 },
				],
			]);
			expect(desk().complaints).toEqual([]);
		}, 180_000);

		it("checks pasted links row by row, makes those that are right, and takes one away again", async () => {
			await knowCatalogue(desk());
			await orderFor(desk(), 9104, "DESK-PASTE-1", "DESK-PASTE-2");
			const page = await desk().open("skus?shop=taobao-demo");
			await page.getByRole("button", { name: "批量粘贴" }).click();
			const rows = [
				"商家编码\tERP编码\t数量",
				"DESK-PASTE-1\tSOAP-LAV\t2",
				"DESK-PASTE-2\tNO-SUCH-SKU\t1",
				"NOT-SOLD\tSOAP-LAV",
			];
			await dialog(page).getByLabel("粘贴内容").fill(rows.join("\n"));
			await dialog(page).getByRole("button", { name: "检查" }).click();
			await dialog(page).getByText("ERP 商品里没有 NO-SUCH-SKU").waitFor();
			await dialog(page).getByText("该店铺没有 NOT-SOLD").waitFor();
			await dialog(page).getByRole("button", { name: "关联 1 条" }).click();
			await dialog(page).getByText("成功 1 / 失败 0").waitFor();
			await dialog(page).getByRole("button", { name: "完成" }).click();
			expect(await linksOf(desk(), "DESK-PASTE-1")).toMatchObject([
				{ source: "manual", parts: [{ erpSku: "SOAP-LAV", quantity: 2 }] },
			]);

			await page.getByRole("tab", { name: "映射" }).click();
			await find(page, "DESK-PASTE-1");
			await page.getByRole("row").filter({ hasText: "SOAP-LAV ×2" }).getByLabel("选择").check();
			await page.getByRole("button", { name: "解除关联（1）" }).click();
			await dialog(page).getByRole("button", { name: "解除", exact: true }).click();
			await dialog(page).getByText("成功 1 / 失败 0").waitFor();
			expect(await linksOf(desk(), "DESK-PASTE-1")).toEqual([]);
			expect(desk().complaints).toEqual([]);
		}, 180_000);

		it("shows what an import would do before it does it, and what was entered by hand is found", async () => {
			const codes = await knowCatalogue(desk());
			const waits = await orderFor(desk(), 9105, "DESK-NEW-1");
			const page = await desk().open("skus?tab=erp");
			await page.getByRole("button", { name: "导入表格" }).click();
			const table = [
				"编码,名称,单位,状态",
				"DESK-NEW-1,新品一号,件,启用",
				",没有编码,,",
				"DESK-NEW-2,新品二号,,停产",
			].join("\r\n");
			const file = { name: "skus.csv", mimeType: "text/csv", buffer: Buffer.from(table) };
			await dialog(page).locator("input[type=file]").setInputFiles(file);
			await dialog(page).getByText("有误 2 行").first().waitFor();
			expect((await desk().api.get<{ items: object[] }>("/erp-skus?q=DESK-NEW-1")).items).toEqual([]);
			await dialog(page).getByRole("button", { name: "导入 1 条" }).click();
			await page.getByText("1 个挂起的订单已重新匹配").waitFor();
			await dialog(page).getByRole("button", { name: "完成" }).click();
			expect((await orderOf(desk(), waits)).holds).toEqual([]);

			await page.getByRole("button", { name: "新增" }).click();
			await dialog(page).getByLabel("ERP 编码").fill("DESK-HAND-1");
			await dialog(page).getByLabel("名称").fill("手工录入的货品");
			await dialog(page).getByRole("button", { name: "保存" }).click();
			await page.getByText("已保存，0 个挂起的订单已重新匹配").waitFor();
			await find(page, "手工录入");
			await page.getByRole("row").filter({ hasText: "DESK-HAND-1" }).waitFor();
			expect(codes).not.toContain("DESK-HAND-1");
			expect(desk().complaints).toEqual([]);
		}, 180_000);

		it("shows a product's SKUs by an address, goes back from it, and matches all by code", async () => {
			await knowCatalogue(desk());
			const page = await desk().open("skus?tab=products&shop=taobao-demo");
			await find(page, "CUP-BK-500");
			await page.getByRole("row").filter({ hasText: "加厚保温杯" }).first().click();
			await dialog(page)
				.getByRole("row")
				.filter({ hasText: "CUP-BK-500" })
				.getByRole("button", { name: "修改" })
				.waitFor();
			await page.waitForURL((url) => decodeURIComponent(url.href).includes("product=taobao:taobao-demo:"));
			await page.goBack();
			await page.locator("dialog[open]").waitFor({ state: "detached" });

			await page.getByRole("tab", { name: "未匹配" }).click();
			await page.getByRole("button", { name: "按编码匹配" }).click();
			await dialog(page).getByRole("button", { name: "开始匹配" }).click();
			await dialog(page).getByText("完成：新建").waitFor();
			await page.getByRole("tab", { name: "库存" }).waitFor();
		}, 180_000);
	});
}
