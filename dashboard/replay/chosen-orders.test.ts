import { describe, expect, it } from "vitest";
import { chosenOrders, numbersIn } from "./chosen-orders.ts";

describe("orders chosen by their numbers", () => {
	it("are read from whatever somebody pastes", () => {
		expect(numbersIn(" 2601\n2602，2603, 2601；\t2604、")).toEqual(["2601", "2602", "2603", "2604"]);
	});

	it("are found by the whole number only, in every shop that has it; the others are told", async () => {
		const orders = ["jd:a:2601", "pdd:b:2601", "jd:a:26011"].map((_id) => ({ _id, orderNo: _id.split(":")[2] ?? "" }));
		const find = async (no: string) => ({ items: orders.filter(({ _id }) => _id.includes(no)), nextCursor: null });
		expect(await chosenOrders(["2601", "7", "1", "jd:a:26011"], find)).toEqual({
			ids: ["jd:a:2601", "pdd:b:2601", "jd:a:26011"],
			missing: ["7", "1"],
		});
	});
});
