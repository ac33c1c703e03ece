/** The components as a client meets them, frame by frame. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../testing/running.ts";
import { seal } from "./seal.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox?.end());

/** The first answer to a frame. */
async function say(client: string, frame: object | string): Promise<Record<string, unknown>> {
	const socket = new WebSocket(`${sandbox.url.replace("http", "ws")}/print/${client}`);
	try {
		return await new Promise((resolve, reject) => {
			socket.addEventListener("open", () => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame)));
			socket.addEventListener("message", ({ data }) => resolve(JSON.parse(String(data))));
			socket.addEventListener("close", () => reject(new Error("closed")));
		});
	} finally {
		socket.close();
	}
}

const head = { requestID: "r-1", version: "1.0" };

describe("print components", () => {
	it.each([
		["cainiao", {}, { defaultPrinter: "KM-202", printers: [{ name: "KM-202" }, { name: "XP" }] }],
		["pdd", { ERPId: "1" }, { status: "success", defaultPrinter: "KM-202" }],
		["douyin", {}, { status: "success", defaultPrinter: "KM-202" }],
		["kuaishou", {}, { status: "success", msg: "" }],
		["xiaohongshu", {}, { defaultPrinter: "KM-202" }],
	])("of %s list their printers", async (client, more, answer) => {
		const wanted = { cmd: "getPrinters", requestID: "r-1", ...answer };
		expect(await say(client, { cmd: "getPrinters", ...head, ...more })).toMatchObject(wanted);
	});

	it("of jd and weixin list their printers in their own words", async () => {
		expect(await say("jd", { orderType: "GET_Printers", key: "k1", version: "2", parameters: {} })).toMatchObject({
			code: "6",
			success: "true",
			key: "k1",
			detailinfo: { printers: ["KM-202", "XP"] },
		});
		expect(await say("weixin", { command: "getPrinterList", requestID: "r-1" })).toEqual({
			command: "getPrinterList",
			requestID: "r-1",
			printerList: [
				{ name: "KM-202", isDefault: true },
				{ name: "XP", isDefault: false },
			],
		});
	});

	it.each([
		["cainiao", "{", { status: "failed", msg: "JSON格式错误" }],
		["cainiao", { cmd: "explode", ...head }, { status: "failed", msg: "不支持的命令explode" }],
		["cainiao", { cmd: "getPrinters", version: "1.0" }, { status: "failed", msg: "缺少参数requestID" }],
		["kuaishou", { cmd: "getTaskStatus", ...head, taskID: ["t"] }, { status: "failed" }],
		["pdd", { cmd: "getPrinters", ...head }, { status: "failed", msg: "缺少参数ERPId" }],
		["jd", { orderType: "EXPLODE", key: "k1", version: "2" }, { success: "false", key: "k1" }],
		["weixin", "[]", { errMsg: "JSON格式错误" }],
	])("of %s refuse %j", async (client, frame, answer) => {
		expect(await say(client, frame)).toMatchObject(answer);
	});

	it("refuse more documents than they take, and data of another platform", async () => {
		const content = { encryptedData: seal({ platform: "pdd", trackingNo: "1" }), key: "k", ver: "1.0" };
		const document = {
			documentID: "1",
			contents: [{ ...content, signature: "", templateURL: "https://templates.example/" }],
		};
		const task = (count: number) => ({ taskID: `t-${count}`, printer: "XP", documents: Array(count).fill(document) });
		const many = await say("kuaishou", { cmd: "print", ...head, task: task(11) });
		expect(many).toMatchObject({ status: "failed", msg: "documents应为1-10个" });
		const foreign = await say("kuaishou", { cmd: "print", ...head, task: task(1) });
		expect(foreign).toMatchObject({ status: "failed", msg: "打印数据签名校验失败" });
	});

	it("are not there for a plain call, and strange paths are not there at all", async () => {
		expect((await fetch(`${sandbox.url}/print/cainiao`)).status).toBe(426);
		expect((await fetch(`${sandbox.url}/print/cainiao/previews/1.pdf`)).status).toBe(404);
		expect((await fetch(`${sandbox.url}/_control/prints/1.pdf`)).status).toBe(404);
		await expect(say("nobody", {})).rejects.toThrow("closed");
	});
});
