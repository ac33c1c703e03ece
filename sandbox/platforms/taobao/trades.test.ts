import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fenOf } from "../../money.ts";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { inSeconds, type TopErrorBody, top } from "../../testing/top-client.ts";

type Line = Record<string, string | number | bigint>;
interface Trade extends Record<string, unknown> {
	tid: bigint;
	orders?: { order: Line[] };
}
interface List {
	total_results?: number;
	has_next?: boolean;
	trades?: { trade: Trade[] };
}

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("POST", "reset", { seed: "trades" });
});

const increment = (params: Record<string, string>) =>
	top<List>(sandbox.url, "taobao.trades.sold.increment.get", {
		fields: "tid,modified",
		start_modified: inSeconds(-600),
		end_modified: inSeconds(60),
		...params,
	});
const fullinfo = (tid: string, fields: string, params: Record<string, string> = {}) =>
	top<{ trade: Trade }>(sandbox.url, "taobao.trade.fullinfo.get", { tid, fields, ...params });
const tids = ({ body }: { body: List }) => (body.trades?.trade ?? []).map(({ tid }) => String(tid));

describe("trades.sold.increment.get", () => {
	it("leaves an empty list out", async () => {
		const { body, root } = await increment({});
		expect(root).toBe("trades_sold_increment_get_response");
		expect(body.total_results).toBe(0);
		expect(body).not.toHaveProperty("trades");
	});

	it("pages the newest first, and counts or tells of a next page, never both", async () => {
		const placed = await sandbox.place({ count: 25 });
		const [first, third, has] = await Promise.all([
			increment({ page_size: "10" }),
			increment({ page_size: "10", page_no: "3" }),
			increment({ page_size: "10", page_no: "3", use_has_next: "true" }),
		]);
		expect(tids(first)).toEqual(placed.slice(-10).reverse());
		expect(tids(third)).toEqual(placed.slice(0, 5).reverse());
		expect(first.body).toMatchObject({ total_results: 25 });
		expect(first.body).not.toHaveProperty("has_next");
		expect(has.body).toMatchObject({ has_next: false });
		expect(has.body).not.toHaveProperty("total_results");
	});

	it("writes ids as numbers of 19 digits", async () => {
		const [tid = ""] = await sandbox.place({ count: 1 });
		const { text } = await increment({});
		expect(tid).toMatch(/^\d{19}$/);
		expect(text).toContain(`"tid":${tid}`);
		expect(String(Number(tid))).not.toBe(tid);
	});

	it("answers only the fields asked for, and no memo or receiver at all", async () => {
		await sandbox.place({ count: 1, lines: 2 });
		const { body } = await increment({ fields: "tid,receiver_name,seller_memo,orders.oid,orders.num_iid" });
		const [trade] = body.trades?.trade ?? [];
		expect(Object.keys(trade ?? {})).toEqual(["tid", "orders"]);
		expect(Object.keys(trade?.orders?.order[0] ?? {})).toEqual(["oid", "num_iid"]);
	});

	it.each<[string, Record<string, string>, string]>([
		["longer than a day", { start_modified: inSeconds(-90_000) }, "end_modified"],
		["that runs backward", { end_modified: inSeconds(-1200) }, "end_modified"],
		["of last year", { start_modified: "2020-01-01 00:00:00", end_modified: "2020-01-01 01:00:00" }, "start_modified"],
	])("refuses a window %s", async (_, params, name) => {
		const { body } = await increment(params);
		expect(body).toMatchObject({ code: 41, sub_code: `isv.invalid-parameter:${name}` });
	});

	it("shows an order under its new time once it has changed", async () => {
		const [first = "", second = ""] = await sandbox.place({ count: 2 });
		await sandbox.control("POST", "faults", { target: "taobao", fault: "clock:30" });
		await sandbox.act(first, { action: "change-memo", seller: "改" });
		expect(tids(await increment({ start_modified: inSeconds(15) }))).toEqual([first]);
		expect(tids(await increment({ end_modified: inSeconds(15) }))).toEqual([second]);
		expect(tids(await increment({}))).toEqual([first, second]);
	});
});

