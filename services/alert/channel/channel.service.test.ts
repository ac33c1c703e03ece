import { randomUUID } from "node:crypto";
import type { Context, ServiceBroker, ServiceSchema } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { startBroker } from "../../../test/broker.ts";
import EventService from "../../event/event.service.ts";
import { ChannelModel } from "./channel.model.ts";
import ChannelService from "./channel.service.ts";
import type { ChannelView } from "./channel.ts";
import type { FailingChannel } from "./failing.ts";
import { NoticeModel } from "./notice.model.ts";
import { type Receiver, robotSecret, startMailServer, startRobot } from "./receivers.testbed.ts";

const waitMs = { timeout: 20_000, interval: 50 };
const audited: object[] = [];
const audit: ServiceSchema = {
	name: "audit",
	actions: { record: ({ params }: Context<object>) => void audited.push(params) },
};

let broker: ServiceBroker;
const receivers: { stop(): Promise<void> }[] = [];
const call = <T>(action: string, params: object = {}): Promise<T> =>
	broker.call<T, object>(`alertChannel.${action}`, params);
const channelOf = (kind: string, url: string, more: object = {}): Promise<ChannelView> =>
	call("create", { name: kind, kind, url, ...(kind !== "mail" && { secret: robotSecret }), ...more });
const mailOf = (url: string): Promise<ChannelView> =>
	channelOf("mail", url, { from: "hub@shop.test", to: ["desk@shop.test"] });
const robot = async (kind: "dingtalk" | "wecom" | "feishu"): Promise<Receiver> => {
	const started = await startRobot(kind);
	receivers.push(started);
	return started;
};

async function tell(verb: "raised" | "closed", changes: object = {}): Promise<void> {
	const body = {
		alertId: "shop.token-expired:s1",
		kind: "shop.token-expired",
		level: "critical",
		ref: { shopId: "s1" },
		reason: "Invalid session",
		...changes,
	};
	const event = { id: randomUUID(), subject: `hub.alert.${verb}`, at: new Date().toISOString(), traceId: "", body };
	await broker.call("event.publish", { events: [event] });
}
/** What comes after a message is told by the next one: which need not be waited for here. */
const hurry = (): Promise<unknown> =>
	ChannelModel.updateMany({ nextAt: { $exists: true } }, { $set: { nextAt: new Date() } });

beforeAll(async () => {
	broker = await startBroker(EventService, ChannelService, audit);
});
afterEach(async () => {
	await Promise.all([ChannelModel.deleteMany({}), NoticeModel.deleteMany({})]);
	for (const receiver of receivers.splice(0)) await receiver.stop();
	audited.length = 0;
});
afterAll(() => broker?.stop());

