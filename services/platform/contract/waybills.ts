import { describe, expect, it } from "vitest";
import type { Waybill, WaybillAccount, WaybillTemplate } from "../waybill.ts";
import type { Bench } from "./bench.ts";

export function waybillContract(bench: Bench): void {
	const { carrier } = bench.platform.parcel;

	async function wish(orderNo: string, parcelNo = 1): Promise<object> {
		const [account] = await bench.call<WaybillAccount[]>("waybill.accounts", { carrier });
		const [template] = await bench.call<WaybillTemplate[]>("waybill.templates", { carrier });
		const [sender] = account?.sender ?? [];
		return {
			orderNo,
			carrier,
			branchCode: account?.branchCode ?? "",
			accountCode: account?.accountCode ?? "",
			sender: {
				name: "发货仓",
				phone: "13900000000",
				province: sender?.province ?? "浙江省",
				city: sender?.city ?? "杭州市",
				district: sender?.district ?? "余杭区",
				town: sender?.town ?? "",
				address: sender?.address ?? "示例路1号",
			},
			parcelNo,
			goods: [{ title: "加厚保温杯", quantity: 1 }],
			weightGram: 500,
			templateUrl: template?.url ?? "",
		};
	}

	if (bench.adapter.waybills)
		describe("a waybill", () => {
			it("is taken, printed, and given back", async () => {
				const orderNo = await bench.placeOne();
				const waybill = await bench.call<Waybill>("waybill.take", await wish(orderNo));
				expect(waybill).toMatchObject({ carrier });
				expect(waybill.trackingNo).not.toBe("");
				expect(waybill.printData).not.toBe("");
				const { trackingNo, platformNo } = waybill;
				const taken = { orderNo, carrier, trackingNo, platformNo };
				expect(await bench.call<string>("waybill.print-data", { ...taken, templateUrl: "" })).not.toBe("");
				await bench.call("waybill.cancel", taken);
			});

			it("of another parcel of the same order is another one", async () => {
				const orderNo = await bench.placeOne();
				const first = await bench.call<Waybill>("waybill.take", await wish(orderNo, 1));
				const second = await bench.call<Waybill>("waybill.take", await wish(orderNo, 2));
				expect(second.trackingNo).not.toBe(first.trackingNo);
			});

			if (bench.adapter.waybills?.repeatable)
				it("that is asked for again is the same", async () => {
					const orderNo = await bench.placeOne();
					const first = await bench.call<Waybill>("waybill.take", await wish(orderNo));
					const again = await bench.call<Waybill>("waybill.take", await wish(orderNo));
					expect(again.trackingNo).toBe(first.trackingNo);
				});

			it("ships its order", async () => {
				const orderNo = await bench.placeOne();
				const { trackingNo } = await bench.call<Waybill>("waybill.take", await wish(orderNo));
				await bench.ship(orderNo, { trackingNo });
				expect((await bench.order(orderNo)).status).toBe("SHIPPED");
			});
		});
}
