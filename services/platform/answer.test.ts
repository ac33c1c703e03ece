import { describe, expect, it } from "vitest";
import { hubError } from "../../config/errors.ts";
import { countIn, objectOf, refusedBy, saidBy, untilTomorrowMs, wholePage } from "./answer.ts";
import { fail, requiredText } from "./record.ts";

const answer = (body: string, status = 200) => ({ status, body, at: new Date("2026-03-18T15:59:00Z") });
const bad = (message: string) =>
	expect.objectContaining({ type: "PLATFORM_BAD_RESPONSE", message: expect.stringContaining(message) });

describe("an answer", () => {
	it.each(["", "null", "[]", '"text"', "1", "<html>Bad Gateway</html>", '{"a":'])("%j is no object", (body) => {
		expect(() => objectOf("m", answer(body))).toThrow(bad("m: not"));
	});

	it("of too many calls asks for a pause, whatever else it says", () => {
		const limited = expect.objectContaining({ type: "PLATFORM_RATE_LIMITED", data: { waitMs: 1_000 } });
		expect(() => objectOf("m", answer("", 429))).toThrow(limited);
	});

	it("is never quoted", () => {
		expect(() => objectOf("m", answer("王小明 13800001234"))).toThrow(/^(?!.*王)(?!.*1380)/);
	});
});

describe("a page of a list", () => {
	it("is unreadable as a whole where a row has no number", () => {
		const read = () => [{ id: "1" }, {}].map((row) => requiredText(row, "id"));
		expect(() => wholePage("m", answer(""), read)).toThrow(bad("id is missing"));
	});

	it("leaves the platform's errors what they are", () => {
		const limited = hubError("PLATFORM_RATE_LIMITED", "slow down");
		const read = () => {
			throw limited;
		};
		expect(() => wholePage("m", answer(""), read)).toThrow(limited);
	});

	it("says what it was read as", () => {
		expect(wholePage("m", answer(""), () => 7)).toBe(7);
		expect(() => wholePage("m", answer(""), () => fail("row", "is odd"))).toThrow(bad("row is odd"));
	});
});

describe("a count", () => {
	it.each([0, 12, "12"])("may be %j", (total) => {
		expect(countIn("m", answer(""), { total }, "total")).toBe(Number(total));
	});

	it.each([undefined, null, "", -1, 1.5, "many"])("may not be %j", (total) => {
		expect(() => countIn("m", answer(""), { total }, "total")).toThrow(bad("total"));
	});
});

describe("a platform's words", () => {
	it("are cut short each, and stand before the code they came with", () => {
		expect(saidBy("无权限", "", "code 12")).toBe("无权限, code 12");
		expect(saidBy("x".repeat(500), "code 1")).toBe(`${"x".repeat(200)}, code 1`);
	});

	it("are why it refused", () => {
		expect(refusedBy("m", "订单不存在", "code 5")).toMatchObject({
			type: "PLATFORM_REFUSED",
			message: expect.stringContaining("订单不存在, code 5"),
			data: { method: "m" },
		});
	});
});

it("counts what is left of a day to midnight in Beijing", () => {
	expect(untilTomorrowMs(new Date("2026-03-18T15:59:00Z"))).toBe(60_000);
	expect(untilTomorrowMs(new Date("2026-03-18T16:00:00Z"))).toBe(24 * 3_600_000);
});
