import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Counters } from "../counters.ts";
import { type OpenMarket, openMarket } from "../testing/market.ts";
import { plainShop } from "../testing/plain-platform.ts";
import { Gate } from "./gate.ts";
import { callsPerSecond } from "./quota.ts";
import { Shops } from "./shops.ts";

const nowMs = 1_800_000_000_000;

let open: OpenMarket;
let counters: Counters;
let gate: Gate;
beforeEach(() => {
	open = openMarket();
	counters = new Counters();
	gate = new Gate(
		"plain",
		new Shops(open.journal, [plainShop], { lifetimeMs: nowMs }),
		{ ...open, counters },
		{
			quota: callsPerSecond(() => 2),
			outOfQuota: ({ api, perSecond, struck }) => new Error(`${api} ${perSecond} ${struck}`),
			businessError: () => new Error("no"),
		},
	);
});
afterEach(() => open.end());

const add = (name: "rate-limit" | "expired-token" | "business-error", value: number | null = null) =>
	open.faults.add({ target: "plain", name, value, left: value === null ? 1 : null, rate: 1 });
const admit = (caller = "app", atMs = nowMs) => gate.admit(caller, "list", atMs);

describe("a call", () => {
	it("beyond the quota of its caller and second is refused and counted", () => {
		admit();
		admit();
		expect(() => admit()).toThrow("list null false");
		admit("another");
		admit("app", nowMs + 1000);
		expect(counters.of("plain")).toMatchObject({ outOfQuota: 1, calls: { list: 4 } });
	});

	it("is refused by rate-limit once, and by its number as long as that stands", () => {
		add("rate-limit");
		expect(() => admit()).toThrow("list null true");
		add("rate-limit", 1);
		admit();
		expect(() => admit()).toThrow("list 1 false");
		expect(counters.of("plain").outOfQuota).toBe(2);
	});

	it("that business-error strikes was a call all the same", () => {
		add("business-error");
		expect(() => admit()).toThrow("no");
		expect(counters.of("plain")).toMatchObject({ outOfQuota: 0, calls: { list: 1 } });
	});
});

it("a token ends with the call that expired-token strikes, and each call with it is counted", () => {
	const holds = () => {
		const session = gate.shops.session(plainShop.token.access, nowMs);
		if (session.state === "unknown") throw new Error("no session");
		return gate.holds(session, nowMs);
	};
	expect(holds()).toBe(true);
	add("expired-token");
	expect([holds(), holds()]).toEqual([false, false]);
	expect(counters.of("plain").expiredTokens).toBe(2);
});
