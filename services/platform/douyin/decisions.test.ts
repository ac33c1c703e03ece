import { describe, expect, it } from "vitest";
import type { Decision } from "../../aftersale/aftersale.ts";
import type { RawRecord } from "../record.ts";
import { decisions } from "./decisions.ts";
import { sampleAftersale } from "./samples.ts";
import { walk } from "./walk.ts";

describe("the seller's answer", () => {
	const decision: Decision = {
		action: "REFUSE",
		addressId: "",
		reasonCode: "",
		note: "",
		carrier: "SF",
		trackingNo: "SF1380000000001",
	};
	const agreed = '{"items":[{"aftersale_id":"7042212345678909999","status_code":0,"status_msg":""}]}';
	const decide = (type: number, changes: Partial<Decision>, data: string[] = [agreed], status = 6) => {
		const answer = { ...decision, ...changes };
		const raw = sampleAftersale({ after_sale_type: type, after_sale_status: status });
		const work = decisions.actions[answer.action];
		if (!work) throw new Error("no such action");
		return walk(work(raw, answer), data).asked.map(({ method, body, repeatable }) => {
			expect(repeatable).toBe(method === "address.list");
			return JSON.parse(body) as RawRecord;
		});
	};

	it.each<[number, Decision["action"], number]>([
		[0, "AGREE_RETURN", 101],
		[0, "REFUSE", 102],
		[0, "AGREE_REFUND", 111],
		[0, "REFUSE_RECEIPT", 112],
		[1, "AGREE_REFUND", 201],
		[1, "REFUSE", 202],
		[2, "AGREE_REFUND", 203],
		[2, "REFUSE", 204],
		[3, "AGREE_RETURN", 301],
		[3, "REFUSE", 302],
		[3, "SHIP_EXCHANGE", 311],
		[3, "REFUSE_RECEIPT", 312],
		[6, "AGREE_REFUND", 401],
		[6, "REFUSE", 402],
		[7, "REFUSE", 502],
	])("to type %i: %s is operation %i, under the platform's lock", (type, action, operation) => {
		const [asked] = decide(type, { action, addressId: "101" });
		const item = { aftersale_id: "7042212345678909999", update_time: 1762970000 };
		expect(asked).toMatchObject({ type: operation, items: [item] });
	});

	it.each<[number, Decision["action"]]>([
		[1, "AGREE_RETURN"],
		[1, "REFUSE_RECEIPT"],
		[7, "SHIP_EXCHANGE"],
		[0, "SHIP_RESEND"],
		[8, "AGREE_RETURN"],
		[4, "AGREE_REFUND"],
	])("to type %i cannot be %s", (type, action) => {
		const unsupported = expect.objectContaining({ type: "PLATFORM_UNSUPPORTED" });
		expect(() => decide(type, { action })).toThrow(unsupported);
	});

	it("sends goods back to the default address when none is named, its number to the digit", () => {
		const book = `{"address_list":[{"address_id":1,"is_default":0},
			{"address_id":1000000000000000102,"reciever_name":"店","receiver_provinc":"浙江省","is_default":1}]}`;
		const steps = decisions.actions.AGREE_RETURN?.(sampleAftersale(), decision);
		if (!steps) throw new Error("no such action");
		const { asked } = walk(steps, [book, agreed]);
		expect(asked[1]?.body).toContain('"receiver_address_id":1000000000000000102');
	});

	it("to a resend agrees first, unless that is done, then tells the parcel", () => {
		const parcel = { send_type: 1, company_code: "shunfeng", tracking_no: "SF1380000000001" };
		expect(decide(7, { action: "SHIP_RESEND" })).toMatchObject([{ type: 501 }, parcel]);
		expect(decide(7, { action: "SHIP_RESEND" }, ["{}"], 8)).toMatchObject([parcel]);
		expect(decide(8, { action: "SHIP_EXCHANGE" }, ["{}"], 8)).toMatchObject([{ send_type: 4 }]);
	});

	it("carries reason and note, and is refused by the platform's word on the one item", () => {
		const [asked] = decide(1, { action: "REFUSE", reasonCode: "4", note: "已签收" });
		expect(asked?.items).toMatchObject([{ reject_reason_code: 4, reason: "已签收", remark: "已签收" }]);
		const failed = '{"items":[{"aftersale_id":"1","status_code":20309541,"status_msg":"状态已变更"}]}';
		expect(() => decide(1, { action: "REFUSE" }, [failed])).toThrow("状态已变更, status 20309541");
	});
});
