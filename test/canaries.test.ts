/** After a full run no name, phone, address or secret is anywhere but where it belongs. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { platformNames } from "../config/platforms.ts";
import { routes } from "../config/roles.ts";
import { dashboardCookie } from "../services/editor/editor-client.ts";
import { type Canaries, CanarySearch } from "./canaries.ts";
import {
	adminPassword,
	eventually,
	freshDir,
	type Hub,
	json,
	type OrderTruth,
	removeDir,
	startHub,
	truth,
} from "./hub.ts";
import { type Nats, startNats } from "./nats.ts";

/** Every order of this run goes to this person. */
const receiver = { name: "金丝雀鸣春", mobile: "19912340987", address: "百灵鸟里四百八十七号三栋六零一室" };
const masterKeyFile = "master.key";

interface OrderSeen {
	_id: string;
	platform: string;
	orderNo: string;
	status: string;
	erp: { state: string };
}

describe("a full run", () => {
	let dir: string;
	let nats: Nats;
	let hub: Hub;
	let headers: Record<string, string>;
	let secrets: Canaries;

	const api = <T>(route: string, body?: object): Promise<T> => json(`${hub.api}/api/v1${route}`, body, headers);
	const control = <T>(route: string, body?: object): Promise<T> => json(`${hub.sandbox}/_control${route}`, body);
	const orderOf = async (orderNo: string): Promise<OrderSeen> => {
		const { items } = await api<{ items: OrderSeen[] }>(`/orders?q=${orderNo}`);
		if (!items[0]) throw new Error(`no order ${orderNo} yet`);
		return items[0];
	};
	/** An order of each platform, paid, to the receiver. */
	async function buy(platform: string): Promise<string> {
		const wish = { count: 1, lines: 1, paid: false, seed: `canary-${platform}-${Math.random()}` };
		const { orders } = await control<{ orders: { platformOrderId: string }[] }>(`/platforms/${platform}/orders`, wish);
		const orderNo = orders[0]?.platformOrderId as string;
		await act(platform, orderNo, { action: "change-address", receiver });
		await act(platform, orderNo, { action: "pay" });
		return orderNo;
	}
	const act = (platform: string, orderNo: string, action: object): Promise<unknown> =>
		control(`/platforms/${platform}/orders/${orderNo}/actions`, action);
	const comes = (orderNo: string, holds: (order: OrderSeen) => boolean, what: string): Promise<OrderSeen> =>
		eventually(() => orderOf(orderNo), holds, 45_000, what);

	beforeAll(async () => {
		[dir, nats] = await Promise.all([freshDir(), startNats()]);
		hub = await startHub(dir, { NATS_URL: nats.url, HUB_LOG_LEVEL: "debug" });
		secrets = await everySecret();
	}, 90_000);
	afterAll(async () => {
		await hub?.process.stop();
		await nats?.stop();
		await removeDir(dir);
	});

	/** Of the demo's shops and ERPs, of an ERP's client made here, of whoever signs in here, and of the hub itself. */
	async function everySecret(): Promise<Canaries> {
		const found: Record<string, string> = { "admin's password": adminPassword };
		const login = { username: "admin", password: adminPassword };
		const signedIn = await json<{ token: string; refreshToken: string }>(`${hub.api}/api/v1/auth/login`, login);
		headers = { authorization: `Bearer ${signedIn.token}` };
		found["admin's token"] = signedIn.token;
		found["admin's refresh token"] = signedIn.refreshToken;
		found["editor's cookie"] = (await dashboardCookie(hub.editor, "admin", adminPassword))?.split("=")[1] ?? "";
		found["master key"] = (await readFile(path.join(dir, masterKeyFile), "utf8")).trim();

		const clientId = "canary-erp";
		const { secret } = await api<{ secret: string }>("/clients", {
			id: clientId,
			name: "ERP",
			scopes: ["erp"],
			shops: "*",
		});
		found["client's secret"] = secret;
		const credentials = { clientId, clientSecret: secret };
		const client = await json<{ token: string; refreshToken: string }>(`${hub.api}/api/v1/auth/token`, credentials);
		found["client's token"] = client.token;
		found["client's refresh token"] = client.refreshToken;

		interface Shop {
			shopId: string;
			app: Record<string, string>;
			token: { access: string; refresh: string };
		}
		const { shops } = await control<{ shops: Shop[] }>("/shops");
		for (const { shopId, app, token } of shops) {
			const { key: _, ...appSecrets } = app;
			const { access, refresh } = token;
			for (const [name, value] of Object.entries({ ...appSecrets, access, refresh }))
				if (value) found[`${name} of ${shopId}`] = value;
		}
		const { erps } = await control<{ erps: { dialect: string; credentials: Record<string, string> }[] }>("/erp");
		for (const { dialect, credentials } of erps)
			for (const [name, value] of Object.entries(credentials))
				if (/secret|^key$/i.test(name)) for (const part of value.split(":")) found[`${part} of ${dialect}`] = part;
		return found;
	}

	it("brings orders, refunds, reveals, a parked record, a refused push and a dry run about", async () => {
		await control("/erp/qimen", { autoShip: false });
		const bought = await Promise.all(platformNames.map(async (platform) => [platform, await buy(platform)] as const));
		const waiting = await Promise.all(
			bought.map(([, orderNo]) => comes(orderNo, ({ erp }) => erp.state === "OK", `${orderNo} in the ERP`)),
		);
		const plain: string[] = [];
		for (const { _id, platform } of waiting) {
			const shown = await api<object>(`/orders/${encodeURIComponent(_id)}/reveal`, { purpose: "print" });
			if (JSON.stringify(shown).includes(receiver.name)) plain.push(platform);
		}
		expect(plain.sort()).toEqual([...platformNames].sort());
		await control("/erp/qimen", { autoShip: true });
		for (const [, orderNo] of bought) await comes(orderNo, ({ status }) => status === "SHIPPED", `${orderNo} shipped`);
		for (const [platform, orderNo] of bought) await act(platform, orderNo, { action: "request-refund" });

		await control("/faults", { target: "erp/qimen", fault: "business-error", times: 1 });
		await comes(await buy("taobao"), ({ erp }) => erp.state === "REJECTED", "the refused push");
		await eventually(
			() => api<{ items: unknown[] }>("/aftersales"),
			({ items }) => items.length >= platformNames.length,
			30_000,
			"the after-sales",
		);
		await control("/faults", { target: "taobao", fault: "unknown-status" });
		await buy("taobao");
		await eventually(
			() => api<{ items: unknown[] }>("/parked"),
			({ items }) => items.length > 0,
			30_000,
			"the parked record",
		);
		const wish = {
			orderIds: waiting.map(({ _id }) => _id),
			candidate: { deployed: "order-to-erp" },
			baseline: "pushed",
		};
		const { _id } = await api<{ _id: string }>("/replays", wish);
		await eventually(
			() => api<{ state: string }>(`/replays/${_id}`),
			({ state }) => state === "DONE",
			30_000,
			"the dry run",
		);
		expect((await truth<OrderTruth>(hub, "orders")).length).toBeGreaterThan(platformNames.length);
	}, 90_000);

	it("leaves none of it in the store, the events, the files, the logs or what the gateway answers", async () => {
		const search = new CanarySearch({ ...receiver, ...secrets });
		const filled = await search.lookInStore(hub.store);
		for (const name of ["orders", "pushes", "parked", "raw_taobao_orders", "replays", "audit", "aftersales"])
			expect(filled).toContain(name);
		// The simulators are the other side, and the key is kept where it belongs.
		await search.lookInFolder(dir, (file) => file.startsWith("sandbox") || file === masterKeyFile);
		await search.lookInFolder(nats.dir);
		search.look("what the processes print", hub.process.output());
		for (const place of await everyPage()) search.look(place.route, place.text);
		expect(search.bytes).toBeGreaterThan(1_000_000);
		expect(search.hits).toEqual([]);
	}, 60_000);

	/** Every list of the gateway, one of each thing, and what it says of itself. */
	async function everyPage(): Promise<{ route: string; text: string }[]> {
		const lists = routes.filter(({ method, path: each }) => method === "GET" && !each.includes(":"));
		// What is for programs alone is read as the ERP's client.
		const asClient = { authorization: `Bearer ${secrets["client's token"]}` };
		const pages: { route: string; text: string }[] = [];
		const get = async (url: string, as = headers): Promise<string> => {
			const answer = await fetch(url, { headers: as });
			const text = await answer.text();
			expect([200, 422], url).toContain(answer.status); // 422: a list of something that the query must name
			pages.push({ route: new URL(url).pathname, text });
			return text;
		};
		for (const { path: list, roles: allowed } of lists) {
			const text = await get(`${hub.api}/api/v1${list}`, allowed.length ? headers : asClient);
			const { items = [] } = text.startsWith("{") ? (JSON.parse(text) as { items?: { _id?: string }[] }) : {};
			const single = routes.some(({ method, path: each }) => method === "GET" && each === `${list}/:id`);
			for (const { _id } of single ? items.slice(0, 10) : [])
				await get(`${hub.api}/api/v1${list}/${encodeURIComponent(_id ?? "")}`);
		}
		await get(`${hub.api}/metrics`);
		return pages;
	}

	it("would find it: what it looks through can be read, and the simulators do know the receiver", async () => {
		const [order] = await truth<OrderTruth>(hub, "orders");
		const events = new CanarySearch({ order: order?.platformOrderId ?? "" });
		await events.lookInFolder(nats.dir);
		expect(events.hits).not.toEqual([]);
		const known = new CanarySearch(receiver);
		await known.lookInFolder(path.join(dir, "sandbox"));
		const names = (hit: string): string => hit.split(": ")[1] ?? "";
		expect(new Set(known.hits.map(names))).toEqual(new Set(Object.keys(receiver).map((name) => `${name} as it is`)));

		const client = await MongoClient.connect(hub.store);
		await client
			.db()
			.collection("planted")
			.insertOne({ note: { to: [`寄给${receiver.name}`] } });
		await client.close();
		const planted = new CanarySearch(receiver);
		await planted.lookInStore(hub.store);
		expect(planted.hits).toEqual([expect.stringMatching(/^planted .*: name as it is$/)]);
	}, 60_000);

	it.each([
		["as it is", (value: string) => value],
		["in JSON with escapes", (value: string) => value.replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`)],
		["in a URL", (value: string) => `q=${encodeURIComponent(value)}&x=1`],
		["in base64", (value: string) => Buffer.from(`{"name":"${value}"}`).toString("base64")],
		["in base64, a byte later", (value: string) => Buffer.from(` {"name":"${value}"}`).toString("base64")],
		["in base64, two bytes later", (value: string) => Buffer.from(`  {"name":"${value}"}`).toString("base64")],
		["in hex", (value: string) => Buffer.from(value).toString("hex")],
	])("would find one that was left %s", async (_how, dress) => {
		const planted = await freshDir();
		for (const value of Object.values(receiver)) {
			const search = new CanarySearch({ value });
			await writeFile(path.join(planted, "left.log"), `before ${dress(value)} after`);
			await search.lookInFolder(planted);
			expect(search.hits).toHaveLength(1);
		}
		await removeDir(planted);
	});
});
