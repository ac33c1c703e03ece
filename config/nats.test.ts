import { describe, expect, it } from "vitest";
import { natsHosts, natsOptions } from "./nats.ts";

describe("natsOptions", () => {
	it.each([
		["nats://127.0.0.1:4222", { servers: ["127.0.0.1:4222"] }],
		["nats://a:4222, nats://b:4222", { servers: ["a:4222", "b:4222"] }],
		["nats://hub:p%40ss@a:4222", { servers: ["a:4222"], user: "hub", pass: "p@ss" }],
		["nats://t0ken@a:4222", { servers: ["a:4222"], token: "t0ken" }],
		["tls://a:4222", { servers: ["a:4222"], tls: {} }],
	])("reads %s", (url, options) => {
		expect(natsOptions(url)).toEqual(options);
	});
});

describe("natsHosts", () => {
	it("names each server with its port, and no user", () => {
		expect(natsHosts("nats://hub:secret@a:4223, nats://b")).toEqual([
			{ host: "a", port: 4223 },
			{ host: "b", port: 4222 },
		]);
		expect(natsHosts(null)).toEqual([]);
	});
});
