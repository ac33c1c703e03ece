import { describe, expect, it } from "vitest";
import { authorisationLook, type ShopCredential } from "./certificate.ts";

const shop = (more: Partial<ShopCredential>): ShopCredential => ({
	...{ _id: "s1", platform: "taobao", name: "旗舰店", status: "ACTIVE", reason: "", appKeyEnd: "1234" },
	...{ authorisedUntil: null, daysLeft: null, renewsItself: false, gatewayHost: "gw" },
	...more,
});

describe("a shop's authorisation", () => {
	it.each([
		["has ended when the platform says so, whoever renews it", { status: "TOKEN_EXPIRED", renewsItself: true }, "red"],
		["has ended when its time is over", { daysLeft: -1 }, "red"],
		["that ends today asks for somebody", { daysLeft: 0 }, "orange"],
		["that ends in months does not", { daysLeft: 200 }, "green"],
		["that renews itself does not, however little is left", { daysLeft: 0, renewsItself: true }, "green"],
		["without an end is not known", {}, "grey"],
		["of a shop that is off does not matter", { status: "DISABLED", daysLeft: -9 }, "grey"],
	] as const)("%s", (_what, more, colour) => {
		expect(authorisationLook(shop(more)).colour).toBe(colour);
	});

	it("is shown first where somebody must act", () => {
		const ranks = [{ daysLeft: -1 }, { daysLeft: 3 }, { daysLeft: 99 }].map(
			(more) => authorisationLook(shop(more)).rank,
		);
		expect(ranks).toEqual(ranks.toSorted());
	});
});
