import type { ServiceBroker } from "moleculer";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startBroker } from "../../test/broker.ts";
import ShopService from "../shop/shop.service.ts";
import ConnectionService from "./connection.service.ts";

vi.hoisted(() => {
	process.env.HUB_PRODUCTION = "1"; // before config/env.ts is read
	process.env.HUB_EGRESS_ALLOW = "10.1.2.3:8080";
});

const shop = { platform: "pdd", name: "n", sellerId: "1", app: { key: "k", secret: "s" } };
const connection = { dialect: "generic", name: "n", settings: { shopNo: "S" }, secrets: { key: "k", secret: "s" } };

describe("an address named in production", () => {
	let broker: ServiceBroker;
	let made = 0;
	beforeAll(async () => {
		broker = await startBroker(ShopService, ConnectionService);
		await broker.call("shop.create", { ...shop, id: "there" });
		await broker.call("connection.create", { ...connection, id: "there", url: "https://erp.example" });
	});
	afterAll(() => broker.stop());

	/** Every field that takes an address: how it is set anew, and how it is changed. */
	const fields: [field: string, scheme: string, set: (url: string) => Promise<unknown>][] = [
		["gatewayUrl", "https", (gatewayUrl) => createShop({ gatewayUrl })],
		["authUrl", "https", (authUrl) => createShop({ authUrl })],
		["messageUrl", "wss", (messageUrl) => createShop({ messageUrl })],
		["url", "https", (url) => broker.call("connection.create", { ...connection, url })],
		["gatewayUrl", "http", (gatewayUrl) => broker.call("shop.update", { id: "there", gatewayUrl })],
		["authUrl", "http", (authUrl) => broker.call("shop.update", { id: "there", authUrl })],
		["messageUrl", "ws", (messageUrl) => broker.call("shop.update", { id: "there", messageUrl })],
		["url", "http", (url) => broker.call("connection.update", { id: "there", url })],
	];
	const createShop = (urls: object): Promise<unknown> => {
		made += 1;
		return broker.call("shop.create", { ...shop, sellerId: `made-${made}`, ...urls });
	};

	it.each(fields)("is refused as %s over %s, with the remedy, where no call could ever be made", async (...row) => {
		const [field, scheme, set] = row;
		for (const host of [
			"127.0.0.1",
			"2130706433",
			"0x7f.1",
			"[::1]",
			"[::ffff:a00:1]",
			"169.254.169.254",
			"10.1.2.3:80",
		])
			await expect(set(`${scheme}://${host}/api`), host).rejects.toMatchObject({
				code: 422,
				type: "INVALID",
				message: expect.stringMatching(new RegExp(`${field}: .*HUB_EGRESS_ALLOW`)),
			});
	});

	it.each(fields)("is taken as %s over %s when it is allowed, public, or a name", async (_field, scheme, set) => {
		for (const host of ["10.1.2.3:8080", "8.8.8.8", "erp.internal", "localhost"])
			await expect(set(`${scheme}://${host}/api`), host).resolves.toBeDefined();
	});
});
