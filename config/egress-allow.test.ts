import { describe, expect, it } from "vitest";
import { readEgressAllowed } from "./egress-allow.ts";

describe("readEgressAllowed", () => {
	it.each([
		["erp.local", { host: "erp.local", port: null }],
		["ERP.local.", { host: "erp.local", port: null }],
		["erp:8080", { host: "erp", port: 8080 }],
		["192.168.1.20", { block: expect.anything(), port: null }],
		["192.168.1.20:8080", { block: expect.anything(), port: 8080 }],
		["10.0.0.0/8", { block: expect.anything(), port: null }],
		["fd00::20", { block: expect.anything(), port: null }],
		["[fd00::20]:8080", { block: expect.anything(), port: 8080 }],
		["fd00::/8", { block: expect.anything(), port: null }],
	])("reads %s", (text, rule) => {
		expect(readEgressAllowed(text)).toEqual(rule);
	});

	it.each([
		"",
		"*",
		"*.local",
		"http://erp.local",
		"erp.local/path",
		"erp.local:",
		"erp.local:0",
		"erp.local:70000",
		"10.0.0.0/33",
		"10.0.0/8",
		"fd00::/129",
		"2130706433",
		"0x7f.1",
		"127.1",
		"-erp.local",
		"erp local",
		"user@erp.local",
	])("refuses %j", (text) => {
		expect(readEgressAllowed(text)).toBeNull();
	});
});
