import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { type ArkAnswer, ark, deliverAs, openAddressId } from "./test-client.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());

const call = <T>(method: string, params: object): Promise<ArkAnswer<T>> => ark<T>(sandbox.url, method, params);
const addressId = (orderId: string) => openAddressId(sandbox.url, orderId);
const deliver = (orderId: string, params: object = {}) => deliverAs(sandbox.url, orderId, params);
const placeOne = async (): Promise<string> => (await sandbox.place({ count: 1 }, "xiaohongshu"))[0] ?? "";

describe("receivers", () => {
	const query = (orderId: string, openAddressId: string) =>
		call<{ receiverInfos: Record<"receiverName" | "receiverPhone" | "receiverAddress", string>[] }>(
			"order.getOrderReceiverInfo",
			{ receiverQueries: [{ orderId, openAddressId }], isReturn: false },
		);
	const decrypt = (dataTag: string, encryptedData: string) =>
		call<{ dataInfoList: { errorCode: number; decryptedData: string; virtualNumber?: string }[] }>(
			"data.batchDecrypt",
			{
				baseInfos: [{ dataTag, encryptedData }],
				actionType: "1",
				appUserId: "someone",
			},
		);

	it("are ciphertext that only their own order's number opens", async () => {
		const [orderId = "", other = ""] = await sandbox.place({ count: 2 }, "xiaohongshu");
		const [info] = (await query(orderId, await addressId(orderId))).data.receiverInfos;
		expect(info?.receiverName).toMatch(/^#[^#]+#[^#]+#1##$/);
		const [opened] = (await decrypt(orderId, info?.receiverName ?? "")).data.dataInfoList;
		expect(opened).toMatchObject({ errorCode: 0, decryptedData: expect.stringMatching(/^\p{Script=Han}{2,4}$/u) });
		const [phone] = (await decrypt(orderId, info?.receiverPhone ?? "")).data.dataInfoList;
		expect(phone?.virtualNumber).toMatch(/^18000000000-\d{4}$/);
		const [garbage] = (await decrypt(other, info?.receiverName ?? "")).data.dataInfoList;
		expect(garbage).toMatchObject({ errorCode: -2000400, decryptedData: "" });
	});

	it("are masked row by row, for their own order only and at no one's quota", async () => {
		const [orderId = "", other = ""] = await sandbox.place({ count: 2 }, "xiaohongshu");
		const [info] = (await query(orderId, await addressId(orderId))).data.receiverInfos;
		const texts = [info?.receiverName, info?.receiverPhone, info?.receiverAddress];
		const baseInfos = texts.map((encryptedData) => ({ dataTag: orderId, encryptedData }));
		const strange = { dataTag: other, encryptedData: info?.receiverName };
		const mask = (params: object) =>
			call<{ desensitiseInfoList: { errorCode: number; desensitisedData: string }[] }>("data.batchDesensitise", {
				...{ baseInfos: [...baseInfos, strange], actionType: "4", appUserId: "someone" },
				...params,
			});
		const rows = (await mask({})).data.desensitiseInfoList;
		expect(rows.map(({ errorCode }) => errorCode)).toEqual([0, 0, 0, -2000400]);
		expect(rows.map(({ desensitisedData }) => desensitisedData)).toEqual([
			expect.stringMatching(/^\p{Script=Han}\*\*$/u),
			expect.stringMatching(/^1\d\d\*{4}\d{4}$/),
			expect.stringMatching(/^.{3}\*{4}$/u),
			"",
		]);
		for (const wrong of [{ baseInfos: [] }, { actionType: "5" }, { actionType: 4 }, { appUserId: "" }]) {
			expect(await mask(wrong)).toMatchObject({ success: false, error_code: -2000400 });
		}
		const { xiaohongshu } = await sandbox.control<Record<string, { calls: Record<string, number> }>>("GET", "counters");
		expect(xiaohongshu?.calls["data.batchDesensitise"]).toBe(5);
	});

	it("do not match an old address, and are gone once all is shipped", async () => {
		const orderId = await placeOne();
		const old = await addressId(orderId);
		await sandbox.act(orderId, { action: "change-address" }, "xiaohongshu");
		expect((await query(orderId, old)).data.receiverInfos).toEqual([{ orderId, matched: false }]);
		await deliver(orderId);
		expect((await query(orderId, await addressId(orderId))).data.receiverInfos).toEqual([]);
	});
});
