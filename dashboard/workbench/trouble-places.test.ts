import { describe, expect, it } from "vitest";
import { remedies } from "../../services/report/remedies.ts";
import type { TroubleState } from "../../services/report/troubles.ts";
import { pages } from "../pages.ts";
import { cardLooks } from "./cards.ts";
import { placeOf } from "./trouble-places.ts";

const names = pages.map(({ name }) => name);

describe("the places of troubles", () => {
	it.each(Object.keys(remedies) as TroubleState[])("%s leads to a page there is", (state) => {
		const place = placeOf({ _id: "taobao:s1:1", subject: "1 & 2", state, where: ["kingdee"] });
		expect(names).toContain(place.split("?")[0]);
		expect(place).not.toMatch(/ |& /);
	});

	it("shows a push that was parked among the pushes, and an order that its flow parked as itself", () => {
		const parked = { _id: "taobao:s1:1", subject: "1", state: "PARKED" } as const;
		expect(placeOf({ ...parked, where: ["kingdee"] })).toBe("pushes?tab=PARKED&q=1");
		expect(placeOf({ ...parked, where: ["flow"] })).toBe("orders?order=taobao%3As1%3A1");
	});
});

describe("the cards", () => {
	it.each(Object.entries(cardLooks))("%s leads to a page there is", (_name, { to, else: other = to }) => {
		for (const place of [to, other]) expect(names).toContain(place.split("?")[0]);
	});
});
