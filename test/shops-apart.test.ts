/** Who is limited to one shop finds nothing of another's: every route with an id, against all services. */
import type { ActionParams } from "moleculer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Route, routes } from "../config/roles.ts";
import { database } from "../mixins/database.ts";
import { platformOrder } from "../services/order/order.sample.ts";
import { ownParams } from "./malformed/request.ts";
import { fittingObject } from "./malformed/values.ts";
import { type Services, startServices } from "./services.ts";

const shopId = "shop-b";
let hub: Services;
let admin: string;
let program: string;
/** One thing of the shop under each noun that belongs to shops. */
const ids = new Map<string, string>([["shops", shopId]]);

/** What belongs to no shop: an administrator's or integrator's, whole. */
const ofNoShop = ["connections", "users", "clients", "sku-jobs", "alert-channels", "views"];

async function tokenLimitedToAnother(): Promise<{ admin: string; program: string }> {
	const shops = ["shop-a"];
	const password = "a long password";
	const person = { username: "limited", name: "l", password, roles: ["admin"], shops };
	await hub.broker.call("user.create", person);
	await hub.broker.call("client.create", {
		id: "limited",
		name: "l",
		secret: "a long secret of it",
		scopes: ["erp"],
		shops,
	});
	const [ofPerson, ofProgram] = await Promise.all([
		hub.broker.call<{ token: string }, object>("account.login", { username: "limited", password }),
		hub.broker.call<{ token: string }, object>("account.token", {
			clientId: "limited",
			clientSecret: "a long secret of it",
		}),
	]);
	return { admin: ofPerson.token, program: ofProgram.token };
}

/** As the driver stores it: what its service would need of it is not what is asked here. */
async function store(collection: string, _id: string, more: object = {}): Promise<void> {
	await database.collection<{ _id: string; shopId: string }>(collection).insertOne({ _id, shopId, ...more });
	ids.set(collection, _id);
}

beforeAll(async () => {
	hub = await startServices();
	const order = platformOrder({ shopId });
	const { id: orderId } = await hub.broker.call<{ id: string }, object>("order.save", order);
	ids.set("orders", orderId);
	await hub.broker.call("shop.create", {
		id: shopId,
		platform: "taobao",
		name: "乙店",
		sellerId: "2200000000002",
		app: { key: "21990001", secret: "an app secret" },
	});
	await store("audit_rules", "rule-1", { name: "r", when: {} });
	ids.set("rules", "rule-1");
	await store("products", `taobao:${shopId}:1`, { skus: [] });
	await store("aftersales", `taobao:${shopId}:1`, {
		orderId,
		lines: [],
		version: 1,
		type: "REFUND_ONLY",
		status: "APPLIED",
	});
	await store("shipments", `${orderId}:SF1`, { orderId, state: "FAILED", attempts: [] });
	await store("waybills", `${orderId}:1`, { orderId, state: "TAKEN" });
	await store("pushes", `wms:order:${orderId}`, {
		orderId,
		connectionId: "wms",
		kind: "order",
		state: "REJECTED",
		attempts: [],
	});
	await store("parked", "pull:1", { source: "pull", ref: { shopId }, state: "PARKED", times: 1, event: null });
	await store("replays", "a-replay-of-all", { by: "user:admin", state: "DONE", causes: [] });
	await store("exports", "an-export-of-all", { by: "user:admin", state: "DONE", at: new Date(), what: "orders" });
	await store("alerts", "alert-1", { ref: { shopId }, state: "OPEN" });
	await store("sku_links", `taobao:${shopId}:1`, { parts: [] });
	ids.set("sku-links", `taobao:${shopId}:1`);
	({ admin, program } = await tokenLimitedToAnother());
}, 120_000);
afterAll(() => hub.stop());

const nounOf = ({ path }: Route): string => (path.startsWith("/erp/") ? path.split("/")[2] : path.split("/")[1]) ?? "";
const withId = routes.filter((route) => /\/:/.test(route.path));

/** Where a value that fits its rule is not yet a right one. */
const parcels = [{ carrier: "SF", trackingNo: "SF1234567890" }];
const more: Readonly<Record<string, object>> = { "/orders/:orderId/ship": { parcels } };

async function statusFor(token: string, route: Route): Promise<number> {
	const { method, path } = route;
	const id = ids.get(nounOf(route)) ?? "";
	const rules = Object.entries(ownParams({ route, params: hub.paramsOf(route.action) }));
	const required = rules.filter(([, rule]) => !/"?(optional|default)"?\b/.test(JSON.stringify(rule)));
	const given = { ...fittingObject(Object.fromEntries(required) as ActionParams), ...more[path] };
	return call(token, method, path.replace(/:\w+/, encodeURIComponent(id)), given);
}

async function call(token: string, method: string, path: string, given: object): Promise<number> {
	const query = method === "GET" ? `?${new URLSearchParams(given as Record<string, string>)}` : "";
	const response = await fetch(`${hub.url}/api/v1${path}${query}`, {
		method,
		headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
		...(method !== "GET" && { body: JSON.stringify(given) }),
	});
	await response.arrayBuffer();
	return response.status;
}

describe("a caller limited to another shop", () => {
	it("is tried on a thing of every noun that belongs to a shop", () => {
		const nouns = new Set(withId.map(nounOf));
		expect([...nouns.difference(new Set([...ids.keys(), ...ofNoShop]))]).toEqual([]);
	});

	it("finds nothing at any address with an id, that others find", async () => {
		const ofShops = withId.filter((route) => !ofNoShop.includes(nounOf(route)));
		const found: [string, number][] = [];
		for (const route of ofShops) {
			const token = route.roles.includes("admin" as never) ? admin : program;
			const status = await statusFor(token, route);
			if (status !== 404) found.push([`${route.method} ${route.path}`, status]);
		}
		expect(found).toEqual([]);
		const whole = await hub.tokenOfAdmin();
		const shown = ofShops.filter(({ method, path }) => method === "GET" && path.split("/").length === 3);
		for (const route of shown) expect([route.path, await statusFor(whole, route)]).toEqual([route.path, 200]);
	}, 60_000);

	it("as an ERP's program cannot ship an order or answer an after-sale of it", async () => {
		const calls = [
			["/erp/shipments", { orderId: ids.get("orders"), parcels }],
			[`/erp/aftersales/${ids.get("aftersales")}/result`, { action: "received" }],
		] as const;
		for (const [path, given] of calls) expect([path, await call(program, "POST", path, given)]).toEqual([path, 404]);
	});
});
