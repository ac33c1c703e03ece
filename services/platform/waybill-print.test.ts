import { describe, expect, it } from "vitest";
import { hubError } from "../../config/errors.ts";
import type { Step, Steps } from "./steps.ts";
import { orLater } from "./waybill-print.ts";

/** One call, answered with a text or failing with an error. */
function outcome(answer: string | Error): string {
	function* printData(): Steps<string> {
		return (yield {} as Step<unknown>) as string;
	}
	const steps = orLater(printData());
	steps.next();
	const end = answer instanceof Error ? steps.throw(answer) : steps.next(answer);
	return end.value as string;
}

describe("the print data of a number that was just taken", () => {
	it("is what the platform tells", () => {
		expect(outcome("{}")).toBe("{}");
	});

	it("is empty where the platform does not tell it now: the number must not get lost", () => {
		expect(outcome(hubError("PLATFORM_RATE_LIMITED", "later"))).toBe("");
	});

	it("does not hide a fault of our own", () => {
		expect(() => outcome(new TypeError("no such thing"))).toThrow(TypeError);
	});
});
