import { describe, expect, it } from "vitest";
import { givenOf, noSecrets } from "./secrets.ts";

describe("a shop's secrets", () => {
	it("are sent only where they were filled in", () => {
		expect(givenOf(noSecrets(), "")).toEqual({});
		expect(givenOf({ ...noSecrets(), secret: "s", messageKey: "m" }, "")).toEqual({
			app: { secret: "s", messageKey: "m" },
		});
		expect(givenOf({ ...noSecrets(), access: "a" }, "")).toEqual({ token: { access: "a" } });
		expect(givenOf({ ...noSecrets(), access: "a", refresh: "r" }, "2027-01-01T00:00:00.000Z")).toEqual({
			token: { access: "a", refresh: "r", expiresAt: "2027-01-01T00:00:00.000Z" },
		});
	});

	it("of a token say nothing without the token itself", () => {
		expect(givenOf({ ...noSecrets(), refresh: "r" }, "2027-01-01T00:00:00.000Z")).toEqual({});
	});
});
