import type { IncomingMessage } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { env, readEnv } from "../config/env.ts";
import { callerAddress, isSecure } from "./caller.ts";

const { trustedProxies } = env;
const trust = (list: string) => {
	env.trustedProxies = readEnv({ HUB_TRUSTED_PROXIES: list }).trustedProxies;
};
afterEach(() => {
	env.trustedProxies = trustedProxies;
});
const request = (remoteAddress: string, headers: Record<string, string> = {}, encrypted = false) =>
	({ socket: { remoteAddress, encrypted }, headers }) as unknown as IncomingMessage;

describe("the caller's address", () => {
	it.each([
		["10.0.0.1", "", "10.0.0.1"],
		["10.0.0.1", "1.2.3.4", "1.2.3.4"],
		["::ffff:10.0.0.1", "1.2.3.4", "1.2.3.4"],
		["10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"], // the first was sent by the caller
		["10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.9", "1.2.3.4"], // two proxies of ours
		["10.0.0.1", "2001:db8::7", "2001:db8::7"],
		["10.0.0.1", "unknown", "10.0.0.1"],
		["10.0.0.1", "1.2.3.4, ' or 1=1", "10.0.0.1"],
		["9.9.9.9", "1.2.3.4", "9.9.9.9"], // nobody we trust
	])("of %s with X-Forwarded-For %j is %s", (socket, header, caller) => {
		trust("10.0.0.0/8");
		expect(callerAddress(request(socket, header ? { "x-forwarded-for": header } : {}))).toBe(caller);
	});

	it("of a connection that is gone already is of nobody we trust", () => {
		trust("10.0.0.0/8");
		const gone = { socket: {}, headers: { "x-forwarded-for": "1.2.3.4" } } as unknown as IncomingMessage;
		expect(callerAddress(gone)).toBe("unknown");
	});

	it("is the connection's, whatever a header says, where no proxy is trusted", () => {
		expect(callerAddress(request("127.0.0.1", { "x-forwarded-for": "1.2.3.4" }))).toBe("127.0.0.1");
	});
});

describe("an encrypted connection", () => {
	const https = { "x-forwarded-proto": "https" };

	it("is one to us, or to a proxy that we trust and that says so", () => {
		trust("10.0.0.1");
		expect(isSecure(request("9.9.9.9", {}, true))).toBe(true);
		expect(isSecure(request("10.0.0.1", https))).toBe(true);
		expect(isSecure(request("10.0.0.1", { "x-forwarded-proto": "http" }))).toBe(false);
		expect(isSecure(request("10.0.0.2", https))).toBe(false);
	});
});
