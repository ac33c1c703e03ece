import type { ServiceBroker } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "../../mixins/paging.ts";
import { startBroker } from "../../test/broker.ts";
import { ShopModel } from "./shop.model.ts";
import ShopService from "./shop.service.ts";
import type { OpenShop, ShopView } from "./shop.ts";

let broker: ServiceBroker;

const input = {
	id: "shop-1",
	platform: "taobao",
	name: "沐光家居旗舰店",
	sellerId: "2200000000001",
	app: { key: "21990001", secret: "canary-app-secret" },
	token: { access: "canary-access", refresh: "canary-refresh", expiresAt: "2027-01-01T00:00:00.000Z" },
};
const create = (changes: object = {}) => broker.call<ShopView, object>("shop.create", { ...input, ...changes });
const update = (changes: object) => broker.call<ShopView, object>("shop.update", { id: "shop-1", ...changes });
const access = () => broker.call<OpenShop, object>("shop.access", { shopId: "shop-1" });
const get = () => broker.call<ShopView, object>("shop.get", { id: "shop-1" });
const mark = (status: string) => broker.call("shop.mark", { shopId: "shop-1", status, reason: "SessionKey非法" });

beforeAll(async () => {
	broker = await startBroker(ShopService);
});
afterEach(async () => {
	await ShopModel.deleteMany({});
});
afterAll(() => broker?.stop());

describe("a shop", () => {
	it("is shown without its secrets, by every action that shows it", async () => {
		const shown = [await create(), await update({ name: "新名" }), await get(), await broker.call("shop.list", {})];
		for (const each of shown) expect(JSON.stringify(each)).not.toContain("canary");
		expect(shown[0]).toMatchObject({
			_id: "shop-1",
			app: { key: "21990001" },
			token: { expiresAt: new Date("2027-01-01") },
			gatewayUrl: "https://eco.taobao.com/router/rest",
			pull: { orders: { enabled: true, everySec: 30, backHours: 24 } },
			status: "ACTIVE",
		});
	});

	it("keeps its secrets encrypted", async () => {
		await create();
		expect(JSON.stringify(await ShopModel.findById("shop-1").lean())).not.toContain("canary");
	});

	it.each([
		["waits for its seller where one has to let the app in", "jd", "TOKEN_EXPIRED"],
		["works where the app's own key is all it takes", "weixin", "ACTIVE"],
	])("without a token %s", async (_what, platform, status) => {
		const shop = { platform, name: "n", sellerId: `no-token-${platform}`, app: { key: "k", secret: "s" } };
		expect(await broker.call("shop.create", shop)).toMatchObject({ status });
	});

	it("opens them for the services that speak for it", async () => {
		await create();
		expect(await access()).toEqual({
			shopId: "shop-1",
			platform: "taobao",
			status: "ACTIVE",
			sellerId: "2200000000001",
			gatewayUrl: "https://eco.taobao.com/router/rest",
			authUrl: "https://oauth.taobao.com/authorize",
			messageUrl: "ws://mc.api.taobao.com/",
			signSecret: "",
			messageToken: "",
			messageKey: "",
			appKey: "21990001",
			appSecret: "canary-app-secret",
			accessToken: "canary-access",
			refreshToken: "canary-refresh",
		});
	});

	it("gets an id of its own when none is given", async () => {
		const { _id } = await create({ id: undefined });
		expect(_id).toMatch(/^[0-9a-f-]{36}$/);
	});

	it.each([
		["under the same id", { sellerId: "another" }],
		["of the same seller, which would be the same orders twice", { id: "shop-2" }],
	])("is not connected twice: %s", async (_what, changes) => {
		await create();
		await expect(create(changes)).rejects.toMatchObject({ type: "CONFLICT" });
	});

	it.each([
		["a platform we do not know", { platform: "ebay" }],
		["an id that could be something else", { id: "a:b" }],
		["a field we do not know", { colour: "red" }],
		["a pull every 0 s", { pull: { orders: { everySec: 0 } } }],
	])("is refused with %s", async (_what, changes) => {
		await expect(create(changes)).rejects.toMatchObject({ code: 422 });
	});

	it.each(["ftp://x/", "not a url", "https://user:word@x/"])("is refused with the gateway %s", async (gatewayUrl) => {
		await expect(create({ gatewayUrl })).rejects.toMatchObject({ type: "INVALID" });
	});

	it("changes only what is named", async () => {
		await create();
		await update({ app: { secret: "another-secret" }, pull: { orders: { everySec: 5 } } });
		expect(await access()).toMatchObject({
			appKey: "21990001",
			appSecret: "another-secret",
			accessToken: "canary-access",
		});
		expect((await get()).pull.orders).toEqual({ enabled: true, everySec: 5, backHours: 24 });
	});

	it("lets parcels go by itself, unless they are to wait for a flow", async () => {
		expect(await create()).toMatchObject({ shipMode: "AUTO" });
		expect(await update({ shipMode: "FLOW" })).toMatchObject({ shipMode: "FLOW" });
		expect(await update({ name: "新名" })).toMatchObject({ shipMode: "FLOW" });
		await expect(update({ shipMode: "MANUAL" })).rejects.toMatchObject({ code: 422 });
		await ShopModel.collection.updateOne({}, { $unset: { shipMode: 1 } }); // as shops were before there was a choice
		expect(await get()).toMatchObject({ shipMode: "AUTO" });
	});

	it("that is not there is NOT_FOUND", async () => {
		for (const call of [get, access, () => update({ name: "x" })]) {
			await expect(call()).rejects.toMatchObject({ type: "NOT_FOUND" });
		}
		for (const id of ["..", " ", "shop 1", "x".repeat(100)]) {
			await expect(broker.call("shop.get", { id })).rejects.toMatchObject({ type: "NOT_FOUND" });
		}
	});

	it("is shown only to those who may see it, and changed by nobody else", async () => {
		await create();
		const meta = { shops: ["another"] };
		const change = broker.call("shop.update", { id: "shop-1", name: "x" }, { meta });
		await expect(change).rejects.toMatchObject({ type: "NOT_FOUND" });
		await expect(broker.call("shop.get", { id: "shop-1" }, { meta })).rejects.toMatchObject({ type: "NOT_FOUND" });
		for (const action of ["shop.list", "shop.all"]) {
			expect(await broker.call(action, {}, { meta })).toMatchObject({ items: [] });
			const mine = await broker.call(action, {}, { meta: { shops: ["shop-1"] } });
			expect(mine).toMatchObject({ items: [{ _id: "shop-1" }] });
		}
	});

	it("is listed page by page, the oldest first, and whole where the hub itself asks", async () => {
		for (const id of ["c", "a", "b"]) await create({ id, sellerId: id });
		const list = (query: object) => broker.call<Page<ShopView>, object>("shop.list", query);
		const first = await list({ limit: 2 });
		expect(first.items.map(({ _id }) => _id)).toEqual(["c", "a"]);
		const second = await list({ limit: 2, cursor: first.nextCursor });
		expect([second.items.map(({ _id }) => _id), second.nextCursor]).toEqual([["b"], null]);
		await expect(list({ cursor: "none of ours" })).rejects.toMatchObject({ type: "INVALID" });
		const { items } = await broker.call<{ items: ShopView[] }>("shop.all");
		expect(items.map(({ _id }) => _id)).toEqual(["c", "a", "b"]);
	});
});

