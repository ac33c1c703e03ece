import { describe, expect, it } from "vitest";
import { readOrder } from "./order-reader.ts";
import { sampleItem, sampleOrder } from "./sample-order.ts";

const read = (changes = {}) => readOrder("s1", sampleOrder(changes));
const refused = (type: string) => expect.objectContaining({ type });

describe("an order of 拼多多", () => {
	it("is read whole", () => {
		expect(read()).toEqual({
			platform: "pdd",
			shopId: "s1",
			orderNo: "260318-123456789012345",
			status: "WAIT_SHIP",
			rawStatus: "1/1/1/1",
			flags: [],
			placedAt: new Date("2026-03-18T00:40:01Z"),
			paidAt: new Date("2026-03-18T00:41:32Z"),
			modifiedAt: new Date("2026-03-18T00:47:10Z"),
			shipDeadline: new Date("2026-03-20T00:41:33Z"),
			buyer: { nick: "", openId: "" },
			receiver: {
				name: "王**",
				phone: "138****1234",
				address: "粤海街道***",
				province: "广东省",
				city: "深圳市",
				district: "南山区",
				town: "",
				cipher: '{"name":"~AgAAAAB~","phone":"$LwB$AgAA$1$","address":"~AgAAAAC~"}',
				platformKey: "",
			},
			memo: { buyer: "请发顺丰", seller: "加急", flag: "red" },
			money: {
				goodsFen: 7800,
				freightFen: 0,
				discountSellerFen: 500,
				discountPlatformFen: 400,
				paidFen: 6900,
				receivableFen: 7300,
			},
			lines: [
				{
					lineId: "600000000001:900000000001",
					platformSkuId: "900000000001",
					outerSku: "CUP-BK-500",
					title: "加厚保温杯",
					spec: "黑色,500ml",
					imageUrl: "https://img.example/1.jpg",
					quantity: 2,
					priceFen: 3900,
					discountFen: 900,
					paidFen: 6900,
					gift: false,
					status: "WAIT_SHIP",
					refund: "NONE",
				},
			],
			platformHolds: [],
		});
	});

	it("takes amounts as text as well as as numbers", () => {
		const amounts = { goods_amount: "78.00", discount_amount: "9", pay_amount: "69.0" };
		expect(read({ ...amounts, item_list: [sampleItem({ goods_price: "39.00" })] }).money.paidFen).toBe(6900);
	});

	it("counts services like postage", () => {
		const order = read({
			postage: 6.5,
			service_fee_detail: [{ service_fee: 20, service_name: "上门安装" }],
			pay_amount: 95.5,
		});
		expect(order.money).toMatchObject({ freightFen: 2650, paidFen: 9550 });
		expect(order.lines[0]?.paidFen).toBe(6900);
	});

	it("counts a price the seller changed as the seller's discount", () => {
		const order = read({ goods_amount: 70.0, order_change_amount: 8.0, pay_amount: 61.0 });
		expect(order.money).toMatchObject({
			goodsFen: 7800,
			discountSellerFen: 1300,
			discountPlatformFen: 400,
			paidFen: 6100,
		});
	});

	it("takes off what the deposit earned, where only so the amounts make up what is paid", () => {
		const step = { step_trade_status: 2, advanced_paid_fee: 10, step_paid_fee: 54, step_discount_amount: 5 };
		expect(read({ trade_type: 1, step_order_info: step, pay_amount: 64.0 }).lines[0]?.paidFen).toBe(6400);
	});

	it("that does not add up is refused", () => {
		expect(() => read({ pay_amount: 68.99 })).toThrow(refused("PLATFORM_BAD_RECORD"));
	});

	it("shares discounts over its items to the fen", () => {
		const items = [1, 2, 3].map((at) => sampleItem({ sku_id: at, goods_price: 33.33, goods_count: 1 }));
		const { lines } = read({
			item_list: items,
			goods_amount: 99.99,
			discount_amount: 10,
			platform_discount: 0,
			pay_amount: 89.99,
		});
		expect(lines.map(({ paidFen }) => paidFen)).toEqual([3000, 3000, 2999]);
	});

	it("has its gifts as lines without a price", () => {
		const gift = sampleItem({ goods_price: 9.9, goods_count: 1, outer_id: "LID-STD" });
		const { lines, money } = read({ gift_list: [gift] });
		expect(lines[1]).toMatchObject({ gift: true, priceFen: 0, paidFen: 0, outerSku: "LID-STD", quantity: 1 });
		expect(new Set(lines.map(({ lineId }) => lineId)).size).toBe(2);
		expect(money.goodsFen).toBe(7800);
	});

	it("shows nothing of its receiver when the platform tells nothing", () => {
		const fields = ["name", "phone", "address"].flatMap((part) => [`receiver_${part}`, `receiver_${part}_mask`]);
		const { receiver } = read({ order_status: 2, ...Object.fromEntries(fields.map((field) => [field, ""])) });
		expect(receiver).toMatchObject({ name: "", phone: "", address: "", cipher: "", province: "广东省" });
	});

	it("keeps no plain name, phone or address, also where the platform does not mask", () => {
		const plain = { receiver_name: "王小明", receiver_phone: "13800001234", receiver_address: "科苑路1号" };
		const unmasked = { receiver_name_mask: "", receiver_phone_mask: "", receiver_address_mask: "" };
		const told = JSON.stringify(read({ ...plain, ...unmasked }));
		for (const each of ["小明", "1380000", "科苑路"]) expect(told).not.toContain(each);
		expect(read({ ...plain, ...unmasked }).receiver).toMatchObject({ name: "王**", cipher: "" });
	});

	it("finds the phone in its new field, encrypted or masked", () => {
		const moved = { receiver_phone: "", receiver_phone_mask: "" };
		expect(read({ ...moved, contact_mobile: "$LwC$AgAA$1$" }).receiver).toMatchObject({
			phone: "",
			cipher: '{"name":"~AgAAAAB~","phone":"$LwC$AgAA$1$","address":"~AgAAAAC~"}',
		});
		expect(read({ ...moved, contact_mobile: "138****9999" }).receiver.phone).toBe("138****9999");
	});

	it.each(["item_list", "order_sn", "created_time", "updated_at", "pay_amount", "confirm_status"])(
		"without %s is refused",
		(field) => {
			expect(() => read({ [field]: undefined })).toThrow(refused("PLATFORM_BAD_RECORD"));
		},
	);
});

describe("the platform's holds", () => {
	it.each([
		["a group that is not full", { group_status: 0, confirm_status: 0 }, "WAIT_PAY", ["RISK"], ["group"]],
		["a review", { risk_control_status: 1 }, "WAIT_SHIP", ["RISK"], ["risk-check"]],
		[
			"an unpaid balance",
			{ trade_type: 1, step_order_info: { step_trade_status: 1 } },
			"WAIT_PAY",
			["PRESALE_BALANCE"],
			["presale"],
		],
		["a running refund", { refund_status: 2, after_sales_status: 2 }, "WAIT_SHIP", ["REFUND_APPLIED"], []],
		["a refund only the after-sale tells of", { after_sales_status: 8 }, "WAIT_SHIP", ["REFUND_APPLIED"], []],
		["none when the order is signed for", { order_status: 3, refund_status: 2 }, "COMPLETED", [], []],
		["none when the money is back", { refund_status: 4, after_sales_status: 10 }, "CLOSED", [], []],
	])("follow from %s", (_why, changes, status, platformHolds, flags) => {
		expect(read(changes)).toMatchObject({ status, platformHolds, flags });
	});
});
