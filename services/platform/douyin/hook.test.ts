import { describe, expect, it } from "vitest";
import type { HookCall } from "../messages.ts";
import { hook } from "./hook.ts";
import { sampleShop } from "./samples.ts";
import { eventSign } from "./sign.ts";

function call(body: string, headers: Record<string, string> = {}): HookCall {
	const bytes = Buffer.from(body);
	const right = eventSign(sampleShop.appKey, bytes, sampleShop.appSecret);
	const signed = { "app-id": sampleShop.appKey, "event-sign": right, ...headers };
	return { method: "POST", path: "/", query: {}, headers: signed, body: bytes };
}

const read = (body: string, headers?: Record<string, string>) => hook.read(sampleShop, call(body, headers));
const message = (tag: unknown, data: unknown, msg_id = "7158812345678901111:0:1762791000") =>
	JSON.stringify([{ tag, msg_id, data }]);

describe("a call of the platform", () => {
	it("brings several messages, their ids to the digit, and is acknowledged as the platform wants", () => {
		const body = JSON.stringify([
			{
				tag: "101",
				msg_id: "7158812345678901111:0:1762791000",
				data: '{"p_id":6935512345678901234,"shop_id":12345678}',
			},
			{
				tag: "206",
				msg_id: "7158812345678901112:0:1762791001",
				data: '{"aftersale_id":7042212345678909999,"p_id":6935512345678901234,"shop_id":12345678}',
			},
			{ tag: "400", msg_id: "3", data: '{"product_id":3456789012345678901,"update_time":1762791002}' },
		]);
		const order = { kind: "orders", id: "6935512345678901234" };
		expect(read(body)).toEqual({
			messages: [
				{
					id: "7158812345678901111:0:1762791000",
					at: new Date(1762791000_000),
					sellerId: "12345678",
					hints: [order],
				},
				{
					id: "7158812345678901112:0:1762791001",
					at: new Date(1762791001_000),
					sellerId: "12345678",
					hints: [{ kind: "aftersales", id: "7042212345678909999" }, order],
				},
				{
					id: "3",
					at: new Date(1762791002_000),
					sellerId: "",
					hints: [{ kind: "products", id: "3456789012345678901" }],
				},
			],
			reply: { status: 200, type: "application/json", body: '{"code":0,"msg":"success"}' },
		});
	});

	it("may have its tag as a number and its data as an object", () => {
		const old = '[{"tag":113,"msg_id":"1","data":{"p_id":6935512345678901234}}]';
		expect(read(old).messages[0]?.hints).toEqual([{ kind: "orders", id: "6935512345678901234" }]);
	});

	it.each(['[{"tag":"0","msg_id":"0","data":"{}"}]', '[{"tag":0}]'])(
		"that only probes is answered alike: %s",
		(body) => {
			expect(read(body)).toMatchObject({ messages: [], reply: { status: 200, body: '{"code":0,"msg":"success"}' } });
		},
	);

	it.each(["999", "1", "abc", ""])("about something else (tag %s) hints at nothing", (tag) => {
		expect(read(message(tag, '{"p_id":6935512345678901234}')).messages[0]?.hints).toEqual([]);
	});

	it.each<[string, string, Record<string, string>]>([
		["with another signature", message("101", "{}"), { "event-sign": "0".repeat(32) }],
		["with a signature of another length", message("101", "{}"), { "event-sign": "ab" }],
		["without a signature", message("101", "{}"), { "event-sign": "" }],
		["for another app", message("101", "{}"), { "app-id": "1" }],
		["that is no list", '{"tag":"101"}', {}],
		["that is no JSON", "13800001234", {}],
		["whose data is no JSON", message("101", "{"), {}],
	])("%s is refused, and not quoted", (_what, body, headers) => {
		expect(() => read(body, headers)).toThrow(expect.objectContaining({ type: "HOOK_REFUSED" }));
		expect(() => read(body, headers)).toThrow(/^(?!.*1380)/);
	});

	it("for a shop without a secret is refused", () => {
		const bare = { ...sampleShop, appSecret: "" };
		const body = Buffer.from("[]");
		const headers = { "app-id": bare.appKey, "event-sign": eventSign(bare.appKey, body, "") };
		const refused = expect.objectContaining({ type: "HOOK_REFUSED" });
		expect(() => hook.read(bare, { method: "POST", path: "/", query: {}, headers, body })).toThrow(refused);
	});
});
