import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { demoShops } from "./demo-shop.ts";
import { type KsAnswer, ks } from "./test-client.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("DELETE", "faults");
	await sandbox.control("POST", "reset", {});
});

const place = (wish: object) => sandbox.place(wish, "kuaishou");
const get = (api: string, param: string) => ks(sandbox.url, "GET", api, param);
const post = (api: string, param: string) => ks(sandbox.url, "POST", api, param);
const truthOf = async (id: string) => (await sandbox.truth("kind=orders")).find((row) => row.platformOrderId === id);

interface OrderList {
	cursor: string;
	orderList: { orderBaseInfo: { oid: bigint; updateTime: bigint } }[];
}

async function page(cursor: string, changes: object = {}): Promise<OrderList> {
	const now = Date.now();
	const window = { beginTime: now - (now % 60_000) - 3_600_000, endTime: now - (now % 60_000) + 3_600_000 };
	const query = { orderViewStatus: 1, pageSize: 5, sort: 2, queryType: 2, cursor, ...window, ...changes };
	const { data } = await get("open.order.cursor.list", JSON.stringify(query));
	return data as OrderList;
}

async function readAll(changes: object = {}): Promise<string[]> {
	const ids: string[] = [];
	for (let cursor = ""; cursor !== "nomore"; ) {
		const answer = await page(cursor, changes);
		ids.push(...answer.orderList.map(({ orderBaseInfo }) => String(orderBaseInfo.oid)));
		cursor = answer.cursor;
	}
	return ids;
}

describe("orders", () => {
	it("of several lines come as one order each", async () => {
		const orders = await place({
			count: 1,
			lines: [
				{ sku: "CUP-BK-500", quantity: 1 },
				{ sku: "LID-STD", quantity: 2 },
			],
		});
		expect(orders).toHaveLength(2);
		for (const id of orders) expect((await truthOf(id))?.lines).toMatchObject([{ lineId: id }]);
	});

	it.each([0, 4, 5, 6, 11])("%i of them are listed by cursor, upward and downward", async (count) => {
		const placed = count ? await place({ count }) : [];
		const upward = await readAll();
		expect(upward.toSorted()).toEqual(placed.toSorted());
		expect(await readAll({ sort: 1 })).toEqual(upward.toReversed());
		expect((await readAll({ queryType: 1 })).toSorted()).toEqual(placed.toSorted());
	});

	it("end with a page that is not full, be it an empty one", async () => {
		await place({ count: 5 });
		const first = await page("");
		expect(first.cursor).not.toBe("nomore");
		expect(await page(first.cursor)).toMatchObject({ orderList: [], cursor: "nomore" });
	});

	it("come twice under repeat-pages, and to ask again is to get on", async () => {
		const placed = await place({ count: 11 });
		await sandbox.control("POST", "faults", { target: "kuaishou", fault: "repeat-pages", times: 1 });
		const read = await readAll();
		expect(read).toHaveLength(16);
		expect(new Set(read)).toEqual(new Set(placed));
	});

	it("carry a status nobody knows under unknown-status", async () => {
		const [id = ""] = await place({ count: 1 });
		await sandbox.control("POST", "faults", { target: "kuaishou", fault: "unknown-status", times: 1 });
		const detail = async () => (await get("open.order.detail", `{"oid":${id}}`)).data;
		expect(await detail()).toMatchObject({ orderBaseInfo: { oid: BigInt(id), status: 65n } });
		expect(await detail()).toMatchObject({ orderBaseInfo: { status: 30n } });
	});

	it("are nobody's under a number that is a text, or none", async () => {
		const [id = ""] = await place({ count: 1 });
		expect(await get("open.order.detail", `{"oid":"${id}"}`)).toMatchObject({ result: 21n });
		expect(await get("open.order.detail", "{}")).toMatchObject({ result: 21n });
	});

	it("open their receiver to their own number only", async () => {
		const [id = "", other = ""] = await place({ count: 2 });
		const { data } = await get("open.order.detail", `{"oid":${id}}`);
		const { encryptedMobile } = (data as { orderAddress: { encryptedMobile: string } }).orderAddress;
		const decrypt = async (bizId: string): Promise<KsAnswer> =>
			post(
				"open.order.decrypt.batch",
				JSON.stringify({ batchDecryptList: [{ encryptedData: encryptedMobile, bizId }] }),
			);
		expect((await decrypt(id)).batchDecryptResultList).toMatchObject([
			{ errorCode: 1n, decryptedData: expect.stringMatching(/^1\d{10}$/) },
		]);
		expect((await decrypt(other)).batchDecryptResultList).toMatchObject([{ errorCode: 1001n }]);
	});
});

