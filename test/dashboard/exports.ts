import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { csvRows, textOf } from "../../mixins/table/csv.ts";
import { eventually } from "../hub.ts";
import { type Desk, patienceMs } from "./desk.ts";

const heading = "店铺,订单号,商家编码,商品名称,数量,单价（元）,收件人,手机号,省,市,区县,详细地址";
const receiver = "周小雨,13900005678,浙江省,杭州市,余杭区,文一西路 1 号";

const dialog = (page: Page, name: string) => page.getByRole("dialog", { name });
const file = (name: string, rows: readonly string[]) => ({
	name,
	mimeType: "text/csv",
	buffer: Buffer.from([heading, ...rows].join("\r\n")),
});

export function exportsAndImports(desk: () => Desk): void {
	const found = async (q: string): Promise<{ orderNo: string; receiver: { name: string } }[]> =>
		(await desk().api.get<{ items: { orderNo: string; receiver: { name: string } }[] }>(`/orders?q=${q}`)).items;

	describe("tables", () => {
		it("of orders are looked at row by row, taken, and taken once however often they come", async () => {
			const [shop] = (await desk().api.get<{ items: { _id: string }[] }>("/shops")).items;
			const rows = [
				`${shop?._id},M-desk-in-1,CUP,保温杯,2,39.90,${receiver}`,
				`${shop?._id},M-desk-in-2,CUP,保温杯,0,39.90,${receiver}`,
			];
			const page = await desk().open("orders?tab=all");
			await page.getByRole("button", { name: "导入" }).click();
			const sheet = dialog(page, "导入手工订单");
			const [template] = await Promise.all([page.waitForEvent("download"), sheet.getByText("下载模板").click()]);
			expect(template.suggestedFilename()).toBe("orders-template.xlsx");
			const choose = sheet.locator("input[type=file]");
			await choose.setInputFiles({ name: "orders.pdf", mimeType: "application/pdf", buffer: Buffer.from("x") });
			await sheet.getByText("只支持 .xlsx 和 .csv 文件").waitFor();
			await choose.setInputFiles(file("orders.csv", rows));
			await sheet.getByText("有误 1 行").waitFor();
			await sheet.locator("tr").filter({ hasText: "将新增" }).getByText("周**").waitFor();
			expect(await sheet.locator("tbody tr").first().innerText()).toMatch(/^3\s+数量/);
			expect(await found("M-desk-in-1")).toEqual([]);
			await sheet.getByRole("button", { name: "导入 1 条" }).click();
			await sheet.locator("tr").filter({ hasText: "已新增" }).getByText("M-desk-in-1").waitFor();
			expect(await found("M-desk-in-1")).toMatchObject([{ receiver: { name: "周**" } }]);
			expect(await found("M-desk-in-2")).toEqual([]);
			await sheet.getByRole("button", { name: "换一个文件" }).click();
			await choose.setInputFiles(file("again.csv", rows));
			await sheet.locator("tr").filter({ hasText: "已存在" }).getByText("M-desk-in-1").waitFor();
			expect(await sheet.getByRole("button", { name: "没有可导入的内容" }).isDisabled()).toBe(true);
			expect(desk().complaints).toEqual([]);
		}, 120_000);

		it("of what a list shows are made with the columns that were chosen, people masked, and downloaded", async () => {
			const [shop] = (await desk().api.get<{ items: { _id: string }[] }>("/shops")).items;
			for (const orderNo of ["M-desk-out-1", "M-desk-out-2"]) {
				const [name, phone, province, city, district, address] = receiver.split(",");
				await desk().api.post("/orders", {
					...{
						shopId: shop?._id,
						orderNo,
						lines: [{ outerSku: "CUP", title: "保温杯", quantity: 1, priceFen: 3_990 }],
					},
					receiver: { name, phone, province, city, district, address },
				});
			}
			await eventually(
				() => found("M-desk-out-2"),
				({ length }) => length === 1,
				patienceMs,
				"the order in the list",
			);
			const page = await desk().open("orders?tab=all&q=M-desk-out-1");
			await page.locator("tr[data-key]").first().waitFor();
			await page.getByRole("button", { name: "导出" }).click();
			const sheet = dialog(page, "导出");
			await sheet.getByLabel("CSV").check();
			await sheet.getByText(/^列（/).click();
			await sheet.getByRole("button", { name: "全不选" }).click();
			for (const column of ["手机号", "收件人", "订单号"]) await sheet.getByLabel(column, { exact: true }).check();
			await sheet.getByText("已脱敏").waitFor();
			await sheet.getByRole("button", { name: "开始导出" }).click();
			const [download] = await Promise.all([
				page.waitForEvent("download"),
				sheet
					.getByText(/^下载（/)
					.first()
					.click(),
			]);
			expect(csvRows(textOf(await readFile(await download.path())), 10)).toEqual([
				["订单号", "收件人", "手机号"],
				["M-desk-out-1", "周**", "*******5678"],
			]);
			expect(desk().complaints).toEqual([]);
		}, 120_000);

		it("are not offered to who only looks", async () => {
			const password = "a-password-for-viewers";
			await desk().api.post("/users", { username: "only.looks", name: "只看", password, roles: ["viewer"] });
			const page = await desk().open("orders?tab=all", { username: "only.looks", password });
			await page.locator("tr[data-key]").first().waitFor();
			for (const name of ["导入", "导出"]) expect(await page.getByRole("button", { name }).count()).toBe(0);
			expect(await page.evaluate("fetch('/api/v1/exports').then(({ status }) => status)")).toBe(403);
		}, 90_000);
	});
}
