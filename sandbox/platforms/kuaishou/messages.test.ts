import { createDecipheriv } from "node:crypto";
import { expect, it } from "vitest";
import { demoShops } from "./demo-shop.ts";
import { messages } from "./messages.ts";

it("messages are encrypted with the app's message secret and name the order to the digit", async () => {
	const shop = demoShops[0];
	if (!shop) throw new Error("no demo shop");
	const order = { platformOrderId: "2631500012345678901", placedMs: 1, buyer: { openId: "b" } };
	const change = { order, event: "placed", aftersale: null } as unknown as Parameters<typeof messages>[0];
	const [message] = messages(change, shop, 1762790000123);
	const decipher = createDecipheriv("aes-128-cbc", Buffer.from(shop.app.messageKey ?? "", "base64"), Buffer.alloc(16));
	const bytes = Buffer.from(message?.body ?? "", "base64");
	const text = Buffer.concat([decipher.update(bytes), decipher.final()]).toString();
	expect(text).toContain('"event":"kwaishop_order_addOrder"');
	expect(text).toContain('"bizId":2631500012345678901');
	expect(message?.acked({ status: 200, body: '{"result": 1}' })).toBe(true);
	expect(message?.acked({ status: 200, body: "success" })).toBe(false);
	expect(message?.acked({ status: 500, body: '{"result":1}' })).toBe(false);
});
