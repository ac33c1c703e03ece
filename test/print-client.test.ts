/** Labels through the simulated components: 菜鸟 pushes results and can be asked, 快手 takes ten at once, 微信 answers. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { PrintClientName } from "../config/print-clients.ts";
import type { QueuedLabel } from "../dashboard/print/label-queue.ts";
import { PrintClient, type PrintTimes } from "../dashboard/print/print-client.ts";
import { type LinkState, linkStateWords } from "../dashboard/print/words.ts";
import { PrintBed } from "./print-bed.ts";

let bed: PrintBed;
let opened: PrintClient[] = [];
let links: LinkState[] = [];
beforeAll(async () => {
	bed = await PrintBed.start();
}, 60_000);
afterAll(() => bed?.end());
beforeEach(async () => {
	links = [];
	await bed.sandbox.control("POST", "reset", {});
});
afterEach(() => {
	for (const client of opened) client.close();
	opened = [];
});

function open(client: PrintClientName, times: Partial<PrintTimes> = {}): PrintClient {
	const made = new PrintClient({ client, url: bed.url(client), times, onLink: (state) => links.push(state) });
	opened.push(made);
	return made;
}
const statesOf = (labels: readonly QueuedLabel[]): string[] => labels.map(({ state }) => state);

describe("labels", () => {
	it("are printed once each, sixty in a row, and told of one by one", { timeout: 60_000 }, async () => {
		const wishes = await bed.labels("taobao", 60);
		const seen: QueuedLabel[] = [];
		const ended = await open("cainiao").print(wishes, "XP", (label) => seen.push(label)).done;
		expect(new Set(statesOf(ended))).toEqual(new Set(["printed"]));
		expect(seen.map(({ trackingNo, state }) => `${trackingNo} ${state}`)).toEqual(
			wishes.flatMap(({ trackingNo }) => [`${trackingNo} sent`, `${trackingNo} printed`]),
		);
		const printed = (await bed.prints()).map(({ trackingNo }) => trackingNo);
		expect(printed).toEqual(wishes.map(({ trackingNo }) => trackingNo));
	});

	it("of a component that takes ten are sent by tens, the next ten after the results", {
		timeout: 60_000,
	}, async () => {
		const wishes = await bed.labels("kuaishou", 23);
		let onTheirWay = 0;
		let most = 0;
		const queue = open("kuaishou").print(wishes, "XP", ({ state }) => {
			onTheirWay += state === "sent" ? 1 : -1;
			most = Math.max(most, onTheirWay);
		});
		expect(new Set(statesOf(await queue.done))).toEqual(new Set(["printed"]));
		expect(most).toBe(10);
		expect(await bed.prints()).toHaveLength(23);
	});

	it("that are wished for twice come out once", async () => {
		const [wish] = await bed.labels("taobao", 1);
		const ended = await open("cainiao").print(
			[wish, wish].filter((each) => each !== undefined),
			"XP",
		).done;
		expect(statesOf(ended)).toEqual(["printed"]);
		expect(await bed.prints()).toHaveLength(1);
	});

	it.each([
		["taobao", "cainiao"],
		["kuaishou", "kuaishou"],
		["weixin", "weixin"],
	] as const)(
		"of %s fail with the component's words when there is no paper, and the next ones go on",
		async (platform, client) => {
			const wishes = await bed.labels(platform, 1);
			await bed.fault(client, "business-error");
			const failed = await open(client).print(wishes, "XP").done;
			expect(failed).toMatchObject([{ state: "failed", reason: { zh: "打印机缺纸" } }]);
			expect(await bed.prints()).toEqual([]);
			expect(statesOf(await open(client).print(wishes, "XP").done)).toEqual(["printed"]);
		},
	);

	it("for a printer that is not there, or with data that is changed or cut, fail and say why", async () => {
		const [label] = await bed.labels("taobao", 1);
		if (!label) throw new Error("no label");
		const client = open("cainiao");
		const forged = label.printData.replace(/"encryptedData":"AES:./, '"encryptedData":"AES:A');
		const reasons = [];
		for (const [printer, printData] of [
			["LP-9", label.printData],
			["XP", forged],
			["XP", label.printData.replace("cloudprint.cainiao.com", "templates.example")],
			["XP", label.printData.slice(0, 40)],
		] as const) {
			const [ended] = await client.print([{ ...label, printData }], printer).done;
			expect(ended?.state).toBe("failed");
			reasons.push(ended?.reason?.zh);
		}
		expect(reasons).toEqual([
			"打印机LP-9不存在",
			"打印数据签名校验失败",
			"模板加载失败",
			"打印数据无法识别，请重新获取",
		]);
		expect(await bed.prints()).toEqual([]);
	});
});

describe("labels whose result does not come", () => {
	it("are unknown, never printed, and nothing is sent behind them", async () => {
		const wishes = await bed.labels("weixin", 12);
		await bed.fault("weixin", "hang");
		const ended = await open("weixin", { resultMs: 200 }).print(wishes, "XP").done;
		expect(statesOf(ended)).toEqual([...Array(10).fill("unknown"), "cancelled", "cancelled"]);
		expect(ended[0]?.reason?.en).toMatch(/has not answered in time; look at the printer/);
		expect(await bed.prints()).toEqual([]);
	});

	it("are unknown although they came out, where the connection broke and the component cannot be asked", async () => {
		const wishes = await bed.labels("kuaishou", 2);
		await bed.fault("kuaishou", "reset-after-accept");
		const ended = await open("kuaishou").print(wishes, "XP").done;
		expect(statesOf(ended)).toEqual(["unknown", "unknown"]);
		await vi.waitFor(async () => expect(await bed.prints()).toHaveLength(2), { timeout: 5_000 });
	});

	it("are asked for where the component knows, on a new connection, and the rest goes on", async () => {
		const wishes = await bed.labels("taobao", 3);
		await bed.fault("cainiao", "reset-after-accept"); // the first task is printed, and nobody hears of it
		expect(statesOf(await open("cainiao").print(wishes, "XP").done)).toEqual(["printed", "printed", "printed"]);
		expect(await bed.prints()).toHaveLength(3);
		expect(links).toEqual(["connecting", "open", "lost", "connecting", "open"]);
	});

	it("stay unknown where the component says that it does not know the task", async () => {
		const wishes = await bed.labels("taobao", 2);
		await bed.fault("cainiao", "garbage"); // the first task is not handled
		const ended = await open("cainiao", { resultMs: 200 }).print(wishes, "XP").done;
		expect(statesOf(ended)).toEqual(["unknown", "cancelled"]);
		expect(await bed.prints()).toEqual([]);
	});
});

describe("a print component", () => {
	it("that is not there is told of in words", async () => {
		const url = "ws://127.0.0.1:1/print/cainiao";
		const client = new PrintClient({ client: "cainiao", url, times: { connectMs: 500 } });
		opened.push(client);
		await expect(client.printers()).rejects.toMatchObject({ words: { zh: expect.stringContaining("打印组件") } });
		expect(linkStateWords.lost.zh).toContain("重新连接");
	});

	it("is connected to again when it is back", async () => {
		const client = open("cainiao");
		await client.connect();
		await bed.fault("cainiao", "reset");
		await expect(client.printers()).rejects.toMatchObject({ words: { zh: "与打印组件的连接断开" } });
		expect(links).toEqual(["connecting", "open", "lost"]);
		expect(await client.printers()).toMatchObject({ preferred: "KM-202" });
		expect(links.slice(3)).toEqual(["connecting", "open"]);
	});

	it("is sent nothing more of what is cancelled", async () => {
		const wishes = await bed.labels("taobao", 4);
		const queue = open("cainiao").print(wishes, "XP", ({ state }) => state === "printed" && queue.cancel());
		expect(statesOf(await queue.done)).toEqual(["printed", "cancelled", "cancelled", "cancelled"]);
		expect(await bed.prints()).toHaveLength(1);
	});

	it("of 微信 shows no preview", async () => {
		const [label] = await bed.labels("weixin", 1);
		if (!label) throw new Error("no label");
		await expect(open("weixin").preview(label, "XP")).rejects.toMatchObject({ words: { zh: "该打印组件不支持预览" } });
	});
});