describe("list faults", () => {
	it("page-shift moves orders between two pages", async () => {
		await sandbox.place({ count: 30 });
		await sandbox.control("POST", "faults", { target: "taobao", fault: "clock:30" });
		await sandbox.control("POST", "faults", { target: "taobao", fault: "page-shift", times: 1 });
		const before = tids(await increment({ page_size: "30" }));
		const after = tids(await increment({ page_size: "30" }));
		expect(after).not.toEqual(before);
		expect([...after].sort()).toEqual([...before].sort());
	});

	it("repeat-pages answers the page before, once", async () => {
		await sandbox.place({ count: 20 });
		await sandbox.control("POST", "faults", { target: "taobao", fault: "repeat-pages" });
		const window = { start_modified: inSeconds(-600), end_modified: inSeconds(60), page_size: "10" };
		const first = tids(await increment(window));
		expect(tids(await increment({ ...window, page_no: "2" }))).toEqual(first);
		expect(tids(await increment({ ...window, page_no: "2" }))).not.toEqual(first);
	});

	it("late-page hides the newest orders for a while", async () => {
		const placed = await sandbox.place({ count: 1 });
		await sandbox.control("POST", "faults", { target: "taobao", fault: "late-page", times: 1 });
		expect(tids(await increment({}))).toEqual([]);
		expect(tids(await increment({}))).toEqual(placed);
	});

	it("unknown-status puts a status of no documentation into one detail", async () => {
		const [tid = ""] = await sandbox.place({ count: 1 });
		await sandbox.control("POST", "faults", { target: "taobao", fault: "unknown-status", times: 1 });
		expect((await fullinfo(tid, "status")).body.trade.status).toBe("SANDBOX_UNKNOWN_STATUS");
		expect((await fullinfo(tid, "status")).body.trade.status).toBe("WAIT_SELLER_SEND_GOODS");
	});
});

describe("trade.fullinfo.get", () => {
	it("has money that adds up to the fen", async () => {
		const placed = await sandbox.place({ count: 60 });
		for (const tid of placed) {
			const { trade } = (await fullinfo(tid, "tid,payment,post_fee,orders")).body;
			const lines = trade.orders?.order ?? [];
			const fen = (amount: unknown) => fenOf(String(amount)) ?? Number.NaN;
			const divided = lines.reduce((sum, line) => sum + fen(line.divide_order_fee), 0);
			expect(divided + fen(trade.post_fee)).toBe(fen(trade.payment));
			if (lines.length > 1) {
				for (const line of lines) {
					expect(fen(line.payment) - fen(line.part_mjz_discount)).toBe(fen(line.divide_order_fee));
				}
				continue;
			}
			expect(lines[0]).toMatchObject({ oid: trade.tid, payment: trade.payment });
		}
	});

	it("tells the OAID only to a caller who asks for what it stands for, and masks the rest", async () => {
		const [tid = ""] = await sandbox.place({ count: 1 });
		const needed = "created,receiver_name,receiver_mobile,receiver_phone,receiver_address,oaid";
		const { trade } = (await fullinfo(tid, needed)).body;
		expect(trade).toMatchObject({ receiver_address: "****" });
		expect(trade.receiver_name).toMatch(/^.\*\*$/);
		expect(trade.receiver_mobile).toMatch(/^\*{7}\d{4}$/);
		expect(trade.oaid).toMatch(/^1\S{30,}$/);
		expect((await fullinfo(tid, "created,receiver_name,oaid")).body.trade).not.toHaveProperty("oaid");
	});

	it("has another OAID after the address changed, and the old one matches no more", async () => {
		const [tid = ""] = await sandbox.place({ count: 1 });
		const needed = "created,receiver_name,receiver_mobile,receiver_phone,receiver_address,oaid";
		const { oaid } = (await fullinfo(tid, needed)).body.trade;
		const decrypt = async (key: unknown) => {
			const query_list = `[{"oaid":"${key}","tid":${tid},"scene":"1006"}]`;
			const answer = await top<{ receiver_list: { receiver: object[] } }>(sandbox.url, "taobao.top.oaid.decrypt", {
				query_list,
			});
			return answer.body.receiver_list.receiver[0];
		};
		expect(await decrypt(oaid)).toMatchObject({ matched: true, privacy_protection: true });
		await sandbox.act(tid, { action: "change-address", receiver: { name: "赵六", city: "温州市" } });
		expect(await decrypt(oaid)).toMatchObject({ matched: false });
		const { trade } = (await fullinfo(tid, `${needed},receiver_city`)).body;
		expect(trade).toMatchObject({ receiver_name: "赵**", receiver_city: "温州市" });
		expect(await decrypt(trade.oaid)).toMatchObject({ matched: true, name: "赵六" });
	});

	it("does not know another number", async () => {
		const { body } = await fullinfo("4000000000000000001", "tid");
		expect(body as unknown as TopErrorBody).toMatchObject({ code: 15, sub_code: "isv.trade-not-exist" });
	});
});

describe("trade.memo.update", () => {
	const update = (params: Record<string, string>) => top(sandbox.url, "taobao.trade.memo.update", params);

	it("writes note and flag; an empty note leaves it, reset clears it", async () => {
		const [tid = ""] = await sandbox.place({ count: 1 });
		await update({ tid, memo: "@客服 加急", flag: "1" });
		expect(await sandbox.truth("kind=orders")).toMatchObject([{ memo: "@客服 加急", flag: 1 }]);
		await update({ tid, flag: "3" });
		expect(await sandbox.truth("kind=orders")).toMatchObject([{ memo: "@客服 加急", flag: 3 }]);
		await update({ tid, reset: "true" });
		expect(await sandbox.truth("kind=orders")).toMatchObject([{ memo: "", flag: 0 }]);
		expect((await update({ tid, memo: "长".repeat(334) })).body.code).toBe(15);
	});
});
