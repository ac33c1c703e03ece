import { describe, expect, it } from "vitest";
import { emptyForm, emptyLine, isWhole, type ManualForm, orderOf, totalFen } from "./manual-form.ts";

const receiver = { ...emptyForm().receiver, name: "张三", phone: "13800000000", province: "浙江省", city: "杭州市" };
const whole: ManualForm = {
	...emptyForm(),
	shopId: "taobao-demo",
	receiver: { ...receiver, address: "文三路 1 号" },
	freight: "8",
	lines: [
		{ ...emptyLine(), outerSku: "CUP-1", quantity: "3", price: "19.9", discount: "0.7" },
		{ ...emptyLine(), outerSku: "BAG-1", gift: true },
	],
};

describe("the form of an order entered by hand", () => {
	it("adds up exactly", () => {
		expect(totalFen(whole)).toBe(1990 * 3 - 70 + 800);
	});

	it("tells the server fen and whole pieces", () => {
		expect(orderOf(whole)).toMatchObject({
			freightFen: 800,
			lines: [
				{ outerSku: "CUP-1", quantity: 3, priceFen: 1990, discountFen: 70, gift: false },
				{ outerSku: "BAG-1", quantity: 1, priceFen: 0, discountFen: 0, gift: true },
			],
		});
	});

	it("is whole when all that must be there is", () => {
		expect([isWhole(emptyForm()), isWhole(whole)]).toEqual([false, true]);
	});

	it.each([
		["price", "1.999"],
		["price", "-3"],
		["quantity", "0"],
		["quantity", "1.5"],
		["discount", "60"],
		["outerSku", " "],
	])("is not whole with the %s %j", (field, value) => {
		const [first, ...others] = whole.lines;
		expect(isWhole({ ...whole, lines: [{ ...emptyLine(), ...first, [field]: value }, ...others] })).toBe(false);
	});
});
