import type { ServiceBroker } from "moleculer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hubError } from "../../config/errors.ts";
import { ownsModels } from "../../mixins/database.ts";
import { startBroker } from "../../test/broker.ts";
import { FailuresModel, throttled } from "./throttle.ts";

let broker: ServiceBroker;
beforeAll(async () => {
	broker = await startBroker({ name: "throttle", mixins: [ownsModels(FailuresModel)] });
});
afterAll(() => broker.stop());

const wrong = async () => {
	throw hubError("BAD_CREDENTIALS");
};
const failTimes = async (account: string, times: number) => {
	for (let time = 0; time < times; time += 1) await throttled(account, "ip", wrong).catch(() => {});
};

describe("sign-ins of one account from one address", () => {
	it("are refused after ten failures, without a look at the password", async () => {
		await failTimes("a", 10);
		let looked = false;
		const attempt = throttled("a", "ip", async () => {
			looked = true;
		});
		await expect(attempt).rejects.toMatchObject({
			type: "TOO_MANY_REQUESTS",
			data: { retryAfterSec: expect.any(Number) },
		});
		expect(looked).toBe(false);
	});

	it("cannot slip through by coming before the others are counted", async () => {
		const { promise: othersCounted, resolve: letGo } = Promise.withResolvers<void>();
		const early = throttled("b", "ip", () => othersCounted);
		await failTimes("b", 10);
		letGo();
		await expect(early).rejects.toMatchObject({ type: "TOO_MANY_REQUESTS" });
	});

	it.each([
		["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true],
		["2001:db8:1:2::1", "2001:0DB8:0001:0002:a:b:c:d", true],
		["2001:db8::1", "2001:db8:0:0:5::", true],
		["2001:db8:1:2::1", "2001:db8:1:3::1", false],
		["203.0.113.1", "203.0.113.2", false],
	])("of %s and %s count together: %s", async (one, other, together) => {
		const account = `net-${one}-${other}`;
		for (let time = 0; time < 10; time += 1) await throttled(account, one, wrong).catch(() => {});
		const attempt = throttled(account, other, async () => "in");
		if (together) await expect(attempt).rejects.toMatchObject({ type: "TOO_MANY_REQUESTS" });
		else await expect(attempt).resolves.toBe("in");
	});

	it("that fail for another reason than the password are not counted", async () => {
		const broken = async () => {
			throw hubError("STORE_UNAVAILABLE");
		};
		for (let time = 0; time < 11; time += 1) {
			await expect(throttled("c", "ip", broken)).rejects.toMatchObject({ type: "STORE_UNAVAILABLE" });
		}
		await expect(throttled("c", "ip", async () => "in")).resolves.toBe("in");
	});
});
