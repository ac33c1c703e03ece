import { describe, expect, it } from "vitest";
import type { Decision, PlatformAftersale } from "../../aftersale/aftersale.ts";
import type { RefusalReason, ReturnAddress } from "../adapter.ts";
import type { Bench } from "./bench.ts";

interface AftersaleRow {
	platformAftersaleId: string;
	platformOrderId: string;
	type: string;
	status: string;
	refundFen: number;
	lineId: string;
	quantity: number;
	returnParcel: { trackingNo: string } | null;
}

export function aftersaleContract(bench: Bench): void {
	const { decisions, aftersales } = bench.adapter;
	const { carrier, trackingNo, secondTrackingNo } = bench.platform.parcel;
	const can = (action: Decision["action"]): boolean => Boolean(decisions.actions[action]);

	/** The one after-sale of a new order of one line, shipped before unless it is about an order that is not. */
	async function open(type: string): Promise<{ orderNo: string; id: string }> {
		const orderNo = await bench.placeOne({ lines: 1 });
		if (type !== "REFUND_BEFORE_SHIP") await bench.ship(orderNo);
		const { aftersales } = await bench.act(orderNo, { action: "request-refund", type });
		return { orderNo, id: aftersales[0]?.platformAftersaleId ?? "" };
	}
	const truth = async (id: string): Promise<AftersaleRow | undefined> =>
		(await bench.sandbox.truth<AftersaleRow>("kind=aftersales")).find((row) => row.platformAftersaleId === id);
	const get = (id: string): Promise<PlatformAftersale> => bench.get("aftersales", id);
	const decide = (aftersaleNo: string, decision: Partial<Decision>): Promise<void> =>
		bench.call("aftersales.decide", { aftersaleNo, note: "同意", ...decision });
	const reasonOf = async (aftersaleNo: string): Promise<string> => {
		if (!decisions.reasons) return "";
		const reasons = await bench.call<RefusalReason[]>("aftersales.reasons", { aftersaleNo });
		return reasons.find(({ needsProof }) => !needsProof)?.code ?? reasons[0]?.code ?? "";
	};

	describe("an after-sale", () => {
		it.each(["REFUND_BEFORE_SHIP", "REFUND_ONLY", "RETURN_REFUND"])(
			"of type %s is what the simulator knows",
			async (type) => {
				const { orderNo, id } = await open(type);
				const row = await truth(id);
				const aftersale = await get(id);
				expect(aftersale).toMatchObject({
					aftersaleNo: id,
					orderNo,
					type,
					status: "APPLIED",
					refundFen: row?.refundFen,
				});
				expect(aftersale.lines).toMatchObject([{ lineId: row?.lineId, quantity: row?.quantity }]);
				expect(aftersale.reason).not.toBe("");
			},
		);

		it("is listed once, by the list it belongs to", async () => {
			const opened = [await open("REFUND_BEFORE_SHIP"), await open("RETURN_REFUND")].map(({ id }) => id);
			const listed: string[] = [];
			for (const list of aftersales.lists) listed.push(...(await bench.listed("aftersales", list)));
			expect(listed.sort()).toEqual(opened.sort());
		});

		it("is closed when the buyer withdraws it", async () => {
			const { orderNo, id } = await open("REFUND_BEFORE_SHIP");
			await bench.act(orderNo, { action: "cancel-refund" });
			expect((await get(id)).status).toBe("CLOSED");
		});

		it("that does not exist is refused", async () => {
			const { id } = await open("REFUND_BEFORE_SHIP");
			const unknown = `${id.slice(0, -3)}${(Number(id.slice(-3)) + 500) % 1_000}`.padEnd(id.length, "7");
			await expect(get(unknown)).rejects.toMatchObject({ type: "PLATFORM_REFUSED" });
		});
	});

	describe("the seller's answer", () => {
		if (can("AGREE_REFUND"))
			it("gives the money back before shipping, and the order is closed", async () => {
				const { orderNo, id } = await open("REFUND_BEFORE_SHIP");
				await decide(id, { action: "AGREE_REFUND" });
				expect((await truth(id))?.status).toBe("DONE");
				expect((await get(id)).status).toMatch(/DONE|PLATFORM_HANDLING/);
				expect((await bench.order(orderNo)).lines.some(({ refund }) => refund === "DONE")).toBe(true);
			});

		if (can("AGREE_RETURN") && can("AGREE_REFUND"))
			it("takes the goods back, then gives the money back", async () => {
				const { orderNo, id } = await open("RETURN_REFUND");
				const [address] = decisions.addresses ? await bench.call<ReturnAddress[]>("aftersales.addresses") : [];
				await decide(id, { action: "AGREE_RETURN", addressId: address?.id ?? "" });
				expect((await get(id)).status).toBe("WAIT_BUYER_RETURN");
				await bench.act(orderNo, { action: "return-goods" });
				const returned = await get(id);
				expect(returned.status).toBe("WAIT_SELLER_RECEIVE");
				expect(returned.returnParcel?.trackingNo).toBe((await truth(id))?.returnParcel?.trackingNo);
				await decide(id, { action: "AGREE_REFUND" });
				expect((await truth(id))?.status).toBe("DONE");
			});

		if (can("REFUSE"))
			it("refuses with the platform's own reason", async () => {
				const { id } = await open("RETURN_REFUND");
				await decide(id, { action: "REFUSE", reasonCode: await reasonOf(id), note: "商品完好，不符合退货条件" });
				expect((await truth(id))?.status).toBe("REFUSED");
				expect((await get(id)).status).toBe("REFUSED");
			});

		if (can("SHIP_EXCHANGE"))
			it("sends a replacement for what came back", async () => {
				const { orderNo, id } = await open("EXCHANGE");
				await decide(id, { action: "AGREE_RETURN" });
				await bench.act(orderNo, { action: "return-goods" });
				await decide(id, { action: "SHIP_EXCHANGE", carrier, trackingNo: secondTrackingNo });
				expect((await truth(id))?.status).toBe("WAIT_BUYER_CONFIRM");
				expect(await get(id)).toMatchObject({ type: "EXCHANGE", status: "WAIT_BUYER_CONFIRM" });
				await bench.act(orderNo, { action: "confirm-exchange" });
				expect((await get(id)).status).toBe("DONE");
			});

		if (can("SHIP_RESEND"))
			it("sends what was missing", async () => {
				const { id } = await open("RESEND");
				expect(await get(id)).toMatchObject({ type: "RESEND" });
				await decide(id, { action: "SHIP_RESEND", carrier, trackingNo: secondTrackingNo });
				expect((await truth(id))?.status).toBe("WAIT_BUYER_CONFIRM");
			});

		it("that the platform does not take is told as such", async () => {
			const { id } = await open("RETURN_REFUND");
			for (const action of ["REFUSE", "SHIP_RESEND", "SHIP_EXCHANGE"] as const) {
				if (can(action)) continue;
				const answer = decide(id, { action, carrier, trackingNo });
				await expect(answer).rejects.toMatchObject({ type: "PLATFORM_UNSUPPORTED" });
			}
		});

		if (can("AGREE_REFUND"))
			it("to one that was withdrawn meanwhile is refused", async () => {
				const { orderNo, id } = await open("REFUND_BEFORE_SHIP");
				await bench.act(orderNo, { action: "cancel-refund" });
				await expect(decide(id, { action: "AGREE_REFUND" })).rejects.toMatchObject({ type: "PLATFORM_REFUSED" });
				expect((await truth(id))?.status).toBe("CLOSED");
			});
	});
}
