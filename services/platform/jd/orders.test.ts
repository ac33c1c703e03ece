import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Bench } from "../contract/bench.ts";
import { jd } from "./adapter.ts";
import JdService from "./jd.service.ts";

/** What the contract does not ask for, since it is 京东's own: tried against its simulator. */
const bench = new Bench({
	adapter: jd,
	service: JdService,
	parcel: { carrier: "SF", trackingNo: "SF1234567890123", secondTrackingNo: "SF1234567890124" },
	unknownOrderNo: "299999999999",
});
beforeAll(() => bench.start());
afterEach(() => bench.clean());
afterAll(() => bench.stop());

const decide = (aftersaleNo: string, decision: object): Promise<void> =>
	bench.call("aftersales.decide", { aftersaleNo, note: "好", ...decision });

describe("京东 orders", () => {
	it("that are not paid stand in a list of their own", async () => {
		const [unpaid] = await bench.place(1, { paid: false });
		const [paid] = await bench.place(1);
		const [changed, notPaid] = jd.orders.lists;
		expect(await bench.listed("orders", changed)).toEqual([paid]);
		expect(await bench.listed("orders", notPaid)).toEqual([unpaid]);
	});

	it("of which a part is paid back keep the rest to be shipped, listed or asked for", async () => {
		const orderNo = await bench.placeOne({ lines: 2 });
		const [first, second] = (await bench.order(orderNo)).lines;
		const wish = { action: "request-refund", type: "REFUND_BEFORE_SHIP", lines: [first?.lineId] };
		const { aftersales } = await bench.act(orderNo, wish);
		expect(await bench.order(orderNo)).toMatchObject({
			lines: [{ refund: "APPLIED" }, { refund: "NONE" }],
			platformHolds: ["REFUND_APPLIED", "RISK"],
		});
		await decide(aftersales[0]?.platformAftersaleId ?? "", { action: "AGREE_REFUND" });
		expect(await bench.order(orderNo)).toMatchObject({
			status: "WAIT_SHIP",
			lines: [
				{ lineId: first?.lineId, refund: "DONE" },
				{ lineId: second?.lineId, refund: "NONE" },
			],
			platformHolds: [],
		});
		const [row] = await bench.rows("orders", jd.orders.lists[0]);
		expect(row).toMatchObject({ id: orderNo, kept: false }); // to be asked for: the list shows nothing of it
	});

	it("have a remark whose colour stays when only the text changes", async () => {
		const orderNo = await bench.placeOne();
		await bench.call("remark", { orderNo, text: "加急", flag: "purple" });
		await bench.call("remark", { orderNo, text: "不急", flag: "" });
		expect((await bench.order(orderNo)).memo).toMatchObject({ seller: "不急", flag: "purple" });
	});
});

describe("京东 after-sales", () => {
	it("that came back not as they should are closed with a reason", async () => {
		const orderNo = await bench.placeOne({ lines: 1 });
		await bench.ship(orderNo);
		const { aftersales } = await bench.act(orderNo, { action: "request-refund", type: "RETURN_REFUND" });
		const id = aftersales[0]?.platformAftersaleId ?? "";
		await decide(id, { action: "AGREE_RETURN" });
		await bench.act(orderNo, { action: "return-goods", carrier: "ZTO", trackingNo: "75312345678901" });
		expect((await bench.get("aftersales", id)).returnParcel).toEqual({ carrier: "ZTO", trackingNo: "75312345678901" });
		await decide(id, { action: "REFUSE_RECEIPT", reasonCode: "1003", note: "商品已使用" });
		expect(await bench.get("aftersales", id)).toMatchObject({ status: "REFUSED", refusal: "商品已使用" });
	});

	it("that ask for money without a return are for 京东's own pages", async () => {
		const orderNo = await bench.placeOne({ lines: 1 });
		await bench.ship(orderNo);
		const { aftersales } = await bench.act(orderNo, { action: "request-refund", type: "REFUND_ONLY" });
		const agreed = decide(aftersales[0]?.platformAftersaleId ?? "", { action: "AGREE_REFUND" });
		await expect(agreed).rejects.toMatchObject({ type: "PLATFORM_UNSUPPORTED" });
	});

	it("are not refused without one of the platform's reasons", async () => {
		const orderNo = await bench.placeOne({ lines: 1 });
		const { aftersales } = await bench.act(orderNo, { action: "request-refund", type: "REFUND_BEFORE_SHIP" });
		const refused = decide(aftersales[0]?.platformAftersaleId ?? "", { action: "REFUSE", reasonCode: "99" });
		await expect(refused).rejects.toMatchObject({ type: "INVALID" });
	});
});
