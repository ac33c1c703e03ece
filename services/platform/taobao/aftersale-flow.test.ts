import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Bench } from "../contract/bench.ts";
import { taobao } from "./adapter.ts";
import TaobaoService from "./taobao.service.ts";

describe("an after-sale of taobao, against its simulator", () => {
	const bench = new Bench({
		adapter: taobao,
		service: TaobaoService,
		parcel: { carrier: "SF", trackingNo: "SF1234567890123", secondTrackingNo: "SF1234567890124" },
		unknownOrderNo: "4000000000000000001",
	});
	beforeAll(() => bench.start(), 30_000);
	afterEach(() => bench.clean());
	afterAll(() => bench.stop());

	async function opened(type: string): Promise<{ orderNo: string; id: string }> {
		const orderNo = await bench.placeOne({ lines: 1 });
		if (type !== "REFUND_BEFORE_SHIP") await bench.ship(orderNo);
		const { aftersales } = await bench.act(orderNo, { action: "request-refund", type });
		return { orderNo, id: aftersales[0]?.platformAftersaleId ?? "" };
	}
	const decide = (aftersaleNo: string, decision: object) =>
		bench.call("aftersales.decide", { aftersaleNo, note: "影响二次销售", ...decision });
	const reasonOf = async (aftersaleNo: string) => {
		const reasons = await bench.call<{ code: string }[]>("aftersales.reasons", { aftersaleNo });
		return { reasonCode: reasons[0]?.code };
	};

	it.each(["REFUND_BEFORE_SHIP", "REFUND_ONLY"])("that is a %s stays one when the money is back", async (type) => {
		const { orderNo, id } = await opened(type);
		await decide(id, { action: "AGREE_REFUND" });
		expect(await bench.get("aftersales", id)).toMatchObject({ type, status: "DONE" });
		expect((await bench.order(orderNo)).lines).toMatchObject([{ refund: "DONE", status: "CLOSED" }]);
	});

	it("that is an exchange is listed and got by a number that tells it from refunds", async () => {
		const { orderNo, id } = await opened("EXCHANGE");
		const [refunds, exchanges] = taobao.aftersales.lists;
		expect(await bench.listed("aftersales", refunds)).toEqual([]);
		expect(await bench.listed("aftersales", exchanges)).toEqual([id]);
		const got = await bench.get("aftersales", id);
		expect(got).toMatchObject({ aftersaleNo: id, orderNo, type: "EXCHANGE", status: "APPLIED" });
		// A message tells of it by the dispute's own number.
		expect(await bench.get("aftersales", id.slice(1))).toEqual(got);
	});

	it("that is an exchange is refused before the goods came back, and after", async () => {
		const before = await opened("EXCHANGE");
		await decide(before.id, { action: "REFUSE", ...(await reasonOf(before.id)) });
		expect((await bench.get("aftersales", before.id)).status).toBe("REFUSED");
		const after = await opened("EXCHANGE");
		await decide(after.id, { action: "AGREE_RETURN" });
		await bench.act(after.orderNo, { action: "return-goods", carrier: "ZTO", trackingNo: "73000000000001" });
		const parcel = { carrier: "ZTO", trackingNo: "73000000000001" };
		expect((await bench.get("aftersales", after.id)).returnParcel).toEqual(parcel);
		await decide(after.id, { action: "REFUSE_RECEIPT", ...(await reasonOf(after.id)) });
		expect((await bench.get("aftersales", after.id)).status).toBe("REFUSED");
	});

	it("that is an exchange leaves no refund on its order", async () => {
		const { orderNo, id } = await opened("EXCHANGE");
		await decide(id, { action: "AGREE_RETURN" });
		await bench.act(orderNo, { action: "return-goods" });
		expect((await bench.order(orderNo)).lines[0]?.refund).toBe("APPLIED");
		await decide(id, { action: "SHIP_EXCHANGE", carrier: "YTO", trackingNo: "YT0000000000001" });
		await bench.act(orderNo, { action: "confirm-exchange" });
		expect((await bench.order(orderNo)).lines[0]?.refund).toBe("NONE");
	});
});