describe("a shop's status", () => {
	it("tells that the token is dead, until there is a new one", async () => {
		await create();
		await mark("TOKEN_EXPIRED");
		expect(await get()).toMatchObject({ status: "TOKEN_EXPIRED", reason: "SessionKey非法" });
		await update({ token: { access: "new-access" } });
		expect(await get()).toMatchObject({ status: "ACTIVE", reason: "" });
		expect(await access()).toMatchObject({ accessToken: "new-access", refreshToken: "canary-refresh" });
	});

	it("is good again after a refresh", async () => {
		await create();
		await mark("TOKEN_EXPIRED");
		const fresh = { access: "fresh", refresh: "fresh-too", expiresAt: new Date("2028-01-01") };
		await broker.call("shop.saveToken", { shopId: "shop-1", ...fresh });
		expect(await get()).toMatchObject({ status: "ACTIVE", token: { expiresAt: fresh.expiresAt } });
		expect(await access()).toMatchObject({ accessToken: "fresh", refreshToken: "fresh-too" });
	});

	it("stays off when a person switched it off, and says why", async () => {
		await create();
		expect(await update({ status: "DISABLED", reason: "moves to another seller" })).toMatchObject({
			status: "DISABLED",
			reason: "moves to another seller",
		});
		await mark("ACTIVE");
		await mark("TOKEN_EXPIRED");
		expect((await get()).status).toBe("DISABLED");
		expect((await update({ token: { access: "new" } })).status).toBe("DISABLED");
		expect(await update({ status: "ACTIVE" })).toMatchObject({ status: "ACTIVE", reason: "" });
	});
});
