import { describe, expect, it } from "vitest";
import { accountOf, missingForProduction, readEnv } from "./env.ts";

describe("readEnv", () => {
	it("has a default for everything that a start on one machine needs", () => {
		expect(readEnv({})).toMatchObject({
			mongoUrl: null,
			natsUrl: null,
			httpPort: 3000,
			editorPort: 1880,
			sandboxPort: 3900,
			bind: "127.0.0.1",
			logLevel: "info",
			logFormat: "text",
			services: null,
			readBackSec: 60,
			printUrl: null,
			egressAllow: [],
			production: false,
		});
	});

	it.each([
		["HUB_HTTP_PORT", "70000"],
		["HUB_EDITOR_PORT", "http"],
		["MONGO_URL", "localhost:27017"],
		["NATS_URL", "localhost:4222"],
		["HUB_MASTER_KEY", "short"],
		["HUB_MASTER_KEY_OLD", "short"],
		["HUB_LOG_LEVEL", "loud"],
		["HUB_LOG_FORMAT", "xml"],
		["OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"],
		["HUB_READ_BACK_SEC", "0.5"],
		["HUB_PRINT_URL", "http://127.0.0.1:3900/print"],
		["HUB_EGRESS_ALLOW", "192.168.1.20, http://erp.local"],
		["HUB_TRUSTED_PROXIES", "10.0.0.1, proxy.local"],
		["HUB_TRUSTED_PROXIES", "10.0.0.1:80"],
		["HUB_URL", "localhost:3000"],
	])("refuses %s=%s by name", (name, value) => {
		expect(() => readEnv({ [name]: value })).toThrow(name);
	});

	it("writes the log as JSON lines in production, unless it is told otherwise", () => {
		expect(readEnv({ HUB_PRODUCTION: "1" }).logFormat).toBe("json");
		expect(readEnv({ HUB_PRODUCTION: "1", HUB_LOG_FORMAT: "text" }).logFormat).toBe("text");
	});

	it("knows a collector of spans, and what it is to be sent along", () => {
		expect(readEnv({}).otlp).toBe(null);
		const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" };
		const headers = { OTEL_EXPORTER_OTLP_HEADERS: "api-key=a%20b,tenant=%E0%A4" }; // the last is no UTF-8
		expect(readEnv({ ...collector, ...headers }).otlp).toMatchObject({
			url: "http://collector:4318",
			headers: { "api-key": "a b", tenant: expect.any(String) },
		});
		expect(() => readEnv({ ...collector, OTEL_EXPORTER_OTLP_HEADERS: "api-key" })).toThrow(
			"OTEL_EXPORTER_OTLP_HEADERS",
		);
	});

	it("tells everything that is wrong at once, and no value of it", () => {
		const wrong = { HUB_HTTP_PORT: "x1", HUB_MASTER_KEY: "not-a-key", NATS_URL: "secret@host" };
		const message = (() => {
			try {
				readEnv(wrong);
				return "";
			} catch (err) {
				return (err as Error).message;
			}
		})();
		for (const [name, value] of Object.entries(wrong)) {
			expect(message).toContain(name);
			expect(message).not.toContain(value);
		}
	});

	it("reads a list of services", () => {
		expect(readEnv({ HUB_SERVICES: "order, pull,," }).services).toEqual(["order", "pull"]);
	});
});

describe("missingForProduction", () => {
	it("names what is missing, and nothing when all is there", () => {
		expect(missingForProduction(readEnv({ MONGO_URL: "mongodb://m/hub" }))).toEqual(["NATS_URL", "HUB_MASTER_KEY"]);
		const key = Buffer.alloc(32).toString("base64");
		const all = readEnv({ MONGO_URL: "mongodb://m/hub", NATS_URL: "nats://n", HUB_MASTER_KEY: key });
		expect(missingForProduction(all)).toEqual([]);
	});
});

describe("accountOf", () => {
	it("asks the hub of this machine where no other is named", () => {
		const who = { HUB_USER: "lin", HUB_PASSWORD: "a long one" };
		expect(accountOf(readEnv({ ...who, HUB_HTTP_PORT: "3100" }))).toMatchObject({
			url: "http://127.0.0.1:3100",
			user: "lin",
		});
		expect(accountOf(readEnv({ ...who, HUB_URL: "https://hub.example/" }))).toMatchObject({
			url: "https://hub.example",
		});
	});

	it("names what is missing", () => {
		expect(() => accountOf(readEnv({ HUB_USER: "lin" }))).toThrow("HUB_PASSWORD");
	});
});