describe("shipping", () => {
	const sf = '"expressCode":4,"expressNo":"SF1234567890123"';

	it("goes whole once, by a company and a number that belong together", async () => {
		const [id = ""] = await place({ count: 1 });
		const deliver = (parcel: string) => post("open.seller.order.goods.deliver", `{"orderId":${id},${parcel}}`);
		expect(await deliver('"expressCode":5,"expressNo":"X"')).toMatchObject({ result: 11n });
		expect(await deliver('"expressCode":4,"expressNo":"YT1234567890123"')).toMatchObject({ result: 11n });
		expect(await deliver('"expressCode":"4","expressNo":"SF1234567890123"')).toMatchObject({ result: 21n });
		expect(await deliver(sf)).toMatchObject({ result: 1n });
		expect(await deliver(sf)).toMatchObject({ result: 11n });
		expect(await truthOf(id)).toMatchObject({ status: "SHIPPED", shipped: [{ carrier: "4" }] });
	});

	it("goes in pieces, never more than there are, and takes parcels on top", async () => {
		const [id = ""] = await place({ count: 1, lines: [{ sku: "CUP-BK-500", quantity: 3 }] });
		const split = (pieces: number) => {
			const goods = `"deliveryGoodsInfoList":[{"oid":${id},"deliveryNum":${pieces}}]`;
			return post("open.order.goods.split.deliver", `{"mainOrderId":${id},"deliveryItemInfoList":[{${sf},${goods}}]}`);
		};
		const append = () => post("open.seller.order.goods.logistics.append", `{"oid":${id},${sf}}`);
		expect(await append()).toMatchObject({ result: 11n });
		expect(await split(4)).toMatchObject({ result: 11n });
		expect(await split(2)).toMatchObject({ result: 1n });
		const { data } = await get("open.order.detail", `{"oid":${id}}`);
		expect(data).toMatchObject({ orderBaseInfo: { status: 30n }, orderDeliveryInfo: { deliveryNum: 2n } });
		expect(await split(2)).toMatchObject({ result: 11n });
		expect(await split(1)).toMatchObject({ result: 1n });
		expect(await append()).toMatchObject({ result: 1n });
		expect((await truthOf(id))?.shipped).toHaveLength(3);
	});
});

