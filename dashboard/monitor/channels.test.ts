import { describe, expect, it } from "vitest";
import { bodyOf, type Channel, emptyForm, formOf } from "./channels.ts";

const channel: Channel = {
	...{ _id: "c", name: "ops", kind: "dingtalk", host: "oapi.dingtalk.com", signed: true, from: "", to: [] },
	...{ levels: ["critical"], kinds: [], shops: ["s1"], language: "zh-CN", status: "ACTIVE", failures: 0, reason: "" },
};

describe("the form of an alert channel", () => {
	it("leaves address and secret as they are where nothing is filled in", () => {
		expect(bodyOf(formOf(channel), true)).toEqual({
			...{ name: "ops", levels: ["critical"], kinds: [], shops: ["s1"], language: "zh-CN" },
		});
	});

	it("asks for a new channel's kind, and sends mail to each address", () => {
		const form = {
			...emptyForm("en-US"),
			name: " desk ",
			kind: "mail",
			url: "smtps://u:p@h:465",
			from: "hub@a.test",
		} as const;
		expect(bodyOf({ ...form, to: "a@b.test；c@d.test" }, false)).toEqual({
			...{ name: "desk", kind: "mail", url: "smtps://u:p@h:465", from: "hub@a.test", to: ["a@b.test", "c@d.test"] },
			...{ levels: [], kinds: [], shops: [], language: "en-US" },
		});
	});
});
