/** What becomes of an answer: on its way to a platform that fails in every way, and after crashes. */
import type { Context, ServiceBroker, ServiceSchema } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type ErrorType, hubError } from "../../config/errors.ts";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import OrderService from "../order/order.service.ts";
import { AftersaleModel } from "./aftersale.model.ts";
import { platformAftersale } from "./aftersale.sample.ts";
import AftersaleService from "./aftersale.service.ts";
import type { AftersaleStatus, Decision, DecisionAction, PlatformAftersale } from "./aftersale.ts";
import { aftersaleId } from "./aftersale.ts";
import type { DecisionState } from "./decision.ts";
import type { AftersaleEntry } from "./timeline.model.ts";
import type { AftersaleView } from "./view.ts";

const results: Record<DecisionAction, AftersaleStatus> = {
	AGREE_REFUND: "DONE",
	AGREE_RETURN: "WAIT_BUYER_RETURN",
	REFUSE: "REFUSED",
	REFUSE_RECEIPT: "REFUSED",
	SHIP_EXCHANGE: "WAIT_BUYER_CONFIRM",
	SHIP_RESEND: "WAIT_BUYER_CONFIRM",
};

/** A platform that takes each answer once, and fails as it is told to: before or after it has taken it. */
class Platform {
	readonly aftersales = new Map<string, PlatformAftersale>();
	readonly calls: (Decision & { aftersaleNo: string })[] = [];
	taken = 0;
	busy: Promise<void> | undefined; // it answers after that
	looks = 0;
	readonly deciding: { err: Error; after: boolean }[] = [];
	readonly looking: Error[] = [];

	failNext(type: ErrorType, { after = false, detail = "", data = {} } = {}): void {
		this.deciding.push({ err: hubError(type, detail, data), after });
	}

	decide({ aftersaleNo, ...decision }: Decision & { aftersaleNo: string }): void {
		this.calls.push({ aftersaleNo, ...decision });
		const failure = this.deciding.shift();
		if (failure && !failure.after) throw failure.err;
		const aftersale = this.of(aftersaleNo);
		const status = results[decision.action];
		if (aftersale.status === status) throw hubError("PLATFORM_REFUSED", "该售后单已处理");
		this.change(aftersaleNo, { status });
		this.taken += 1;
		if (failure) throw failure.err;
	}

	get(id: string): { document: PlatformAftersale; fetchedAt: Date } {
		this.looks += 1;
		const failure = this.looking.shift();
		if (failure) throw failure;
		return { document: this.of(id), fetchedAt: new Date() };
	}

	change(no: string, changes: Partial<PlatformAftersale>): void {
		const aftersale = this.of(no);
		const modifiedAt = new Date(aftersale.modifiedAt.getTime() + 1_000);
		this.aftersales.set(no, { ...aftersale, modifiedAt, ...changes });
	}

	of(no: string): PlatformAftersale {
		const aftersale = this.aftersales.get(no);
		if (!aftersale) throw hubError("PLATFORM_REFUSED", "no such after-sale");
		return aftersale;
	}
}

let platform = new Platform();
let broker: ServiceBroker;
const platformService: ServiceSchema = {
	name: "platform.taobao",
	actions: {
		async "aftersales.decide"({ params }: Context<Decision & { aftersaleNo: string }>) {
			await platform.busy;
			platform.decide(params);
		},
		"aftersales.get": ({ params }: Context<{ id: string }>) => platform.get(params.id),
		"aftersales.reasons": () => [{ code: "1", text: "商品无问题", needsProof: false }],
		"aftersales.addresses": () => {
			throw hubError("PLATFORM_UNSUPPORTED", "return addresses");
		},
	},
};
const shopService: ServiceSchema = {
	name: "shop",
	actions: { get: ({ params }: Context<{ id: string }>) => ({ _id: params.id, platform: "taobao" }) },
};

const start = () => startBroker(EventService, OrderService, AftersaleService, platformService, shopService);