describe("after-sales", () => {
	const open = async (type: string): Promise<{ oid: string; refund: Record<string, bigint> }> => {
		const [oid = ""] = await place({ count: 1 });
		const parcel = '"expressCode":4,"expressNo":"SF1234567890123"';
		if (type !== "REFUND_BEFORE_SHIP") {
			await post("open.seller.order.goods.deliver", `{"orderId":${oid},${parcel}}`);
		}
		await sandbox.act(oid, { action: "request-refund", type }, "kuaishou");
		const [row] = await sandbox.truth<{ platformAftersaleId: string }>("kind=aftersales");
		const { data } = await get("open.seller.order.refund.detail", `{"refundId":${row?.platformAftersaleId}}`);
		return { oid, refund: data as Record<string, bigint> };
	};

	it("are listed with exchanges only for who asks for them", async () => {
		await open("EXCHANGE");
		const now = Date.now();
		const list = async (option: object) => {
			const window = { beginTime: now - 3_600_000, endTime: now + 60_000 };
			const query = { ...window, type: 9, pageSize: 100, currentPage: 1, queryType: 2, pcursor: "", ...option };
			const { data } = await get("open.seller.order.refund.pcursor.list", JSON.stringify(query));
			return (data as { refundOrderInfoList: object[] }).refundOrderInfoList;
		};
		expect(await list({})).toEqual([]);
		expect(await list({ option: { needExchange: true } })).toMatchObject([{ handlingWay: 3n, status: 12n }]);
	});

	it("give money back to who knows how things stand", async () => {
		const { oid, refund } = await open("REFUND_BEFORE_SHIP");
		const approve = (changes: object) => {
			const known = { refundAmount: Number(refund.refundFee), status: 10, negotiateStatus: 1, refundHandingWay: 10 };
			const param = JSON.stringify({ ...known, desc: "", ...changes });
			return post("open.seller.order.refund.approve", `{"refundId":${refund.refundId},${param.slice(1)}`);
		};
		expect(await approve({ refundAmount: 1 })).toMatchObject({ result: 300009n });
		expect(await approve({ status: 11 })).toMatchObject({ result: 300002n });
		expect(await approve({ negotiateStatus: 2 })).toMatchObject({ result: 300016n });
		expect(await approve({})).toMatchObject({ result: 1n });
		expect(await approve({ status: 60, negotiateStatus: 2 })).toMatchObject({ result: 300010n });
		expect((await truthOf(oid))?.status).toBe("CLOSED");
	});

	it("are refused by who has seen their last version, with a reason of the platform", async () => {
		const { refund } = await open("RETURN_REFUND");
		const reject = (version: bigint | undefined, reasonCode: number) =>
			post(
				"open.refund.reject",
				`{"refundId":${refund.refundId},"reasonCode":${reasonCode},"rejectDesc":"不符","rejectImages":[],"refundVersion":${version}}`,
			);
		expect(await reject(1n, 1)).toMatchObject({ result: 300014n });
		expect(await reject(refund.updateTime, 99)).toMatchObject({ result: 21n });
		expect(await reject(refund.updateTime, 3)).toMatchObject({ result: 21n }); // wants a picture
		expect(await reject(refund.updateTime, 1)).toMatchObject({ result: 1n });
		const { data } = await get("open.seller.order.refund.detail", `{"refundId":${refund.refundId}}`);
		expect(data).toMatchObject({ status: 11n, negotiateStatus: 3n, sellerDisagreeDesc: "不符" });
	});
});

describe("a waybill", () => {
	it("is given for ciphertext only, the same for the same package, each outcome by itself", async () => {
		const [id = ""] = await place({ count: 1 });
		const { data } = await get("open.order.detail", `{"oid":${id}}`);
		const { orderAddress } = data as { orderAddress: Record<string, string> };
		const wish = (name: string | undefined, packageCode: string) => ({
			merchantCode: demoShops[0]?.sellerId,
			merchantName: "店",
			expressCompanyCode: "YTO",
			tradeOrderCode: id,
			packageCode,
			requestId: `${id}-${packageCode}`,
			templateUrl: "https://templates.example/YTO/76x130",
			itemList: [{ itemTitle: "杯", itemQuantity: 1 }],
			senderContract: { name: "仓", mobile: "13900000000" },
			senderAddress: { provinceName: "浙江省", detailAddress: "路1号" },
			receiverContract: { name, mobile: orderAddress.encryptedMobile },
			receiverAddress: { provinceName: "浙江省", detailAddress: orderAddress.encryptedAddress },
		});
		const wishes = [
			wish(orderAddress.encryptedConsignee, "1"),
			wish("张三", "2"),
			wish(orderAddress.encryptedConsignee, "1"),
		];
		const answer = await post("open.express.ebill.get", JSON.stringify({ getEbillOrderRequest: wishes }));
		const [first, plain, again] = answer.data as {
			baseResponse: { result: bigint };
			data: { waybillCode: string }[];
		}[];
		expect(plain?.baseResponse.result).toBe(21n);
		expect(first?.data[0]?.waybillCode).toMatch(/^YT\d{13}$/);
		expect(again?.data).toEqual(first?.data);
	});
});
