import { describe, expect, it } from "vitest";
import type { RawRecord } from "../record.ts";
import { reveal } from "./reveal.ts";
import { done, sampleCipher, sampleOrder, sampleReceiver, walk } from "./samples.ts";

const orderId = "P768291112062421411";
const row = (encryptedData: string, fields: RawRecord) => ({
	dataTag: orderId,
	encryptedData,
	errorCode: 0,
	...fields,
});
const decrypted = (phone: RawRecord) =>
	done({
		dataInfoList: [
			row("#i#n#1##", { decryptedData: "王小明" }),
			row("#i#p#2##", phone),
			row("#i#a#3##", { decryptedData: "科技园路1号" }),
		],
	});
const virtual = {
	decryptedData: "",
	virtualNumberFlag: true,
	virtualNumber: "18000000000-9999",
	expireAt: 1773800000000,
};

const old = sampleReceiver({ matched: false });

describe("reveal", () => {
	it("asks with the order's key, then has the three fields decrypted for the order", () => {
		const { sent, value } = walk(reveal(sampleOrder(), "print"), sampleReceiver(), decrypted(virtual));
		expect(sent[0]).toMatchObject({
			receiverQueries: [{ orderId, openAddressId: "0cc175b9c0f1b6a831c399e269772661" }],
			isReturn: false,
		});
		expect(sent[1]).toMatchObject({
			baseInfos: Object.values(sampleCipher).map((encryptedData) => ({ dataTag: orderId, encryptedData })),
			actionType: "2",
		});
		expect(value).toEqual({
			name: "王小明",
			phone: "18000000000-9999",
			address: "科技园路1号",
			province: "广东省",
			city: "深圳市",
			district: "南山区",
			town: "粤海街道",
			phoneExpiresAt: new Date(1773800000000),
		});
	});

	it("gives a number that is not virtual no end", () => {
		const plain = { decryptedData: "13800001234", virtualNumberFlag: false };
		const { value } = walk(reveal(sampleOrder(), "view"), sampleReceiver(), decrypted(plain));
		expect(value).toMatchObject({ phone: "13800001234", phoneExpiresAt: null });
	});

	it.each<[string, RawRecord[], RegExp]>([
		["the address changes all the time", [old, done(sampleOrder()), old], /changed/],
		["the order waits no longer", [done({ receiverInfos: [] })], /waits for shipping/],
		["the receiver is no ciphertext", [sampleReceiver({ receiverPhone: "13800001234" })], /^(?!.*1380).*no ciphertext/],
	])("is refused when %s", (_when, answers, message) => {
		expect(() => walk(reveal(sampleOrder(), "print"), ...answers)).toThrow(
			expect.objectContaining({ type: "PLATFORM_REFUSED", message: expect.stringMatching(message) }),
		);
	});

	it("is refused when one of the fields is not decrypted", () => {
		const out = decrypted({ errorCode: -2000701, errorMsg: "解密额度已用完", decryptedData: "" });
		expect(() => walk(reveal(sampleOrder(), "print"), sampleReceiver(), out)).toThrow(/解密额度已用完/);
	});
});
