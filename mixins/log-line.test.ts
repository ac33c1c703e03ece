import { describe, expect, it } from "vitest";
import { hubError } from "../config/errors.ts";
import { jsonLine } from "./log-line.ts";
import { underTrace, untraced } from "./trace.ts";

const bindings = { nodeID: "hub", mod: "erp", ns: "hub" };
const read = (...args: unknown[]): object => JSON.parse(jsonLine("info", args, bindings)[0] ?? "") as object;

describe("a line of the log", () => {
	it("is JSON, with the facts as fields", () => {
		expect(read("pushed", { pushId: "p1", ms: 12 })).toEqual({
			at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			level: "info",
			process: "hub",
			part: "erp",
			msg: "pushed",
			pushId: "p1",
			ms: 12,
		});
	});

	it("names the trace it belongs to, unless what is told names another", () => {
		expect(underTrace("t1", () => read("a"))).toMatchObject({ traceId: "t1" });
		expect(underTrace("t1", () => read("a", { traceId: "t2" }))).toMatchObject({ traceId: "t2" });
		expect(underTrace("t1", () => untraced(() => read("a")))).not.toHaveProperty("traceId");
	});

	it("says of an error its type and reason, and nothing of its data", () => {
		const line = read("failed", hubError("CONFLICT", "taken", { name: "canary" }));
		expect(line).toMatchObject({ type: "CONFLICT", reason: expect.stringContaining("taken") });
		expect(JSON.stringify(line)).not.toContain("canary");
	});
});
