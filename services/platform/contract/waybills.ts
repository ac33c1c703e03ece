import { describe, expect, it } from "vitest";
import { PrintClient } from "../../../dashboard/print/print-client.ts";
import { protocols } from "../../../dashboard/print/protocols.ts";
import type { Waybill, WaybillAccount, WaybillTemplate } from "../waybill.ts";
import type { Bench } from "./bench.ts";

type Call = <T>(action: string, params: object) => Promise<T>;

/** What the simulated seller would wish for, by the first contract and template there is. `call`: of the platform's actions. */
export async function waybillWish(call: Call, carrier: string, orderNo: string, parcelNo = 1): Promise<object> {
	const [account] = await call<WaybillAccount[]>("waybill.accounts", { carrier });
	const [template] = await call<WaybillTemplate[]>("waybill.templates", { carrier });
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

export function waybillContract(bench: Bench): void {
	const { carrier } = bench.platform.parcel;

	const wish = (orderNo: string, parcelNo = 1): Promise<object> =>
		waybillWish((action, params) => bench.call(action, params), carrier, orderNo, parcelNo);

	const client = bench.adapter.waybills?.printClient;
	if (client)
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

			it("is printed by the platform's component, and can be looked at before where that shows it", async () => {
				const orderNo = await bench.placeOne();
				const { trackingNo, platformNo } = await bench.call<Waybill>("waybill.take", await wish(orderNo));
				const taken = { orderNo, carrier, trackingNo, platformNo, templateUrl: "" };
				const label = { id: "1", trackingNo, printData: await bench.call<string>("waybill.print-data", taken) };
				const url = `${bench.sandbox.url.replace("http", "ws")}/print/${client}`;
				const component = new PrintClient({ client, url });
				try {
					expect(await component.printers()).toEqual({ names: ["KM-202", "XP"], preferred: "KM-202" });
					if (protocols[client].preview) {
						const preview = await component.preview(label, "XP");
						expect((await fetch(preview.url)).headers.get("content-type")).toBe("application/pdf");
					}
					const ended = await component.print([label], "XP").done;
					expect(ended).toEqual([{ id: "1", trackingNo, state: "printed", reason: null }]);
				} finally {
					component.close();
				}
				const { prints } = await bench.sandbox.control<{ prints: object[] }>("GET", "prints");
				expect(prints).toMatchObject([{ client, printer: "XP", trackingNo }]);
			});

			it("ships its order", async () => {
				const orderNo = await bench.placeOne();
				const { trackingNo } = await bench.call<Waybill>("waybill.take", await wish(orderNo));
				await bench.ship(orderNo, { trackingNo });
				expect((await bench.order(orderNo)).status).toBe("SHIPPED");
			});
		});
}