beforeAll(async () => {
	broker = await start();
});
afterEach(async () => {
	await AftersaleModel.deleteMany({});
	platform = new Platform();
});
afterAll(() => broker?.stop());

/** An after-sale that platform and hub both have. @returns its id */
async function open(over: Partial<PlatformAftersale> = {}): Promise<string> {
	const aftersale = platformAftersale(over);
	platform.aftersales.set(aftersale.aftersaleNo, aftersale);
	await broker.call("aftersale.save", aftersale);
	return aftersaleId(aftersale.platform, aftersale.shopId, aftersale.aftersaleNo);
}
const noOf = (id: string): string => id.split(":")[2] ?? "";
const view = (id: string) => broker.call<AftersaleView, object>("aftersale.get", { id });
const decide = (id: string, action: DecisionAction, more: object = {}, meta: object = {}) =>
	broker.call<AftersaleView, object>("aftersale.decide", { id, action, ...more }, { meta });
const result = (id: string, action: string, more: object = {}) =>
	broker.call<AftersaleView, object>("aftersale.result", { id, action, ...more }, { meta: { actor: "client:erp" } });
const becomes = (id: string, state: DecisionState): Promise<AftersaleView> =>
	vi.waitFor(
		async () => {
			const found = await view(id);
			expect(found.decision).toMatchObject({ state });
			return found;
		},
		{ timeout: 10_000, interval: 20 },
	);
const stands = (id: string, status: AftersaleStatus): Promise<void> =>
	vi.waitFor(async () => expect((await view(id)).status).toBe(status), { timeout: 10_000, interval: 20 });
const rests = (id: string): Promise<void> =>
	vi.waitFor(async () => expect((await AftersaleModel.findById(id).lean())?.nextAt).toBeUndefined(), {
		timeout: 10_000,
		interval: 20,
	});
const told = (id: string, what: string): Promise<AftersaleEntry> =>
	vi.waitFor(
		async () => {
			const { items } = await broker.call<{ items: AftersaleEntry[] }, object>("aftersale.timeline", { id });
			const entry = items.find((each) => each.what === `aftersale.${what}`);
			if (!entry) throw new Error(`not told yet: ${what}`);
			return entry;
		},
		{ timeout: 5_000, interval: 20 },
	);

