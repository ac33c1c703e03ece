import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { top } from "../../testing/top-client.ts";
import { demoShops } from "./demo-shop.ts";

interface Taken {
	modules: { waybill_cloud_print_response: { waybill_code: string; print_data: string }[] };
}

let sandbox: RunningSandbox;
let tid: string;
let oaid: string;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("POST", "reset", { seed: "waybills" });
	[tid = ""] = await sandbox.place({ count: 1 });
	const fields = "created,receiver_name,receiver_mobile,receiver_phone,receiver_address,oaid";
	const answer = await top<{ trade: { oaid: string } }>(sandbox.url, "taobao.trade.fullinfo.get", { tid, fields });
	oaid = answer.body.trade.oaid;
});

function request(changes: Record<string, unknown> = {}, parcel: Record<string, unknown> = {}): Record<string, string> {
	const address = { province: "浙江省", city: "杭州市", district: "余杭区", town: "仓前街道", detail: "示例路1号" };
	const dto = {
		object_id: "p-1",
		order_info: { order_channels_type: "TM", trade_order_list: [tid] },
		package_info: { items: [{ name: "杯", count: 1 }] },
		recipient: { name: "王**", mobile: "*******1234", address: { detail: "****" }, oaid, tid },
		template_url: "http://cloudprint.cainiao.com/template/standard/101",
		user_id: demoShops[0]?.sellerId,
		...parcel,
	};
	const sender = { name: "仓", mobile: "13900000000", address };
	const body = { cp_code: "SF", sender, trade_order_info_dtos: [dto], ...changes };
	return { param_waybill_cloud_print_apply_new_request: JSON.stringify(body) };
}
const take = async (...changes: Parameters<typeof request>) =>
	top<Taken>(sandbox.url, "cainiao.waybill.ii.get", request(...changes));
const codeOf = ({ body }: { body: Taken }) => body.modules.waybill_cloud_print_response[0]?.waybill_code ?? "";
const cancel = (waybill_code: string) =>
	top<{ cancel_result: boolean }>(sandbox.url, "cainiao.waybill.ii.cancel", { cp_code: "SF", waybill_code });
const query = (waybill_code: string) =>
	top<{ modules: { waybill_cloud_print_with_result_desc_response: [{ success: boolean }] } }>(
		sandbox.url,
		"cainiao.waybill.ii.query.by.waybillcode",
		{ param_list: JSON.stringify([{ cp_code: "SF", waybill_code, object_id: "1" }]) },
	);

describe("waybills", () => {
	it("are the same for the same parcel, and ship its trade", async () => {
		const code = codeOf(await take());
		expect(codeOf(await take())).toBe(code);
		expect(codeOf(await take({}, { object_id: "p-2" }))).not.toBe(code);
		const ship = await top(sandbox.url, "taobao.logistics.offline.send", { tid, company_code: "SF", out_sid: code });
		expect(ship.root).toBe("logistics_offline_send_response");
		expect((await cancel(code)).body.cancel_result).toBe(false); // it is on its way
	});

	it("can be looked up until they are given back", async () => {
		const code = codeOf(await take());
		const found = async () => (await query(code)).body.modules.waybill_cloud_print_with_result_desc_response[0];
		expect(await found()).toMatchObject({ success: true });
		expect((await cancel(code)).body.cancel_result).toBe(true);
		expect(await found()).toMatchObject({ success: false });
	});

	it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		[
			"another receiver's OAID",
			{},
			{ recipient: { name: "王**", mobile: "1", address: { detail: "*" }, oaid: "x", tid: "?" } },
		],
		["another seller", {}, { user_id: "1" }],
		["no goods", {}, { package_info: {} }],
		["no template of the platform", {}, { template_url: "https://example.com/1" }],
		["a carrier that is none", { cp_code: "PIGEON" }, {}],
		["an address that is not subscribed", { sender: { name: "仓", mobile: "1", address: { province: "北京" } } }, {}],
		["no parcel", { trade_order_info_dtos: [] }, {}],
	])("are refused for %s", async (_, changes, parcel) => {
		expect((await take(changes, parcel)).root).toBe("error_response");
	});
});
