import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually, json, placeOrders, truth } from "../hub.ts";
import { type Desk, patienceMs } from "./desk.ts";

interface Waybill {
	_id: string;
	trackingNo: string;
	state: string;
}

interface Print {
	n: number;
	trackingNo: string;
}

interface Order {
	stage?: string;
	erp: { state: string };
	holds: { reason: string }[];
}

const shopId = "taobao-demo";
const dialects = ["generic", "qimen"];
const idOf = (orderNo: string): string => `taobao:${shopId}:${orderNo}`;

export function shippingPage(desk: () => Desk): void {
	/** The ERPs of the demo ship by themselves: then nothing would be left to pack. */
	const autoShip = async (on: boolean): Promise<void> => {
		for (const dialect of dialects) await json(`${desk().hub.sandbox}/_control/erp/${dialect}`, { autoShip: on });
	};
	const prints = async (): Promise<Print[]> =>
		(await json<{ prints: Print[] }>(`${desk().hub.sandbox}/_control/prints`)).prints;
	const timesPrinted = async (trackingNo: string): Promise<number> =>
		(await prints()).filter((print) => print.trackingNo === trackingNo).length;

	/** Orders that the ERP has and nobody ships. Their numbers. */
	async function toPrint(count: number, seed: number): Promise<string[]> {
		const { orders } = await placeOrders(desk().hub, count, seed);
		const numbers = orders.map(({ platformOrderId }) => platformOrderId);
		for (const no of numbers)
			await eventually(
				() => desk().api.get<Order>(`/orders/${encodeURIComponent(idOf(no))}`),
				({ erp }) => erp.state === "OK",
				patienceMs,
				`order ${no} in the ERP`,
			);
		return numbers;
	}
	const waybillOf = (no: string): Promise<Waybill> =>
		desk().api.get<Waybill>(`/waybills/${encodeURIComponent(`${idOf(no)}:1`)}`);
	const untilWaybill = (no: string, state: string): Promise<Waybill> =>
		eventually(
			() => waybillOf(no),
			(waybill) => waybill.state === state,
			patienceMs,
			`the label of ${no} ${state}`,
		);
	const takeNumber = (no: string): Promise<Waybill> =>
		desk().api.post<Waybill>("/waybills", {
			...{ orderId: idOf(no), carrier: "ZTO", sender: { name: "发货仓", phone: "0571-88888888" } },
		});
	const shippedTo = async (no: string): Promise<string[]> => {
		const orders = await truth<{ platformOrderId: string; shipped: { trackingNo: string }[] }>(desk().hub, "orders");
		return orders.find(({ platformOrderId }) => platformOrderId === no)?.shipped.map((each) => each.trackingNo) ?? [];
	};

	const untilShipped = (no: string, trackingNo: string): Promise<string[]> =>
		eventually(
			() => shippedTo(no),
			(told) => told.includes(trackingNo),
			patienceMs,
			`order ${no} shipped`,
		);

	const rowOf = (page: Page, no: string) => page.locator("tbody tr[data-key]").filter({ hasText: no });
	const check = (page: Page, no: string) => rowOf(page, no).locator("input[type=checkbox]").click();
	const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).last().click();
	const found = (numbers: readonly string[]): string => encodeURIComponent(numbers.join(" "));
	async function enterSender(page: Page): Promise<void> {
		await press(page, "填写发件人");
		const dialog = page.getByRole("dialog", { name: "发件人" });
		await dialog.getByLabel("姓名 / 店名").fill("示例旗舰店");
		await dialog.getByLabel("电话").fill("0571-88888888");
		await press(page, "保存");
	}

	describe("labels and shipping", () => {
		beforeAll(() => autoShip(false));
		afterAll(() => autoShip(true));

		it("takes twelve numbers, prints each label once and ships what came out; the chosen orders give one pick list", async () => {
			const numbers = await toPrint(12, 7601);
			const page = await desk().open(`shipping?shop=${shopId}&sort=sku&q=${found(numbers)}`);
			await enterSender(page);
			await page.locator("[data-printer] option", { hasText: "KM-202" }).waitFor({ state: "attached" });
			await rowOf(page, numbers[11] ?? "").waitFor();
			await page.locator("thead input[type=checkbox]").click();
			await page.getByText("已选 12 单").waitFor();

			await press(page, "拣货单");
			const list = page.getByRole("dialog", { name: "拣货单" });
			await list.getByText(/^12 单 · \d+ 种/).waitFor();
			const skus = await list.locator("tbody td:first-child").allInnerTexts();
			expect(skus.length).toBeGreaterThan(1);
			expect(skus).toEqual(skus.toSorted());
			await page.keyboard.press("Escape");

			await press(page, "取号、打印并发货");
			await page.getByText("已打印 12 / 共 12").waitFor();
			for (const no of numbers) {
				const { trackingNo } = await untilWaybill(no, "PRINTED");
				expect([no, await timesPrinted(trackingNo)]).toEqual([no, 1]);
				await untilShipped(no, trackingNo);
			}
			expect(desk().complaints).toEqual([]);
		}, 240_000);

		it("prints no label a second time unless somebody says so, and gives numbers back", async () => {
			const numbers = await toPrint(2, 7602);
			const [first = "", second = ""] = numbers;
			const { trackingNo } = await takeNumber(first);
			const other = await takeNumber(second);
			// Handed out before, say to another desk.
			await desk().api.post("/waybills/batch-print-data", { ids: [`${idOf(first)}:1`] });
			const page = await desk().open(`shipping?tab=taken&q=${found(numbers)}`);
			await check(page, first);
			await press(page, "打印");
			const label = page.locator(`[data-label="${trackingNo}"]`);
			await label.getByText("已打印过，待确认").waitFor();
			expect(await timesPrinted(trackingNo)).toBe(0);
			await label.getByRole("button", { name: "仍要打印" }).click();
			await untilWaybill(first, "PRINTED");
			expect(await timesPrinted(trackingNo)).toBe(1);

			await check(page, second);
			await press(page, "回收单号");
			await page.getByText("将把 1 个单号还给快递公司").waitFor();
			await press(page, "回收单号");
			await page.getByText("成功 1 / 失败 0").waitFor();
			expect((await waybillOf(second)).state).toBe("RECYCLED");
			expect(await timesPrinted(other.trackingNo)).toBe(0);
			expect(desk().complaints).toEqual([]);
		}, 200_000);

		it("knows after a reload what may have come out, prints it no second time, and refuses the label of a held order", async () => {
			const numbers = await toPrint(4, 7603);
			const [first = "", second = "", , held = ""] = numbers;
			const labels = new Map<string, string>();
			for (const no of numbers) labels.set(no, (await takeNumber(no)).trackingNo);
			await desk().api.post(`/orders/${encodeURIComponent(idOf(held))}/hold`, { reason: "MANUAL" });
			const page = await desk().open(`shipping?tab=taken&q=${found(numbers)}`);
			const labelOf = (no: string) => page.locator(`[data-label="${labels.get(no)}"]`);
			const sent = page.locator("[data-label]").filter({ hasText: "已发送" });
			await rowOf(page, held).getByText("人工拦截").waitFor();
			await page.locator("[data-printer] option", { hasText: "KM-202" }).waitFor({ state: "attached" });
			await json(`${desk().hub.sandbox}/_control/faults`, { target: "print/cainiao", fault: "hang", times: 1 });
			for (const no of [first, second, held]) await check(page, no);
			await press(page, "打印");
			await sent.waitFor();
			await page.reload();

			const unknown = page.locator("[data-label]").filter({ hasText: "结果未知" });
			await unknown.getByRole("button", { name: "未出纸" }).waitFor();
			expect(await unknown.count()).toBe(1);
			await labelOf(held).getByText("订单已被拦截").waitFor();
			await unknown.getByRole("button", { name: "未出纸" }).click();
			for (const no of [first, second]) await check(page, no);
			await press(page, "打印");
			for (const no of [first, second]) {
				await untilWaybill(no, "PRINTED");
				expect(await timesPrinted(labels.get(no) ?? "")).toBe(1);
			}
			expect(await timesPrinted(labels.get(held) ?? "")).toBe(0);
			expect(desk().complaints).toEqual([]);
		}, 240_000);

		it("says what to start where the print component does not run, and lets one window at a time print", async () => {
			const [no = ""] = await toPrint(1, 7606);
			const { trackingNo } = await takeNumber(no);
			await json(`${desk().hub.sandbox}/_control/faults`, { target: "print/cainiao", fault: "status:503", times: 1 });
			const page = await desk().open(`shipping?tab=taken&q=${no}`);
			await page.getByText("连不上打印组件").waitFor();
			await page.getByText("在打单电脑上安装并启动「菜鸟打印组件」").waitFor();
			await press(page, "重新连接");
			await page.getByText("已连接打印组件").waitFor();
			expect(desk().complaints.filter((text) => !text.includes("WebSocket connection"))).toEqual([]);

			const second = await page.context().newPage();
			await second.goto(page.url());
			await check(second, no);
			await press(second, "打印");
			await second.getByText("另一个窗口正在管理打印队列").waitFor();
			expect(await timesPrinted(trackingNo)).toBe(0);
			await page.close();
			await press(second, "打印");
			await untilWaybill(no, "PRINTED");
			expect(await timesPrinted(trackingNo)).toBe(1);
		}, 120_000);

		it("ships what is scanned, says so when it is scanned twice, and stops a parcel whose order is held", async () => {
			const [first = "", held = ""] = await toPrint(2, 7604);
			const { trackingNo } = await takeNumber(first);
			const stopped = await takeNumber(held);
			await desk().api.post(`/orders/${encodeURIComponent(idOf(held))}/hold`, { reason: "MANUAL" });
			const page = await desk().open("shipping?tab=scan");
			const scan = async (no: string): Promise<void> => {
				await page.keyboard.type(no); // the field has the focus by itself
				await page.keyboard.press("Enter");
			};
			await scan(trackingNo);
			await page.getByRole("heading", { name: "可以出库：已登记发货" }).waitFor();
			await untilShipped(first, trackingNo);
			await scan(trackingNo);
			await page.getByRole("heading", { name: "重复扫描" }).waitFor();
			await page.getByLabel("只核对").click();
			await page.locator("section.scan-desk").click({ position: { x: 5, y: 300 } });
			await scan(stopped.trackingNo);
			await page.getByRole("heading", { name: "不能发货：订单被拦截" }).waitFor();
			expect(await shippedTo(held)).toEqual([]);
			expect(desk().complaints).toEqual([]);
		}, 200_000);

		it("takes tracking numbers from a table after a look at what is wrong in it; one that a platform refuses goes with another carrier", async () => {
			const [good = "", wrong = ""] = await toPrint(2, 7605);
			const [goodNo, wrongNo] = ["76050000000001", "YT7605000000002"];
			const page = await desk().open(`shipping?tab=shipments&q=${found([good, wrong])}`);
			await press(page, "导入运单号");
			const dialog = page.getByRole("dialog", { name: "导入运单号" });
			const rows = [
				`${good},中通快递,${goodNo}`,
				`${wrong},中通快递,${wrongNo}`,
				"NO-SUCH-ORDER,中通快递,76050000000003",
			];
			const csv = Buffer.from(["订单号,快递公司,运单号", ...rows].join("\n"));
			await dialog
				.locator("input[type=file]")
				.setInputFiles({ name: "parcels.csv", mimeType: "text/csv", buffer: csv });
			await dialog.getByText("接收 2 行").waitFor();
			await dialog.getByText("有误 1 行").waitFor();
			await dialog.getByText("没有这个订单").waitFor();
			expect(await shippedTo(good)).toEqual([]);
			await press(page, "导入 2 条");
			await untilShipped(good, goodNo);
			await dialog.getByRole("button", { name: "完成" }).click();
			await rowOf(page, good).getByText("已发货").waitFor();

			await page.getByRole("tab", { name: /上传失败/ }).click();
			await rowOf(page, wrong).click();
			const parcel = page.getByRole("dialog", { name: `包裹 ${wrongNo}` });
			await parcel.getByText("平台原话").first().waitFor();
			expect(new URL(page.url()).searchParams.get("shipment")).toContain(wrongNo);
			await parcel.getByLabel("快递公司").selectOption("YTO");
			await parcel.getByRole("button", { name: "换快递公司重新上传" }).click();
			await untilShipped(wrong, wrongNo);
			await rowOf(page, wrong).waitFor({ state: "detached" });
			expect(desk().complaints).toEqual([]);
		}, 200_000);
	});
}
