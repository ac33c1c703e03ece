import { expect, it } from "vitest";
import { seeded } from "../random.ts";
import { TimeIndex } from "./time-index.ts";

it("gives any window newest first, whatever was moved before", () => {
	const random = seeded("index");
	const index = new TimeIndex<{ sequence: number; ms: number }>();
	const items = Array.from({ length: 300 }, (_, at) => ({ sequence: at + 1, ms: random.int(0, 50) }));
	for (const item of items) index.place(item, item.ms, null);
	for (let moves = 0; moves < 500; moves++) {
		const item = random.pick(items);
		const oldMs = item.ms;
		item.ms = random.int(0, 50);
		index.place(item, item.ms, oldMs);
	}
	const expected = items
		.filter(({ ms }) => ms >= 10 && ms <= 20)
		.sort((a, b) => b.ms - a.ms || b.sequence - a.sequence);
	expect(index.between(10, 20)).toEqual(expected);
	expect(index.between(20, 10)).toEqual([]);
});
