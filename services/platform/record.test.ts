import { describe, expect, it } from "vitest";
import { fen, parseJson, quantity, requiredText, text, time, wrappedList } from "./record.ts";

const badRecord = (field: string) =>
	expect.objectContaining({ type: "PLATFORM_BAD_RECORD", data: expect.objectContaining({ field }) });

describe("parseJson", () => {
	it("keeps numbers of 19 digits as they are written", () => {
		expect(parseJson('{"tid":4187263549012345678,"list":[9007199254740993,-9007199254740993]}')).toEqual({
			tid: "4187263549012345678",
			list: ["9007199254740993", "-9007199254740993"],
		});
	});

	it("leaves other numbers and texts alone", () => {
		const plain = { n: 9007199254740991, f: 1.5, s: "4187263549012345678", b: true, x: null };
		expect(parseJson(JSON.stringify(plain))).toEqual(plain);
	});
});

describe("fields of a record", () => {
	it("are texts, whatever they were", () => {
		expect(text({ a: "x" }, "a")).toBe("x");
		expect(text({ a: 12 }, "a")).toBe("12");
		expect(text({ a: null }, "a")).toBe("");
		expect(text({}, "a")).toBe("");
	});

	it.each([
		["a missing text", () => requiredText({}, "tid"), "tid"],
		["an object where a text belongs", () => text({ tid: {} }, "tid"), "tid"],
		["an amount that is none", () => fen({ payment: "a lot" }, "payment"), "payment"],
		["a missing amount", () => fen({}, "payment"), "payment"],
		["a time that is none", () => time({ created: "yesterday" }, "created"), "created"],
		["no pieces", () => quantity({ num: 0 }, "num"), "num"],
		["half a piece", () => quantity({ num: "1.5" }, "num"), "num"],
		["a list that is none", () => wrappedList({ orders: { order: "x" } }, "orders", "order"), "orders"],
		["a list of texts", () => wrappedList({ orders: { order: ["x"] } }, "orders", "order"), "orders"],
		["a list without its wrapper", () => wrappedList({ orders: [{}] }, "orders", "order"), "orders"],
	])("refuse %s by name", (_what, read, field) => {
		expect(read).toThrow(badRecord(field));
	});

	it("make a missing list an empty one", () => {
		expect(wrappedList({}, "orders", "order")).toEqual([]);
		expect(wrappedList({ orders: {} }, "orders", "order")).toEqual([]);
		expect(wrappedList({ orders: { order: [{ oid: 1 }] } }, "orders", "order")).toEqual([{ oid: 1 }]);
	});
});
