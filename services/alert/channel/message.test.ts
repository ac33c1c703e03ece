import { describe, expect, it } from "vitest";
import { messageOf } from "./message.ts";
import type { Notice } from "./notice.model.ts";

const notice = (changes: Partial<Notice> = {}): Notice => ({
	_id: "c:1",
	channelId: "c",
	alertId: "pull.behind:s1",
	kind: "pull.behind",
	level: "warning",
	ref: { shopId: "s1", kind: "orders" },
	reason: "Invalid session",
	over: false,
	at: new Date("2026-03-18T00:47:10Z"),
	...changes,
});
const many = (count: number): Notice[] =>
	Array.from({ length: count }, (_, index) => notice({ alertId: `a${index}`, ref: { id: `record-${index}` } }));

describe("a message", () => {
	it("says of one alert what, where, why and when in Beijing", () => {
		expect(messageOf([notice()], "zh-CN")).toEqual({
			title: "OrderHub: 警告 · 拉取滞后",
			lines: ["s1 orders · Invalid session · 2026-03-18 08:47:10"],
			tone: "warning",
		});
	});

	it("says that an alert is over", () => {
		expect(messageOf([notice({ over: true })], "en-US")).toEqual({
			title: "OrderHub: over · pulling is behind",
			lines: ["s1 orders · 2026-03-18 08:47:10"],
			tone: "over",
		});
	});

	it("tells an alert that came and went several times once, as it is now", () => {
		const { title, lines } = messageOf([notice(), notice({ over: true }), notice({ reason: "again" })], "en-US");
		expect(title).toBe("OrderHub: warning · pulling is behind");
		expect(lines).toEqual(["s1 orders (2 times) · again · 2026-03-18 08:47:10"]);
	});

	it("gathers several alerts, and is as grave as the gravest", () => {
		const waiting = [notice(), notice({ alertId: "b", level: "critical" }), notice({ alertId: "c", over: true })];
		const { title, lines, tone } = messageOf(waiting, "zh-CN");
		expect(title).toBe("OrderHub：2 条告警，1 条已恢复");
		expect(lines).toHaveLength(3);
		expect(tone).toBe("critical");
	});

	it("stays below what the strictest robot takes, and says how many more there are", () => {
		const { lines } = messageOf(many(300), "zh-CN");
		expect(Buffer.byteLength(lines.join("\n"))).toBeLessThan(3_600);
		expect(lines.at(-1)).toBe(`另有 ${300 - lines.length + 1} 条，请查看工作台`);
	});

	it.each([
		["[click](http://x.test)", "［click］(http://x.test)"],
		["<at user_id='all'>", "＜at user_id='all'＞"],
		["@all `code`", "＠all ｀code｀"],
		["two\nlines", "two lines"],
		["call 13812345678 now", "call 1********** now"],
		["order 202603180001381234567 stays", "order 202603180001381234567 stays"],
	])("lets %j form no link, mention or tag, and tells no phone number", (reason, shown) => {
		expect(messageOf([notice({ reason })], "en-US").lines[0]).toContain(` · ${shown} · `);
	});
});