describe("an answer", () => {
	it("is told to the platform once, however often it is given, and what it made of the after-sale is seen", async () => {
		const id = await open();
		const answer = { addressId: "7", note: "同意" };
		const answers = await Promise.all([1, 2, 3].map(() => decide(id, "AGREE_RETURN", answer, { actor: "user:li" })));
		for (const { decision } of answers) expect(decision).toMatchObject({ action: "AGREE_RETURN", by: "user:li" });
		await becomes(id, "DONE");
		await stands(id, "WAIT_BUYER_RETURN");
		expect((await decide(id, "AGREE_RETURN", answer)).decision?.state).toBe("DONE");
		expect(platform.calls).toMatchObject([{ aftersaleNo: noOf(id), action: "AGREE_RETURN", ...answer, carrier: "" }]);
		await rests(id);
		expect((await told(id, "decision-made")).by).toBe("user:li");
		expect((await told(id, "decision-done")).change).toEqual({ action: "AGREE_RETURN", state: "DONE" });
	});

	it("that is not legal now is refused with those that are", async () => {
		const id = await open({ status: "WAIT_SELLER_RECEIVE" });
		await expect(decide(id, "AGREE_RETURN")).rejects.toMatchObject({
			type: "AFTERSALE_NOT_READY",
			code: 409,
			message: expect.stringContaining("legal: AGREE_REFUND, REFUSE_RECEIPT"),
			data: { legal: ["AGREE_REFUND", "REFUSE_RECEIPT"] },
		});
		expect((await view(id)).moves).toEqual(["AGREE_REFUND", "REFUSE_RECEIPT"]);
		expect((await view(id)).decision).toBeNull();
	});

	it.each([
		["another while one is on its way", "REFUSE", { reasonCode: "1" }, "CONFLICT"],
		["an unknown carrier", "SHIP_EXCHANGE", { carrier: "DRONE", trackingNo: "SF123456" }, "CARRIER_UNKNOWN"],
		["a parcel without a number", "SHIP_EXCHANGE", { carrier: "SF" }, "INVALID"],
		["what it does not take", "AGREE_RETURN", { trackingNo: "SF123456" }, "INVALID"],
		["an unknown field", "AGREE_RETURN", { amount: 1 }, "VALIDATION_ERROR"],
	] as const)("is refused with %s", async (_what, action, more, type) => {
		const id = await open();
		const { promise, resolve } = Promise.withResolvers<void>();
		platform.busy = promise;
		await decide(id, "AGREE_RETURN");
		await expect(decide(id, action, more)).rejects.toMatchObject({ type });
		resolve();
		await becomes(id, "DONE");
	});

	it("that waits gives way to another one, and is not told to the platform any more", async () => {
		const id = await open();
		platform.failNext("PLATFORM_TOKEN_EXPIRED");
		await decide(id, "AGREE_RETURN");
		await vi.waitFor(async () => expect((await view(id)).decision?.attempts).toHaveLength(1));
		expect((await view(id)).moves).toEqual(["AGREE_RETURN", "REFUSE"]);
		await decide(id, "REFUSE", { reasonCode: "1" });
		await becomes(id, "DONE");
		expect(platform.calls.map(({ action }) => action)).toEqual(["AGREE_RETURN", "REFUSE"]);
		expect((await told(id, "decision-failed")).change).toMatchObject({ action: "AGREE_RETURN", state: "FAILED" });
	});

	it.each([
		["taken", true],
		["not taken", false],
	])("that was %s before the connection broke is taken once: the after-sale is read first", async (_what, after) => {
		const id = await open({ type: "REFUND_ONLY" });
		platform.failNext("PLATFORM_UNREACHABLE", { after });
		await decide(id, "AGREE_REFUND");
		await becomes(id, "DONE");
		await stands(id, "DONE");
		expect(platform.looks).toBeGreaterThan(0);
		expect(platform.calls).toHaveLength(after ? 1 : 2);
		expect(platform.taken).toBe(1);
		await told(id, "decision-doubtful");
	});

	it("is told once by several processes", async () => {
		const others = await Promise.all([start(), start()]);
		try {
			const ids = await Promise.all(Array.from({ length: 12 }, () => open({ type: "REFUND_ONLY" })));
			for (const [n, id] of ids.entries()) {
				if (n % 3 === 0) platform.failNext("PLATFORM_UNREACHABLE", { after: true });
				const everybody = [broker, ...others].map((each) =>
					each.call("aftersale.decide", { id, action: "AGREE_REFUND" }),
				);
				await Promise.all(everybody);
			}
			for (const id of ids) await becomes(id, "DONE");
			expect(platform.calls).toHaveLength(ids.length);
			expect(platform.taken).toBe(ids.length);
		} finally {
			for (const other of others) await other.stop();
		}
	}, 30_000);

	it("in doubt is not given again to an after-sale that was withdrawn meanwhile", async () => {
		const id = await open({ type: "REFUND_ONLY" });
		platform.failNext("PLATFORM_BAD_RESPONSE");
		platform.looking.push(hubError("PLATFORM_UNREACHABLE"));
		await decide(id, "AGREE_REFUND");
		platform.change(noOf(id), { status: "CLOSED" });
		expect((await becomes(id, "FAILED")).decision?.reason).toContain("CLOSED");
		expect(platform.calls).toHaveLength(1);
		expect((await view(id)).status).toBe("CLOSED");
	});

	it("left behind in the middle of a call is looked for before it is given again", async () => {
		const id = await open({ type: "REFUND_ONLY" });
		platform.change(noOf(id), { status: "PLATFORM_HANDLING" });
		const words = { addressId: "", reasonCode: "", note: "", carrier: "", trackingNo: "", reason: "", traceId: "" };
		const left = { action: "AGREE_REFUND", state: "SENDING", by: "user:li", at: new Date(), asOf: new Date() };
		await AftersaleModel.updateOne(
			{ _id: id },
			{
				decision: { ...words, ...left, doubtful: true, tries: 0, attempts: [] },
				nextAt: new Date(0),
				$inc: { turn: 1 },
			},
		);
		await becomes(id, "DONE");
		expect(platform.calls).toEqual([]);
	});

	it("is taken when the refusal is the echo of an earlier one", async () => {
		const id = await open({ type: "REFUND_ONLY" });
		platform.change(noOf(id), { status: "DONE" });
		await decide(id, "AGREE_REFUND");
		await becomes(id, "DONE");
		expect(platform.taken).toBe(0);
		expect((await view(id)).status).toBe("DONE");
	});

	it("that the platform refuses shows its words, and may be given again", async () => {
		const id = await open();
		platform.failNext("PLATFORM_REFUSED", { detail: "退货地址不存在 isv.address-error" });
		await decide(id, "AGREE_RETURN", { addressId: "9" });
		const { decision, moves } = await becomes(id, "FAILED");
		expect(decision?.reason).toContain("退货地址不存在");
		expect(moves).toContain("AGREE_RETURN");
		expect((await told(id, "decision-failed")).change).toMatchObject({ state: "FAILED" });
		await decide(id, "AGREE_RETURN", { addressId: "7" });
		await becomes(id, "DONE");
	});

	it("that the platform takes from nobody outside is left to a person, who is told what to do", async () => {
		const id = await open();
		platform.failNext("PLATFORM_UNSUPPORTED", { detail: "REFUSE" });
		await decide(id, "REFUSE", { reasonCode: "1" });
		expect((await becomes(id, "UNSUPPORTED")).todo).toEqual({
			zh: expect.stringContaining("拒绝"),
			en: expect.any(String),
		});
		platform.change(noOf(id), { status: "REFUSED" });
		await broker.call("aftersale.save", platform.of(noOf(id)));
		expect((await view(id)).todo).toBeNull();
	});

	it("waits as long as the platform asks for, and is not lost when the shop's token is dead", async () => {
		const id = await open();
		platform.failNext("PLATFORM_RATE_LIMITED", { data: { waitMs: 200 } });
		await decide(id, "AGREE_RETURN");
		const { decision } = await becomes(id, "DONE");
		expect(decision?.attempts.map(({ outcome }) => outcome)).toEqual(["PENDING", "DONE"]);

		const other = await open();
		platform.failNext("PLATFORM_TOKEN_EXPIRED");
		await decide(other, "AGREE_RETURN");
		await vi.waitFor(async () => expect((await view(other)).decision?.attempts).toHaveLength(1));
		expect((await view(other)).decision?.state).toBe("PENDING");
	});

	it("to a claim that came again after it was refused is a new one", async () => {
		const id = await open({ type: "REFUND_ONLY" });
		await decide(id, "REFUSE", { reasonCode: "1" });
		await becomes(id, "DONE");
		await stands(id, "REFUSED");
		platform.change(noOf(id), { status: "APPLIED" });
		await broker.call("aftersale.save", platform.of(noOf(id)));
		await decide(id, "REFUSE", { reasonCode: "1" });
		await vi.waitFor(() => expect(platform.taken).toBe(2), { timeout: 5_000 });
	});

	it("is taken of an after-sale that was stored before there were answers", async () => {
		const id = await open();
		const later = { decision: 1, erp: 1, received: 1, turn: 1, nextAt: 1 } as const;
		await AftersaleModel.updateOne({ _id: id }, { $unset: later });
		expect(await view(id)).toMatchObject({ decision: null, received: null, erp: { state: "NONE" } });
		await decide(id, "AGREE_RETURN");
		await becomes(id, "DONE");
	});

	it("is for those who may see its shop", async () => {
		const id = await open();
		await expect(decide(id, "AGREE_RETURN", {}, { shops: ["another"] })).rejects.toMatchObject({ type: "NOT_FOUND" });
	});
});

