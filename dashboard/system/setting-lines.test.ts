import { describe, expect, it } from "vitest";
import { linesOf, settingsOf } from "./setting-lines.ts";

describe("settings as lines", () => {
	it("come back as they were, but for those that have a field of their own", () => {
		const settings = { shopNo: "S1", pathOrders: "/orders", codeField: "a=b" };
		expect(linesOf(settings, ["shopNo"])).toBe("pathOrders = /orders\ncodeField = a=b");
		expect(settingsOf(linesOf(settings, []))).toEqual(settings);
	});

	it.each(["no equals sign", "1x = 2", "= 2", "a-b = 1"])("are refused for %j", (line) => {
		expect(settingsOf(`auth = bearer\n\n${line}`)).toBeNull();
	});
});