describe("an alert channel", () => {
	it.each(["dingtalk", "wecom", "feishu"] as const)(
		"%s is told of an alert when it is raised and when it is over",
		async (kind) => {
			const group = await robot(kind);
			await channelOf(kind, group.url, { language: "en-US" });
			await tell("raised");
			await vi.waitFor(() => expect(group.taken).toHaveLength(1), waitMs);
			await tell("closed");
			await vi.waitFor(async () => expect(await NoticeModel.countDocuments()).toBe(1), waitMs);
			await hurry();
			await vi.waitFor(() => expect(group.taken).toHaveLength(2), waitMs);
			await vi.waitFor(async () => expect(await NoticeModel.countDocuments()).toBe(0), waitMs);
			expect(group.taken[0]).toMatch(
				/OrderHub: critical · a shop's authorisation has ended[\s\S]*s1 · Invalid session/,
			);
			expect(group.taken[1]).toContain("OrderHub: over · a shop's authorisation has ended");
		},
	);

	it("writes mail", async () => {
		const server = await startMailServer();
		receivers.push(server);
		await mailOf(server.url);
		await tell("raised");
		await vi.waitFor(() => expect(server.taken).toHaveLength(1), waitMs);
		expect(server.taken[0]).toMatch(/^MAIL FROM:<hub@shop.test>[\s\S]*RCPT TO:<desk@shop.test>[\s\S]*\nSubject: /i);
	});

	it("sends no password to a mail server without TLS", async () => {
		const server = await startMailServer();
		receivers.push(server);
		const { _id: id } = await mailOf(server.url.replace("smtp://", "smtp://hub:canary-password@"));
		await expect(call("test", { id })).rejects.toMatchObject({ type: "CHANNEL_REFUSED", message: /smtp ETLS/ });
		expect(server.taken).toEqual([]);
	});

	it("gathers what comes soon after a message in the next one", async () => {
		const group = await robot("wecom");
		await channelOf("wecom", group.url);
		await tell("raised");
		await vi.waitFor(() => expect(group.taken).toHaveLength(1), waitMs);
		for (let no = 0; no < 30; no += 1) await tell("raised", { alertId: `record:${no}`, kind: "record.parked" });
		await vi.waitFor(async () => expect(await NoticeModel.countDocuments()).toBe(30), waitMs);
		expect(group.taken).toHaveLength(1);
		await hurry();
		await vi.waitFor(() => expect(group.taken).toHaveLength(2), waitMs);
		expect(group.taken[1]).toContain("30 条告警");
	});

	it("is told of what it wants only", async () => {
		const group = await robot("wecom");
		await channelOf("wecom", group.url, { levels: ["critical"], shops: ["s2"], kinds: ["window.gap"] });
		const wanted = { kind: "window.gap", level: "critical", ref: { shopId: "s2" } };
		await tell("raised", { ...wanted, alertId: "1", level: "warning" });
		await tell("raised", { ...wanted, alertId: "2", ref: { shopId: "s1" } });
		await tell("raised", { ...wanted, alertId: "3", kind: "pull.behind" });
		await tell("raised", { ...wanted, alertId: "4", reason: "the one" });
		await vi.waitFor(() => expect(group.taken).toHaveLength(1), waitMs);
		expect(group.taken[0]).toContain("the one");
		await vi.waitFor(async () => expect(await NoticeModel.countDocuments()).toBe(0), waitMs);
	});

	it("is tried again until it takes the message, and is said to fail meanwhile", async () => {
		const group = await robot("feishu");
		const busy = { status: 200, body: '{"code":11232,"msg":"frequency limited"}' };
		group.faults.push({ status: 502, body: "<html>" }, "reset", busy);
		const { _id } = await channelOf("feishu", group.url);
		await tell("raised");
		for (const failures of [1, 2, 3]) {
			await vi.waitFor(async () => expect(await ChannelModel.findById(_id).lean()).toMatchObject({ failures }), waitMs);
			if (failures < 3) await hurry();
		}
		const reason = "code 11232: frequency limited";
		expect(await call<FailingChannel[]>("failing")).toEqual([{ _id, name: "feishu", reason }]);
		await hurry();
		await vi.waitFor(async () => expect(await call("failing")).toEqual([]), waitMs);
		expect(group.taken).toHaveLength(1);
	});

	it("tells of its own failure to nobody", async () => {
		const group = await robot("wecom");
		await channelOf("wecom", group.url);
		await tell("raised", { alertId: "channel.failed:x", kind: "channel.failed" });
		await tell("raised");
		await vi.waitFor(() => expect(group.taken).toHaveLength(1), waitMs);
		expect(group.taken[0]).toContain("店铺授权已失效");
	});

	it("can be tried, and says in the robot's words why it does not work", async () => {
		const group = await robot("dingtalk");
		const { _id: id } = await channelOf("dingtalk", group.url);
		expect(await call("test", { id })).toEqual({ sent: true });
		expect(group.taken).toEqual(["#### OrderHub：测试消息\n- 此告警渠道可以正常使用"]);
		await call("update", { id, secret: "SECwrong" });
		await expect(call("test", { id })).rejects.toMatchObject({
			type: "CHANNEL_REFUSED",
			message: /errcode 310000: sign not match/,
		});
	});

	it("connects to no address that the hub may not reach", async () => {
		const { _id: id } = await channelOf("wecom", "http://169.254.169.254/latest?key=robot-key");
		await expect(call("test", { id })).rejects.toMatchObject({ message: /EGRESS_REFUSED/ });
		const mail = await mailOf("smtp://10.1.2.3:25");
		await expect(call("test", { id: mail._id })).rejects.toMatchObject({ message: /EGRESS_REFUSED/ });
	});

	it("shows where it leads, never its address or secret, and keeps neither in plain text", async () => {
		const { _id: id } = await channelOf("dingtalk", "https://oapi.dingtalk.test/robot/send?access_token=canary");
		const [shown] = (await call<{ items: ChannelView[] }>("list")).items;
		expect(shown).toMatchObject({ _id: id, host: "oapi.dingtalk.test", signed: true, status: "ACTIVE" });
		expect(JSON.stringify([shown, await ChannelModel.findById(id).lean()])).not.toMatch(/canary|SEC0123/);
		expect(audited).toEqual([{ what: "alert-channel.create", ref: "dingtalk" }]);
	});

	it.each([
		[{ kind: "wecom", url: "ftp://robot.test/canary" }, "url"],
		[{ kind: "mail", url: "https://mail.test/", from: "a@b.test", to: ["c@d.test"] }, "url"],
		[{ kind: "mail", url: "smtps://mail.test", to: ["c@d.test"] }, "from"],
		[{ kind: "mail", url: "smtps://mail.test", from: "a@b.test" }, "to"],
	])("refuses %j", async (wishes, field) => {
		const refused = await call("create", { name: "x", ...wishes }).catch((err: unknown) => err);
		expect(refused).toMatchObject({ type: "INVALID", data: { field } });
		expect(String(refused)).not.toContain("canary");
	});

	it("goes with what it has not told", async () => {
		const group = await robot("wecom");
		group.faults.push("reset");
		const { _id: id } = await channelOf("wecom", group.url);
		await tell("raised");
		await vi.waitFor(async () => expect(await ChannelModel.findById(id).lean()).toMatchObject({ failures: 1 }), waitMs);
		await call("remove", { id });
		expect(await NoticeModel.countDocuments()).toBe(0);
		await expect(call("get", { id })).rejects.toMatchObject({ type: "NOT_FOUND" });
	});

	it("is silent while it is switched off", async () => {
		const group = await robot("wecom");
		const { _id: id } = await channelOf("wecom", group.url);
		await call("update", { id, status: "DISABLED" });
		await tell("raised", { alertId: "1" });
		await call("update", { id, status: "ACTIVE" });
		await tell("raised", { alertId: "2", reason: "the second" });
		await vi.waitFor(() => expect(group.taken).toHaveLength(1), waitMs);
	});
});