describe("the result of an ERP", () => {
	it("that the goods are received pays a return back, once", async () => {
		const id = await open({ status: "WAIT_SELLER_RECEIVE" });
		await result(id, "received", { note: "入库" });
		expect((await becomes(id, "DONE")).received).toMatchObject({ quantity: 2, condition: "good", by: "client:erp" });
		await stands(id, "DONE");
		expect((await result(id, "received", { note: "入库" })).decision?.state).toBe("DONE");
		expect(platform.calls).toMatchObject([{ action: "AGREE_REFUND", note: "" }]);
	});

	it.each([
		["in part", { quantity: 1 }],
		["damaged", { condition: "defective" }],
	])("that goods came back %s is noted, and left to a person", async (_what, receipt) => {
		const id = await open({ status: "WAIT_SELLER_RECEIVE" });
		const { received, decision } = await result(id, "received", receipt);
		expect(received).toMatchObject(receipt);
		expect(decision).toBeNull();
	});

	it.each([
		["agreed", "RETURN_REFUND", "APPLIED", {}, "AGREE_RETURN"],
		["agreed", "REFUND_BEFORE_SHIP", "APPLIED", {}, "AGREE_REFUND"],
		["refused", "REFUND_ONLY", "APPLIED", { reasonCode: "1" }, "REFUSE"],
		["refused", "RETURN_REFUND", "WAIT_SELLER_RECEIVE", { reasonCode: "1" }, "REFUSE_RECEIPT"],
		["shipped", "EXCHANGE", "WAIT_SELLER_RECEIVE", { carrier: "顺丰速运", trackingNo: "SF123456" }, "SHIP_EXCHANGE"],
		["shipped", "RESEND", "APPLIED", { carrier: "sf", trackingNo: "SF123456" }, "SHIP_RESEND"],
		["AGREE_REFUND", "REFUND_ONLY", "APPLIED", {}, "AGREE_REFUND"],
	] as const)("%s, of %s in %s, becomes the seller's answer", async (word, type, status, more, action) => {
		const id = await open({ type, status });
		const { decision } = await result(id, word, more);
		expect(decision).toMatchObject({ action, by: "client:erp", ...("carrier" in more && { carrier: "SF" }) });
		await becomes(id, "DONE");
	});

	it("that a return is agreed to pays nothing back, said twice or late", async () => {
		const id = await open();
		await result(id, "agreed");
		await becomes(id, "DONE");
		await stands(id, "WAIT_BUYER_RETURN");
		expect((await result(id, "agreed")).decision).toMatchObject({ action: "AGREE_RETURN", state: "DONE" });
		platform.change(noOf(id), { status: "WAIT_SELLER_RECEIVE" });
		await broker.call("aftersale.save", platform.of(noOf(id)));
		await result(id, "agreed");
		await rests(id);
		expect(platform.calls.map(({ action }) => action)).toEqual(["AGREE_RETURN"]);
	});

	it("that means nothing for such an after-sale is refused", async () => {
		const id = await open({ type: "REFUND_ONLY" });
		const parcel = { carrier: "SF", trackingNo: "SF123456" };
		await expect(result(id, "shipped", parcel)).rejects.toMatchObject({ type: "AFTERSALE_NOT_READY" });
	});
});

describe("what a platform offers", () => {
	it("is asked of it, and is an empty list where it has nothing to choose from", async () => {
		const id = await open();
		expect(await broker.call("aftersale.reasons", { id })).toEqual({
			items: [{ code: "1", text: "商品无问题", needsProof: false }],
		});
		expect(await broker.call("aftersale.addresses", { shopId: "s1" })).toEqual({ items: [] });
	});
});
