import type { ServiceBroker } from "moleculer";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ownsModels } from "../../mixins/database.ts";
import { startBroker } from "../../test/broker.ts";
import { announcedMs, Keyring, lookEveryMs, rotateKeys, rotateMonthly } from "./keyring.ts";
import { SigningKeyModel } from "./signing-key.model.ts";
import { issueToken, readToken } from "./token.ts";

const owner = { kind: "user", sub: "ivy", sid: "session" } as const;
const minuteMs = 60_000;
const dayMs = 24 * 3_600_000;

let broker: ServiceBroker;
let here: Keyring; // two processes
let there: Keyring;

beforeAll(async () => {
	broker = await startBroker({ name: "keys", mixins: [ownsModels(SigningKeyModel)] });
});
afterAll(() => broker.stop());
beforeEach(async () => {
	await SigningKeyModel.deleteMany({});
	vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-01T00:00:00Z") });
	here = new Keyring();
	there = new Keyring();
	await Promise.all([here.load(), there.load()]);
});
afterEach(() => vi.useRealTimers());

const later = (ms: number) => vi.setSystemTime(Date.now() + ms);
const kidOf = async (keyring: Keyring) => (await keyring.signing()).kid;
const issue = async (keyring: Keyring, audience: "hub-api" | "hub-editor" = "hub-api") =>
	(await issueToken(keyring, owner, audience)).token;
const refused = expect.objectContaining({ type: "UNAUTHENTICATED" });

describe("the keys of tokens", () => {
	it("are the same in processes that start at once", async () => {
		await expect(readToken(there, await issue(here), "hub-api")).resolves.toMatchObject(owner);
		expect(await SigningKeyModel.countDocuments()).toBe(1);
	});

	it("change without a token being refused at any moment, in a process that only looks now and then", async () => {
		const old = await issue(here);
		expect(await rotateKeys()).toMatchObject({ kid: "k2" });
		expect([await kidOf(here), await kidOf(there)]).toEqual(["k1", "k1"]);
		later(lookEveryMs);
		await Promise.all([here.load(), there.load()]);
		expect(await kidOf(here)).toBe("k1"); // announced, not in use
		later(announcedMs - lookEveryMs);
		expect([await kidOf(here), await kidOf(there)]).toEqual(["k2", "k2"]);
		await expect(readToken(there, await issue(here), "hub-api")).resolves.toMatchObject(owner);
		await expect(readToken(there, old, "hub-api")).resolves.toMatchObject(owner);
	});

	it("are known within a minute everywhere, since everybody looks before a new one signs", () => {
		expect(announcedMs).toBeGreaterThanOrEqual(2 * lookEveryMs);
		expect(announcedMs).toBeLessThanOrEqual(minuteMs);
	});

	it("that were followed verify as long as their tokens live, for each audience, and no longer", async () => {
		await rotateKeys();
		await here.load();
		later(announcedMs);
		const minutes = async (ms: number) => {
			const now = Date.now() + ms;
			return [await here.verifying("k1", "hub-api", now), await here.verifying("k1", "hub-editor", now)].map(Boolean);
		};
		expect(await minutes(14 * minuteMs)).toEqual([true, true]);
		expect(await minutes(16 * minuteMs)).toEqual([false, true]);
		expect(await minutes(8 * 60 * minuteMs + 1)).toEqual([false, false]);
	});

	it("that are over sign nothing that is believed, not even a token that says it is fresh", async () => {
		const { key } = await here.signing();
		await rotateKeys();
		await here.load();
		later(announcedMs + 16 * minuteMs);
		const stolen = { signing: async () => ({ kid: "k1", key }), verifying: async () => key };
		const { token } = await issueToken(stolen, owner, "hub-api");
		await expect(readToken(here, token, "hub-api")).rejects.toEqual(refused);
	});

	it("are chosen by kid: another kid's name over our signature is refused", async () => {
		await rotateKeys();
		await here.load();
		later(announcedMs);
		const { key } = await here.signing();
		for (const kid of ["k1", "k3", "k0", "", "../k2", "__proto__"]) {
			const forger = { signing: async () => ({ kid, key }), verifying: async () => key };
			const { token } = await issueToken(forger, owner, "hub-api");
			await expect(readToken(here, token, "hub-api")).rejects.toEqual(refused);
		}
	});

	it("are looked for when a kid is unknown, once a second at most", async () => {
		await rotateKeys();
		later(announcedMs);
		await there.load();
		const token = await issue(there);
		await expect(readToken(here, token, "hub-api")).resolves.toMatchObject(owner);
		const find = vi.spyOn(SigningKeyModel, "find");
		for (let time = 0; time < 20; time += 1) expect(await here.verifying(`made-up-${time}`, "hub-api")).toBeNull();
		expect(find.mock.calls.length).toBeLessThanOrEqual(1);
		find.mockRestore();
	});

	it("change once a month by themselves, in however many processes", async () => {
		await Promise.all([rotateMonthly(), rotateMonthly()]);
		expect(await SigningKeyModel.countDocuments()).toBe(1);
		later(31 * dayMs);
		await Promise.all([rotateMonthly(), rotateMonthly(), rotateMonthly()]);
		expect(await SigningKeyModel.countDocuments()).toBe(2);
	});

	it("are not changed again while a new one is on its way", async () => {
		await rotateKeys();
		await expect(rotateKeys()).rejects.toMatchObject({ type: "CONFLICT" });
		later(announcedMs);
		await expect(rotateKeys()).resolves.toMatchObject({ kid: "k3" });
	});

	it("leave the store when nothing that they signed can be good", async () => {
		for (const wait of [dayMs, dayMs, dayMs]) {
			await rotateKeys();
			later(wait);
		}
		await rotateKeys();
		const kept = await SigningKeyModel.find().sort({ generation: 1 }).lean();
		expect(kept.map(({ _id }) => _id)).toEqual(["k4", "k5"]);
	});

	it("are stored encrypted", async () => {
		const { key } = await here.signing();
		const stored = JSON.stringify(await SigningKeyModel.find().lean());
		for (const encoding of ["base64", "base64url", "hex"] as const)
			expect(stored).not.toContain(key.export().toString(encoding));
	});
});
