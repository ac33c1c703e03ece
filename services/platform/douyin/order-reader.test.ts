import { describe, expect, it } from "vitest";
import type { RawRecord } from "../record.ts";
import { readOrder } from "./order-reader.ts";
import { sampleOrder } from "./samples.ts";
import { memoFlag, starOf } from "./statuses.ts";

const read = (changes: RawRecord = {}, lines?: readonly RawRecord[]) =>
	readOrder("shop-1", sampleOrder(changes, lines));
const aftersale = (status: number, type: number, refund: number): RawRecord => ({
	after_sale_info: { after_sale_status: status, after_sale_type: type, refund_status: refund },
});

describe("readOrder", () => {
	it("puts a whole order into our words", () => {
		expect(read()).toEqual({
			platform: "douyin",
			shopId: "shop-1",
			orderNo: "6935512345678901234",
			status: "WAIT_SHIP",
			rawStatus: "2/2",
			flags: [],
			placedAt: new Date(1762790100_000),
			paidAt: new Date(1762790160_000),
			modifiedAt: new Date(1762790410_000),
			shipDeadline: new Date(1762962960_000),
			buyer: { nick: "", openId: "1@#XyZ" },
			receiver: {
				name: "张*",
				phone: "138****0000",
				address: "科技园****",
				province: "广东省",
				city: "深圳市",
				district: "南山区",
				town: "粤海街道",
				cipher: JSON.stringify({
					name: "$oC1k9Q==$kP/3Zs+w==$1$$",
					phone: "#9gF+3/kQ==#Zm9vYmFy#1*CgkIARCt##",
					address: "$Yt8/aa==$MTIz$1$$",
				}),
				platformKey: "",
			},
			memo: { buyer: "请发顺丰", seller: "加急", flag: "red" },
			money: {
				goodsFen: 15800,
				freightFen: 0,
				discountSellerFen: 500,
				discountPlatformFen: 500,
				paidFen: 14800,
				receivableFen: 15300,
			},
			lines: [
				{
					lineId: "6935512345678901235",
					platformSkuId: "1723456789012345678",
					outerSku: "SJT-180-BLUE",
					title: "纯棉四件套",
					spec: "颜色:蓝色;尺寸:1.8m",
					imageUrl: "https://img.example/a.jpg",
					quantity: 2,
					priceFen: 5900,
					discountFen: 800,
					paidFen: 11000,
					gift: false,
					status: "WAIT_SHIP",
					refund: "NONE",
				},
				expect.objectContaining({ lineId: "6935512345678901236", outerSku: "90002", discountFen: 200, paidFen: 3800 }),
			],
			platformHolds: [],
		});
	});

	it.each([
		[1, 1, "WAIT_PAY"],
		[105, 105, "WAIT_SHIP"],
		[2, 2, "WAIT_SHIP"],
		[101, 101, "PART_SHIPPED"],
		[3, 3, "SHIPPED"],
		[5, 5, "COMPLETED"],
		[4, 4, "CLOSED"],
		[1, 103, "WAIT_PAY"],
		[2, 103, "WAIT_PAY"],
		[4, 21, "CLOSED"],
		[3, 22, "CLOSED"],
		[5, 39, "CLOSED"],
		[2, undefined, "WAIT_SHIP"],
	])("reads order_status %i with main_status %s as %s, of orders and of lines", (order_status, main_status, status) => {
		expect(read({ order_status, main_status }).status).toBe(status);
		expect(read({}, [{ order_status, main_status }]).lines[0]?.status).toBe(status);
	});

	it.each<[field: string, order: RawRecord, line: RawRecord]>([
		["order_status", { order_status: 999 }, {}],
		["order_status", {}, { order_status: 999 }],
		["seller_remark_stars", { seller_remark_stars: 9 }, {}],
		["aftersale_status", {}, aftersale(99, 0, 0)],
		["aftersale_type", {}, aftersale(6, 99, 0)],
		["refund_status", {}, aftersale(12, 0, 99)],
	])("refuses an unknown %s rather than guess", (field, order, line) => {
		expect(() => read(order, [line])).toThrow(
			expect.objectContaining({ type: "PLATFORM_UNKNOWN_STATUS", data: { field } }),
		);
	});

	it.each<[string, RawRecord, "NONE" | "APPLIED" | "DONE"]>([
		["nothing asked for", aftersale(0, 0, 0), "NONE"],
		["a refund asked for", aftersale(6, 2, 1), "APPLIED"],
		["a return agreed to", aftersale(7, 0, 1), "APPLIED"],
		["goods that came back", aftersale(11, 0, 1), "APPLIED"],
		["a replacement to be sent", aftersale(8, 3, 0), "APPLIED"],
		["a refusal", aftersale(27, 2, 1), "APPLIED"],
		["a refusal after the return", aftersale(29, 0, 1), "APPLIED"],
		["money on its way", aftersale(12, 2, 2), "APPLIED"],
		["money back", aftersale(12, 2, 3), "DONE"],
		["a trade undone", aftersale(53, 4, 3), "DONE"],
		["an exchange that is over", aftersale(14, 3, 0), "NONE"],
		["a claim withdrawn", aftersale(28, 2, 0), "NONE"],
		["price protection, asked for", aftersale(6, 6, 1), "NONE"],
		["price protection, paid", aftersale(12, 6, 3), "NONE"],
	])("reads %s on a line, and holds the order while it is open", (_what, line, refund) => {
		const order = read({}, [line]);
		expect(order.lines[0]?.refund).toBe(refund);
		expect(order.platformHolds).toEqual(refund === "APPLIED" ? ["REFUND_APPLIED"] : []);
	});

	it.each<[string, RawRecord, object]>([
		["a payment under check is held", { order_status: 105 }, { flags: ["risk-check"], platformHolds: ["RISK"] }],
		[
			"a deposit waits for its balance",
			{ main_status: 103 },
			{ status: "WAIT_PAY", platformHolds: ["PRESALE_BALANCE"] },
		],
		["a presale is flagged", { order_phase_list: [{}] }, { flags: ["presale"] }],
		["cash on delivery is flagged", { pay_type: 0, pay_time: 0 }, { flags: ["cod"], paidAt: null }],
		["an order nobody paid is none", { order_status: 1, main_status: 1, pay_type: 0 }, { flags: [] }],
		["an e-coupon is virtual", { order_type: 4 }, { flags: ["virtual"] }],
		["no promise is no deadline", { exp_ship_time: 0 }, { shipDeadline: null }],
		["a missing flag is none", { seller_remark_stars: undefined }, { memo: { flag: "" } }],
		["an order that is over is not held", { order_status: 4, main_status: 4 }, { platformHolds: [] }],
	])("%s", (_what, changes, expected) => {
		expect(read(changes)).toMatchObject(expected);
	});

	it("masks people's data that came in plain", () => {
		const plain = { mask_post_receiver: "", post_receiver: "王小明", mask_post_tel: "", post_tel: "13800001234" };
		const address = { mask_post_addr: undefined, post_addr: { detail: "科技园路 1 号", province: { name: "广东省" } } };
		const masked = { name: "王**", phone: "*******1234", address: "****", province: "广东省" };
		expect(read({ ...plain, ...address }).receiver).toMatchObject(masked);
	});

	it("has no ciphertext where the platform blanked it", () => {
		const blank = { encrypt_post_receiver: "", encrypt_post_tel: "", post_addr: {} };
		expect(read(blank).receiver.cipher).toBe("");
	});

	describe("money", () => {
		it("takes the freight out of lines that hold their part of it", () => {
			const order = read({ pay_amount: 15400, post_amount: 600 }, [
				{ pay_amount: 11446, post_amount: 446 },
				{ pay_amount: 3954, post_amount: 154 },
			]);
			expect(order.lines.map(({ paidFen }) => paidFen)).toEqual([11000, 3800]);
			expect(order.money).toMatchObject({ goodsFen: 15800, freightFen: 600, paidFen: 15400, discountSellerFen: 500 });
		});

		it("shares the freight itself where the platform did not", () => {
			const order = read({ pay_amount: 15400, post_amount: 600 }, [{ pay_amount: 11446 }, { pay_amount: 3954 }]);
			expect(order.lines.map(({ paidFen }) => paidFen)).toEqual([11000, 3800]);
		});

		it("leaves lines alone that hold no freight", () => {
			const order = read({ pay_amount: 15400, post_amount: 600 });
			expect(order.lines.map(({ paidFen }) => paidFen)).toEqual([11000, 3800]);
		});

		it("counts what platform and authors bear, where that is told, as paid to the seller", () => {
			expect(read({ platform_cost_amount: 700 }).money).toMatchObject({
				discountPlatformFen: 700,
				discountSellerFen: 300,
				receivableFen: 15500,
			});
		});

		it("gives a gift the price of nothing", () => {
			const gift = { given_product_type: "FREE", pay_amount: 0 };
			const order = read({ pay_amount: 11000 }, [{}, gift]);
			expect(order.lines[1]).toMatchObject({ gift: true, priceFen: 0, discountFen: 0, paidFen: 0 });
		});

		it("that does not add up is refused", () => {
			expect(() => read({ pay_amount: 14801 })).toThrow(expect.objectContaining({ type: "PLATFORM_BAD_RECORD" }));
		});
	});

	it.each<[string, RawRecord, RawRecord]>([
		["order_id", { order_id: "" }, {}],
		["create_time", { create_time: 0 }, {}],
		["pay_amount", { pay_amount: "148.00" }, {}],
		["sku_order_list", { sku_order_list: [] }, {}],
		["item_num", {}, { item_num: 0 }],
		["origin_amount", {}, { origin_amount: undefined }],
	])("names the field that is not right: %s", (field, order, line) => {
		expect(() => read(order, [line])).toThrow(
			expect.objectContaining({ type: "PLATFORM_BAD_RECORD", data: expect.objectContaining({ field }) }),
		);
	});
});

it.each([0, 1, 2, 3, 4, 5])("flag %i is the same both ways", (star) => {
	expect(starOf(memoFlag(String(star)))).toBe(String(star));
});
