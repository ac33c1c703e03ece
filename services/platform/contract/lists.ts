import { describe, expect, it } from "vitest";
import type { Bench } from "./bench.ts";

export function listContract(bench: Bench): void {
	const [list] = bench.adapter.orders.lists;
	const { pageSize } = list.rules;

	describe("lists", () => {
		it.each([0, 1, pageSize - 1, pageSize, pageSize + 1, 3 * pageSize + 7])(
			"every one of %i orders once",
			async (count) => {
				const ids = count ? await bench.place(count) : [];
				expect(await bench.listed("orders")).toEqual(ids.sort());
			},
			30_000,
		);

		it.each(["page-shift", "repeat-pages"])(
			"every order although the platform does %s",
			async (trouble) => {
				const orders = await bench.place(2 * pageSize + 5);
				await bench.fault(trouble, 3);
				// Those that change meanwhile belong to the window after this one; none of the others may be missing.
				const listed = new Set(await bench.listed("orders"));
				const before = new Date(Date.now() - 60_000);
				const changed = (await bench.sandbox.truth("kind=orders")).filter((row) => new Date(row.modifiedAt) > before);
				const missing = orders.filter((id) => !listed.has(id));
				expect(missing.length).toBeLessThanOrEqual(6); // two an order shift, three shifts
				for (const id of missing) expect(changed.some((row) => row.platformOrderId === id)).toBe(true);
			},
			30_000,
		);

		it("only what changed in the window", async () => {
			await bench.place(3);
			const window = { from: new Date(Date.now() - 1_200_000), to: new Date(Date.now() - 600_000) };
			const params = { list: list.name, ...window };
			expect(await bench.call("orders.pull", params)).toMatchObject({ rows: [], next: null });
		});

		it("documents that say the same as when they are asked for alone", async () => {
			const orders = await bench.place(5, { seed: "whole" });
			const rows = await bench.rows("orders", list);
			expect(rows).toHaveLength(orders.length);
			for (const { id, kept } of rows) {
				if (!kept) continue;
				const { document } = await bench.call<{ document: unknown }>("orders.read", { id });
				expect(document).toEqual(await bench.order(id));
			}
		});
	});
}
