import { describe, expect, it } from "vitest";
import { type PullWindow, progressOf } from "./window.ts";

const window = (_id: string, state: PullWindow["state"], more: Partial<PullWindow> = {}): PullWindow => ({
	...{ _id, kind: "orders", list: "changed", from: "", to: "", asked: true, by: "user:admin", state },
	...{ pages: 1, total: 3, seen: 3, read: 2, parked: 0, attempts: 1, rechecks: 0, reason: "", updatedAt: "" },
	...more,
});

describe("a range that is read again", () => {
	it("is as far as its own windows are, whatever else the ledger holds", () => {
		const windows = [
			window("a", "DONE"),
			window("b", "FAILED", { read: 0, reason: "timeout" }),
			window("c", "DONE", { parked: 1 }),
			window("other", "DONE"),
		];
		expect(progressOf(["a", "b", "c", "unseen"], windows)).toEqual({
			...{ done: 2, failed: 1, total: 4, came: 4, parked: 1, reason: "timeout" },
		});
	});
});
