import { describe, expect, it } from "vitest";
import type { RawRecord } from "../record.ts";
import { getOrder } from "./receiver.ts";
import { done, sampleCipher, sampleOrder, sampleReceiver, walk } from "./samples.ts";

const orderId = "P768291112062421411";
const order = sampleOrder();
const detail = done(order);
const row = (encryptedData: string, desensitisedData: string, changes: RawRecord = {}): RawRecord => ({
	dataTag: orderId,
	encryptedData,
	desensitisedData,
	errorCode: 0,
	...changes,
});
const masked = (changes: RawRecord = {}) =>
	done({
		desensitiseInfoList: [
			row(sampleCipher.address, "科技园****"),
			row(sampleCipher.phone, "138****1234", changes),
			row(sampleCipher.name, "王*"),
		],
	});
const receiverTold = {
	cipher: sampleCipher,
	masked: { name: "王*", phone: "138****1234", address: "科技园****" },
	town: "粤海街道",
};
const moved = sampleOrder({ openAddressId: "another" });
const old = sampleReceiver({ matched: false });
const refused: RawRecord = { error_code: 50209, error_msg: "暂不可查询", success: false, data: null };

describe("an order that waits for shipping", () => {
	it("gets its receiver by its address key: ciphertext, then the masked texts of it", () => {
		const { sent, value } = walk(getOrder(orderId), detail, sampleReceiver(), masked());
		expect(sent.map(({ method }) => method)).toEqual([
			"order.getOrderDetail",
			"order.getOrderReceiverInfo",
			"data.batchDesensitise",
		]);
		expect(sent[1]).toMatchObject({
			receiverQueries: [{ orderId, openAddressId: "0cc175b9c0f1b6a831c399e269772661" }],
			isReturn: false,
		});
		expect(sent[2]).toMatchObject({
			baseInfos: Object.values(sampleCipher).map((encryptedData) => ({ dataTag: orderId, encryptedData })),
			actionType: "4",
			appUserId: expect.stringMatching(/./),
		});
		expect(value).toEqual({ ...order, receiverTold });
	});

	it("is read once more where its address has changed meanwhile, and asked for with its new key", () => {
		const { sent, value } = walk(getOrder(orderId), detail, old, done(moved), sampleReceiver(), masked());
		expect(sent[3]).toMatchObject({ receiverQueries: [{ orderId, openAddressId: "another" }] });
		expect(value).toEqual({ ...moved, receiverTold });
	});

	it.each<[string, RawRecord[]]>([
		["will not tell the receiver", [refused]],
		["tells no receiver", [done({ receiverInfos: [] })]],
		["has another address every time", [old, detail, old]],
		["gives plain text", [sampleReceiver({ receiverName: "王小明" })]],
		["will not mask", [sampleReceiver(), refused]],
		["will not mask one of the texts", [sampleReceiver(), masked({ errorCode: -2000400, errorMsg: "密文不匹配" })]],
	])("is read without it where the platform %s", (_what, answers) => {
		expect(walk(getOrder(orderId), detail, ...answers).value).toEqual(order);
	});

	it.each<[string, RawRecord[], string]>([
		["a permission is missing", [{ code: 401, msg: "应用无权限调用该接口", success: false }], "PLATFORM_MISCONFIGURED"],
		["a text is not answered", [sampleReceiver(), done({ desensitiseInfoList: [] })], "PLATFORM_BAD_RESPONSE"],
	])("is not read where %s", (_what, answers, type) => {
		expect(() => walk(getOrder(orderId), detail, ...answers)).toThrow(expect.objectContaining({ type }));
	});
});

it.each([1, 2, 3, 6, 7, 8, 9, 10, 77])("an order in state %i is one call: its receiver is not told", (orderStatus) => {
	const other = sampleOrder({ orderStatus });
	expect(walk(getOrder(orderId), done(other)).value).toEqual(other);
});
