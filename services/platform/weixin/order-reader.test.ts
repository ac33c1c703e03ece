import { describe, expect, it } from "vitest";
import { readOrder } from "./order-reader.ts";
import { type OrderChanges, sampleOrder, sampleParcel } from "./sample-documents.ts";

const read = (changes: OrderChanges = {}) => readOrder("shop-1", sampleOrder(changes));
const otherSku = { sku_id: "1877618410" };
const half = { sku_cnt: 1, real_price: 15300 };

describe("readOrder", () => {
	it("puts a whole order into our words", () => {
		expect(read()).toEqual({
			platform: "weixin",
			shopId: "shop-1",
			orderNo: "3720293415509954816",
			status: "WAIT_SHIP",
			rawStatus: "20",
			flags: [],
			placedAt: new Date(1762790100_000),
			paidAt: new Date(1762790160_000),
			modifiedAt: new Date(1762790170_000),
			shipDeadline: new Date(1762962960_000),
			buyer: { nick: "", openId: "oAbCdEfGh1234567890" },
			receiver: {
				name: "张*",
				phone: "138****0000",
				address: "****",
				province: "广东省",
				city: "深圳市",
				district: "南山区",
				town: "",
				cipher: "",
				platformKey: "5a7f0c2b9e",
			},
			memo: { buyer: "请发顺丰", seller: "", flag: "" },
			money: {
				goodsFen: 31600,
				freightFen: 0,
				discountSellerFen: 1000,
				discountPlatformFen: 0,
				paidFen: 30600,
				receivableFen: 30600,
			},
			lines: [
				{
					lineId: "10000083030598:1877618409",
					platformSkuId: "1877618409",
					outerSku: "SJT-180-BLUE",
					title: "纯棉四件套",
					spec: "颜色:蓝色;尺寸:1.8米",
					imageUrl: "https://img.example/a.jpg",
					quantity: 2,
					priceFen: 15800,
					discountFen: 1000,
					paidFen: 30600,
					gift: false,
					status: "WAIT_SHIP",
					refund: "NONE",
				},
			],
			platformHolds: [],
		});
	});

	it("reads an order that nobody has paid, and no time where it says 0", () => {
		const order = sampleOrder({ own: { status: 10 }, lines: [{ delivery_deadline: 0 }] });
		(order.order_detail as { pay_info: object }).pay_info = { prepay_id: "", pay_time: 0 };
		expect(readOrder("shop-1", order)).toMatchObject({ status: "WAIT_PAY", paidAt: null, shipDeadline: null });
	});

	it("masks people's data that came in plain", () => {
		const address_info = {
			user_name: "王小明",
			tel_number: "13800001234",
			detail_info: "科技园路 1 号",
			house_number: "2 栋",
		};
		const { receiver } = read({ delivery: { address_info } });
		expect(receiver).toMatchObject({ name: "王**", phone: "*******1234", address: "****" });
	});

	it.each<[string, OrderChanges, object]>([
		[
			"a gift to a friend without an address waits",
			{ own: { status: 12 } },
			{ flags: ["gift-to-friend"], platformHolds: ["NO_RECEIVER"] },
		],
		[
			"a gift to a friend that was taken goes on",
			{ own: { is_present: true } },
			{ flags: ["gift-to-friend"], platformHolds: [] },
		],
		["a group that is not full is held", { own: { status: 13 } }, { flags: ["group"], platformHolds: ["RISK"] }],
		["a presale is flagged", { lines: [{ sku_deliver_info: { stock_type: 1 } }] }, { flags: ["presale"] }],
		["virtual goods are flagged", { delivery: { deliver_method: 1 } }, { flags: ["virtual"] }],
		[
			"another address that the buyer asked for is to be answered first",
			{ delivery: { address_under_review: { user_name: "李*" } } },
			{ flags: ["locked"], platformHolds: ["RISK"] },
		],
		[
			"another SKU that the buyer asked for is to be answered first",
			{ lines: [{ change_sku_info: { preshipment_change_sku_state: 3 } }] },
			{ flags: ["locked"], platformHolds: ["RISK"] },
		],
		[
			"another SKU that was refused holds nothing",
			{ lines: [{ change_sku_info: { preshipment_change_sku_state: 5 } }] },
			{ flags: [], platformHolds: [] },
		],
		[
			"an order that is over is not held",
			{ own: { status: 200 }, lines: [{ on_aftersale_sku_cnt: 1 }] },
			{ platformHolds: [] },
		],
		[
			"an after-sale of the order holds it, whichever line it is about",
			{ own: { aftersale_detail: { on_aftersale_order_cnt: 1 } } },
			{ platformHolds: ["REFUND_APPLIED"] },
		],
	])("%s", (_what, changes, expected) => {
		expect(read(changes)).toMatchObject(expected);
	});

	it.each([
		["asked for", { on_aftersale_sku_cnt: 1 }, "APPLIED", "WAIT_SHIP", ["REFUND_APPLIED"]],
		["given for all pieces", { finish_aftersale_sku_cnt: 2 }, "DONE", "CLOSED", []],
		["given for some pieces", { finish_aftersale_sku_cnt: 1 }, "DONE", "WAIT_SHIP", []],
	])("tells a line whose money back was %s", (_what, counts, refund, status, platformHolds) => {
		expect(read({ lines: [counts] })).toMatchObject({ lines: [{ refund, status }], platformHolds });
	});

	describe("what was sent", () => {
		const some = sampleParcel({
			product_infos: [{ product_id: "10000083030598", sku_id: "1877618409", product_cnt: 1 }],
		});

		it("makes an order that is to be shipped a partly shipped one", () => {
			expect(read({ delivery: { delivery_product_info: [some] } })).toMatchObject({
				status: "PART_SHIPPED",
				lines: [{ status: "PART_SHIPPED" }],
			});
		});

		it("tells the lines of a partly shipped order apart", () => {
			const lines = [half, { ...half, ...otherSku }];
			const order = read({ own: { status: 21 }, lines, delivery: { delivery_product_info: [some] } });
			expect(order.lines.map(({ status }) => status)).toEqual(["SHIPPED", "WAIT_SHIP"]);
		});

		it("is all of a line whose other pieces were refunded", () => {
			const lines = [{ finish_aftersale_sku_cnt: 1 }];
			const order = read({ own: { status: 21 }, lines, delivery: { delivery_product_info: [some] } });
			expect(order.lines[0]).toMatchObject({ status: "SHIPPED", refund: "DONE" });
		});
	});

	describe("money", () => {
		it("keeps freight out of the lines", () => {
			expect(read({ prices: { order_price: 31400, freight: 800 } }).money).toMatchObject({
				freightFen: 800,
				paidFen: 31400,
			});
		});

		it("takes the freight the seller has changed", () => {
			const prices = { order_price: 31100, freight: 800, is_change_freight: true, change_freight: 500 };
			expect(read({ prices }).money).toMatchObject({ freightFen: 500, discountSellerFen: 1000 });
		});

		it("tells what the platform takes off at its own cost", () => {
			const prices = { order_price: 29600, merchant_receieve_price: 30600 };
			expect(read({ lines: [{ real_price: 29600 }], prices }).money).toMatchObject({
				discountSellerFen: 1000,
				discountPlatformFen: 1000,
				paidFen: 29600,
				receivableFen: 30600,
			});
		});

		it("shares points that paid a part of the order over its lines, to the fen", () => {
			const lines = [half, { ...half, ...otherSku }];
			const order = read({ lines, prices: { order_price: 30599, deduction_price: 1 } });
			expect(order.lines.map(({ paidFen }) => paidFen)).toEqual([15299, 15300]);
		});

		it("counts a gift as worth nothing", () => {
			const gift = { ...otherSku, sku_cnt: 1, sale_price: 990, real_price: 0, is_free_gift: true };
			expect(read({ lines: [{}, gift] }).lines[1]).toMatchObject({
				gift: true,
				priceFen: 0,
				discountFen: 0,
				paidFen: 0,
			});
		});

		it("refuses lines that do not make up what was paid, and says by how much", () => {
			const reading = () => read({ prices: { order_price: 30601 } });
			expect(reading).toThrow(
				expect.objectContaining({ type: "PLATFORM_BAD_RECORD", data: { field: "payment", differenceFen: 1 } }),
			);
		});
	});

	it("tells the same goods, once bought and once given, apart", () => {
		const order = read({ lines: [{}, { sku_cnt: 1, real_price: 0, is_free_gift: true }] });
		expect(order.lines.map(({ lineId }) => lineId)).toEqual([
			"10000083030598:1877618409",
			"10000083030598:1877618409:2",
		]);
	});

	it.each<[string, OrderChanges]>([
		["order_id", { own: { order_id: undefined } }],
		["update_time", { own: { update_time: undefined } }],
		["product_infos", { lines: [] }],
		["sku_cnt", { lines: [{ sku_cnt: 0 }] }],
		["sale_price", { lines: [{ sale_price: 15.8 }] }],
		["order_price", { prices: { order_price: undefined } }],
	])("refuses an order whose %s cannot be right", (field, changes) => {
		expect(() => read(changes)).toThrow(expect.objectContaining({ type: "PLATFORM_BAD_RECORD", data: { field } }));
	});
});
