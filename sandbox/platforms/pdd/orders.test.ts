import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { pdd } from "./test-client.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("DELETE", "faults");
	await sandbox.control("POST", "reset", { seed: 1 });
	await setClock(aheadSec);
});

/** The platform's clock while it is asked: what was done before is old enough to be listed then. */
const aheadSec = 600;
const setClock = (sec: number) => sandbox.control("POST", "faults", { target: "pdd", fault: `clock:${sec}` });
const seconds = (fromNow: number): string => String(Math.floor(Date.now() / 1000) + fromNow);

type Row = Record<string, unknown>;
interface Page {
	total_count: number;
	has_next: boolean;
	order_sn_list: Row[];
	error_code: number;
}

const listMethod = "pdd.order.number.list.increment.get";
const everything = { order_status: "5", refund_status: "5", is_lucky_flag: "0" };
async function list(params: Record<string, string> = {}): Promise<Page> {
	const window = { start_updated_at: seconds(aheadSec - 1_000), end_updated_at: seconds(aheadSec - 200) };
	const asked = { ...everything, ...window, timestamp: seconds(aheadSec), ...params };
	return (await pdd<Page>(sandbox.url, listMethod, asked)).body;
}
const call = async (type: string, params: Record<string, string>) =>
	(await pdd<Row>(sandbox.url, type, { timestamp: seconds(aheadSec), ...params })).body;
const orderInfo = async (order_sn: string) =>
	(await call("pdd.order.information.get", { order_sn })).order_info as Record<string, never>;

/** Orders placed while the platform's clock was right. */
async function place(wish: object): Promise<string[]> {
	await sandbox.control("DELETE", "faults");
	const ids = await sandbox.place(wish, "pdd");
	await setClock(aheadSec);
	return ids;
}

describe("the list of changed orders", () => {
	it.each<[string, Record<string, string>]>([
		[
			"longer than half an hour",
			{ start_updated_at: seconds(aheadSec - 2_001), end_updated_at: seconds(aheadSec - 200) },
		],
		["that ended less than three minutes ago", { end_updated_at: seconds(aheadSec - 100) }],
		["that runs backwards", { start_updated_at: seconds(aheadSec - 200), end_updated_at: seconds(aheadSec - 300) }],
		[
			"older than three months",
			{ start_updated_at: seconds(-93 * 86_400), end_updated_at: seconds(-93 * 86_400 + 60) },
		],
		["without its start", { start_updated_at: "" }],
		["of no known state", { order_status: "4" }],
		["without the refund filter", { refund_status: "" }],
		["of too large pages", { page_size: "101" }],
		["from page zero", { page: "0" }],
	])("refuses a window %s", async (_what, params) => {
		expect((await list(params)).error_code).toBeGreaterThan(20_000);
	});

	it("counts or tells whether there is more, as asked, and shows whole orders", async () => {
		const ids = await place({ count: 5 });
		const counted = await list({ page_size: "2" });
		expect(counted).toMatchObject({ total_count: 5 });
		expect(counted.has_next).toBeUndefined();
		const last = await list({ page_size: "2", page: "3", use_has_next: "true" });
		expect(last).toMatchObject({ has_next: false });
		expect(last.order_sn_list).toEqual([await orderInfo(ids[0] ?? "")]);
	});

	it("filters by state", async () => {
		const [first = ""] = await place({ count: 3 });
		await call("pdd.logistics.online.send", {
			order_sn: first,
			logistics_id: "44",
			tracking_number: "SF1234567890123",
		});
		expect(await list({ order_status: "1" })).toMatchObject({ total_count: 2 });
	});
});

