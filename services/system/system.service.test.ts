import type { ServiceBroker } from "moleculer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { env } from "../../config/env.ts";
import { startBroker } from "../../test/broker.ts";
import AccountService from "../account/account.service.ts";
import ClientService from "../account/client.service.ts";
import UserService from "../account/user.service.ts";
import AuditService from "../audit/audit.service.ts";
import ConnectionService from "../connection/connection.service.ts";
import MetricsService from "../metrics/metrics.service.ts";
import PlatformService from "../platform/platform.service.ts";
import SecretService from "../secret/secret.service.ts";
import ShopService from "../shop/shop.service.ts";
import type { ShopView } from "../shop/shop.ts";
import { type Certificate, shopCredential } from "./certificate.ts";
import type { HubProcess } from "./processes.ts";
import type { Settings } from "./settings.ts";
import SystemService, { type Carrier } from "./system.service.ts";

const taobao = { name: "platform.taobao", actions: { can: () => ({ carriers: ["SF"] }) } };
let broker: ServiceBroker;

beforeAll(async () => {
	env.adminPassword = "correct horse battery";
	const accounts = [AuditService, UserService, ClientService, AccountService, SecretService];
	const others = [ShopService, ConnectionService, PlatformService, MetricsService, taobao, SystemService];
	broker = await startBroker(...accounts, ...others);
	const app = { key: "21990001", secret: "canary-secret" };
	const token = { access: "canary-access", refresh: "canary-refresh", expiresAt: "2027-01-01T00:00:00Z" };
	for (const id of ["a", "b"]) {
		await broker.call("shop.create", { id, platform: "taobao", name: id, sellerId: id, app, token });
	}
	const secrets = { key: "canary-key", secret: "canary-signs" };
	const settings = { shopNo: "SHOP01" };
	const url = "https://wms.example/api";
	await broker.call("connection.create", { id: "wms", dialect: "generic", name: "仓库", url, settings, secrets });
	await broker.call("client.create", { id: "erp-1", name: "ERP", secret: "canary-of-the-client", scopes: ["erp"] });
});
afterAll(() => broker?.stop());

describe("system.certificate", () => {
	it("tells of every credential without showing any", async () => {
		const shown = await broker.call<Certificate>("system.certificate");
		expect(shown).toMatchObject({
			masterKey: { keyId: expect.stringMatching(/^[\w-]{8}$/), oldKeyId: null },
			signingKeys: [{ kid: "k1", signsFrom: expect.any(Date) }],
			shops: [{ _id: "a", appKeyEnd: "0001", renewsItself: true, gatewayHost: "eco.taobao.com" }, { _id: "b" }],
			connections: [{ _id: "wms", secretNames: ["key", "secret"], status: "ACTIVE" }],
			clients: [{ _id: "erp-1", disabled: false, secretSince: expect.any(Date), previousUntil: null }],
		});
		expect(JSON.stringify(shown)).not.toMatch(/canary|21990001|v2:/);
	});

	it("shows an administrator of some shops those alone", async () => {
		const { shops } = await broker.call<Certificate, object>("system.certificate", {}, { meta: { shops: ["b"] } });
		expect(shops.map(({ _id }) => _id)).toEqual(["b"]);
	});

	it.each([
		["2027-01-03T12:00:00Z", 2],
		["2027-01-01T00:00:00Z", 0],
		["2026-12-31T23:00:00Z", -1],
		[null, null],
	])("counts the whole days that an authorisation until %s lasts", async (until, daysLeft) => {
		const shop = await broker.call<ShopView, object>("shop.get", { id: "a" });
		const token = { ...shop.token, expiresAt: until && new Date(until) };
		const { daysLeft: left } = shopCredential({ ...shop, token } as ShopView, new Date("2027-01-01T00:00:00Z"));
		expect(left).toBe(daysLeft);
	});
});

describe("system", () => {
	it("names carriers with the platforms that take them", async () => {
		const { items } = await broker.call<{ items: Carrier[] }>("system.carriers");
		expect(items.find(({ code }) => code === "SF")).toMatchObject({ zh: "顺丰速运", platforms: ["taobao"] });
		expect(items.find(({ code }) => code === "ZTO")).toMatchObject({ platforms: [] });
	});

	it("tells what the hub runs with", async () => {
		const shown = await broker.call<Settings>("system.settings");
		expect(shown).toMatchObject({ broker: "local", limits: { rowsOfAPage: 200, accessTokenSec: 900 } });
	});

	it("lists processes with what each tells of itself", async () => {
		const { items } = await broker.call<{ items: HubProcess[] }>("system.processes");
		expect(items).toHaveLength(1);
		const [{ services, state } = { services: [], state: null }] = items;
		expect(services).toEqual(expect.arrayContaining(["account", "metrics", "system"]));
		expect(Date.parse(state?.since ?? "")).toBeLessThan(Date.now());
		expect(state?.memoryBytes).toBeGreaterThan(10_000_000);
	});
});
