import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Counters } from "../counters.ts";
import { type HookStub, startHookStub } from "../testing/hook-stub.ts";
import { type OpenMarket, openMarket } from "../testing/market.ts";
import { plainPlatform } from "../testing/plain-platform.ts";
import { until } from "../testing/running.ts";
import { changeMemo } from "./buyer-actions.ts";
import { Messenger } from "./messenger.ts";
import type { PlatformSimulator } from "./platform.ts";

let open: OpenMarket;
let hub: HookStub;
let counters: Counters;
let platform: PlatformSimulator;
let messenger: Messenger;
beforeEach(async () => {
	open = openMarket();
	hub = await startHookStub();
	start();
	messenger.setHub("plain", hub.url);
});
afterEach(async () => {
	messenger.stop();
	await hub.close();
	open.end();
});

function start(): void {
	counters = new Counters();
	platform = plainPlatform(open.journal);
	messenger = new Messenger({ ...open, counters }, [platform]);
}

const called = (times: number) =>
	until(
		async () => hub.calls,
		({ length }) => length >= times,
	);
const counts = () => counters.of("plain").messages;

describe("what changes", () => {
	it("is told to the hub's hook of the shop, once when it is confirmed", async () => {
		const order = open.placeOne();
		expect(hub.calls).toEqual([]); // nothing leaves before the call that changed it has ended
		changeMemo(open.market, order, { seller: "急" });
		await called(2);
		const [placed] = hub.calls;
		expect(placed).toMatchObject({
			method: "POST",
			url: "/api/v1/hooks/plain/plain-demo?app=app",
			headers: { "x-sign": "0123" },
		});
		expect(hub.calls.map(({ body }) => body.split(" ")[0]).sort()).toEqual(["paid", "placed"]);
		await until(
			async () => counts(),
			({ acked }) => acked === 2,
		);
		expect(counts()).toEqual({ sent: 2, acked: 2, refused: 0 });
	});

	it.each<[string, { status: number; body: string } | null, number]>([
		["refused", { status: 200, body: "no" }, 1],
		["not answered", null, 0],
	])("is told again, in the same bytes, when it was %s", async (_, first, refused) => {
		hub.answer = (call) => (call === 0 ? first : { status: 200, body: "ok" });
		open.placeOne({ paid: false });
		const calls = await called(2);
		expect(calls[0]?.body).toBe(calls[1]?.body);
		await until(
			async () => counts(),
			({ acked }) => acked === 1,
		);
		expect(counts()).toEqual({ sent: 2, acked: 1, refused });
	});

	it("is told to nobody while no hub is set, which a restart remembers", async () => {
		messenger.setHub("plain", null);
		open.placeOne();
		messenger.setHub("plain", hub.url);
		messenger.stop();
		open = open.reopened();
		start();
		expect(messenger.hub("plain")).toBe(hub.url);
		open.placeOne({ paid: false });
		expect(await called(1)).toHaveLength(1);
	});
});

describe("a single message", () => {
	const sendOne = async (as: "valid" | "forged" | "replayed" | "late") => {
		messenger.setHub("plain", null);
		const order = open.placeOne();
		messenger.setHub("plain", hub.url);
		return messenger.sendOne(platform, order, as);
	};
	const ageDays = () => (Date.now() - Number(hub.calls[0]?.body.split(" ")[2])) / 86_400_000;

	it("gives the hub's answer", async () => {
		hub.answer = () => ({ status: 403, body: "who are you" });
		expect(await sendOne("valid")).toEqual({ status: 403, body: "who are you" });
		expect(hub.calls).toHaveLength(1);
		expect(hub.calls[0]?.body).toMatch(/^paid /);
	});

	it("that is forged carries a changed signature and nothing else changed", async () => {
		await sendOne("forged");
		expect(hub.calls[0]?.headers).toMatchObject({ "x-sign": "a123", "sign-method": "none" });
		expect(hub.calls[0]?.body).toMatch(/^paid plain-demo-1 \d+$/);
	});

	it("that is forged is changed itself where nothing signs it", async () => {
		const { messages } = platform;
		platform.messages = (...args) => (messages?.(...args) ?? []).map((message) => ({ ...message, headers: {} }));
		await sendOne("forged");
		expect(hub.calls[0]?.body).toMatch(/^aaid /);
	});

	it("that is replayed comes twice, and the second answer counts", async () => {
		hub.answer = (call) => ({ status: 200, body: `answer ${call}` });
		expect(await sendOne("replayed")).toEqual({ status: 200, body: "answer 1" });
		expect(hub.calls[0]).toEqual(hub.calls[1]);
	});

	it("that is late was made forty days ago", async () => {
		await sendOne("late");
		expect(ageDays()).toBeCloseTo(40, 2);
	});

	it("is none where the platform has none", async () => {
		platform.messages = () => [];
		expect(await sendOne("valid")).toBeNull();
	});

	it("gets status 0 from a hub that does not answer", async () => {
		hub.answer = () => null;
		expect(await sendOne("valid")).toMatchObject({ status: 0 });
	});
});