describe("an order", () => {
	it("shows its receiver while it waits for shipping only", async () => {
		const [paid = ""] = await place({ count: 1 });
		const [unpaid = ""] = await place({ count: 1, paid: false });
		expect(await orderInfo(unpaid)).toMatchObject({
			confirm_status: 0,
			pay_time: "",
			receiver_name: "",
			receiver_name_mask: "",
		});
		const before = await orderInfo(paid);
		expect(before).toMatchObject({
			receiver_name: expect.stringMatching(/^~.+~$/),
			receiver_phone: expect.stringMatching(/^\$.+\$$/),
		});
		await call("pdd.logistics.online.send", { order_sn: paid, logistics_id: "85", tracking_number: "YT1234567890123" });
		const after = await orderInfo(paid);
		expect(after).toMatchObject({ order_status: 2, receiver_name: "", receiver_phone_mask: "", logistics_id: 85 });
		expect(after.province).toBe(before.province);
	});

	it("is one line, whatever was in the basket", async () => {
		const ids = await place({ count: 1, lines: 3 });
		expect(ids).toHaveLength(3);
		for (const id of ids) expect((await orderInfo(id)).item_list).toHaveLength(1);
	});

	it("is decrypted by its own ciphertexts only", async () => {
		const [mine = "", other = ""] = await place({ count: 2 });
		const { receiver_phone } = await orderInfo(mine);
		const data_list = JSON.stringify([
			{ data_tag: mine, encrypted_data: receiver_phone },
			{ data_tag: other, encrypted_data: receiver_phone },
		]);
		const { data_decrypt_list } = await call("pdd.open.decrypt.batch", { data_list });
		expect(data_decrypt_list).toMatchObject([
			{ error_code: 0, decrypted_data: "18400001111", virtual_number_type: 1 },
			{ error_code: 50003, decrypted_data: "" },
		]);
	});

	it("takes a note, and a colour with its name or none", async () => {
		const [order_sn = ""] = await place({ count: 1 });
		const note = (params: object) => call("pdd.order.note.update", { order_sn, note: "加急", ...params });
		expect(await note({ tag: "3" })).toMatchObject({ error_code: 21001 });
		expect(await note({ tag: "3", tag_name: "绿色的" })).toMatchObject({ success: true });
		expect(await note({ note: "再改" })).toMatchObject({ success: true });
		expect(await orderInfo(order_sn)).toMatchObject({ remark: "再改", remark_tag: 3 });
	});
});

describe("shipping", () => {
	const send = (order_sn: string, params: object = {}) =>
		call("pdd.logistics.online.send", { order_sn, logistics_id: "85", tracking_number: "YT1234567890123", ...params });
	const more = (order_sn: string) =>
		call("pdd.order.upload.extra.logistics", {
			order_sn,
			extra_track_type: "1",
			extra_track_list: '[{"shipping_id":44,"tracking_number":"SF1234567890123"}]',
		});

	it("goes once; another number and more parcels come after it", async () => {
		const [order = ""] = await place({ count: 1 });
		expect(await more(order)).toMatchObject({ error_code: 50001 });
		expect(await send(order)).toMatchObject({ is_success: true });
		expect(await send(order)).toMatchObject({ error_code: 50001, sub_msg: "订单已发货，请勿重复发货" });
		expect(await send(order, { redelivery_type: "2", tracking_number: "YT1234567890124" })).toMatchObject({
			is_success: true,
		});
		expect(await more(order)).toMatchObject({ success: true });
		expect((await sandbox.truth("kind=orders"))[0]?.shipped).toMatchObject([
			{ carrier: "85", trackingNo: "YT1234567890124" },
			{ carrier: "44", trackingNo: "SF1234567890123" },
		]);
	});

	it.each([
		[{ logistics_id: "999" }, 21001],
		[{ tracking_number: "SF1234567890123" }, 50001],
		[{ order_sn: "260318-100000000000001" }, 50001],
	])("with %o is refused", async (params, error_code) => {
		const [order = ""] = await place({ count: 1 });
		expect(await send(order, params)).toMatchObject({ error_code });
	});

	it("is refused while a refund runs, and the check tells", async () => {
		const [order = "", other = ""] = await place({ count: 2 });
		await sandbox.act(order, { action: "request-refund" }, "pdd");
		const check = () => call("pdd.refund.status.check", { order_sns: `${order},${other}` });
		expect(await check()).toMatchObject({ order_sns_exists_refund: [{ order_sn: order }] });
		expect(await send(order)).toMatchObject({ error_code: 50001, sub_msg: "订单正在售后中，不能发货" });
		await sandbox.act(order, { action: "cancel-refund" }, "pdd");
		expect(await check()).toMatchObject({ order_sns_exists_refund: [] });
	});
});
