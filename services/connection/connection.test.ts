import type { ServiceBroker } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "../../mixins/paging.ts";
import { startBroker } from "../../test/broker.ts";
import { ConnectionModel } from "./connection.model.ts";
import connectionService from "./connection.service.ts";
import type { ConnectionView } from "./connection.ts";

let broker: ServiceBroker;

beforeAll(async () => {
	broker = await startBroker(connectionService);
});
afterAll(() => broker.stop());
afterEach(async () => {
	await ConnectionModel.deleteMany({});
});

const generic = {
	id: "wms",
	dialect: "generic",
	name: "仓库",
	url: "https://wms.example/api",
	settings: { shopNo: "SHOP01" },
	secrets: { key: "the-key", secret: "the-secret" },
};
const create = (change: object = {}): Promise<Record<string, unknown>> =>
	broker.call("connection.create", { ...generic, ...change });

describe("connection.create", () => {
	it("keeps secrets encrypted and never shows them", async () => {
		const created = await create();
		const shown = [created, await broker.call("connection.get", { id: "wms" }), await broker.call("connection.list")];
		expect(created).toMatchObject({ _id: "wms", status: "ACTIVE", secretNames: ["key", "secret"] });
		for (const each of shown) expect(JSON.stringify(each)).not.toMatch(/the-key|the-secret|v1:/);
		expect(JSON.stringify(await ConnectionModel.findById("wms").lean())).not.toMatch(/the-key|the-secret/);
	});

	it("makes one that is listed page by page, and whole where the hub itself asks", async () => {
		for (const id of ["b", "c", "a"]) await create({ id });
		const list = (query: object) => broker.call<Page<ConnectionView>, object>("connection.list", query);
		const first = await list({ limit: 2 });
		expect([first.items.map(({ _id }) => _id), first.nextCursor]).toEqual([["a", "b"], "b"]);
		const second = await list({ limit: 2, cursor: "b" });
		expect([second.items.map(({ _id }) => _id), second.nextCursor]).toEqual([["c"], null]);
		const { items } = await broker.call<{ items: ConnectionView[] }>("connection.all");
		expect(items.map(({ _id }) => _id)).toEqual(["a", "b", "c"]);
	});

	it("makes an id where none is given", async () => {
		expect(await create({ id: undefined })).toMatchObject({ _id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
	});

	it.each([
		["an unknown dialect", { dialect: "telepathy" }, "ERP_UNKNOWN_DIALECT", "telepathy"],
		["a missing setting", { settings: {} }, "INVALID", "settings.shopNo"],
		["a missing secret", { secrets: { key: "k" } }, "INVALID", "secrets.secret"],
		["a password in the address", { url: "https://me:pass@wms.example" }, "INVALID", "url"],
		["an address of another kind", { url: "file:///etc/passwd" }, "INVALID", "url"],
		["a secret no header can carry", { secrets: { key: "k\n", secret: "s" } }, "VALIDATION_ERROR", ""],
		["a field nobody knows", { password: "p" }, "VALIDATION_ERROR", ""],
	])("refuses %s", async (_name, change, type, named) => {
		await expect(create(change)).rejects.toMatchObject({ type, message: expect.stringContaining(named) });
	});

	it("asks for no secret that the settings make needless", async () => {
		const bearer = { settings: { shopNo: "SHOP01", auth: "bearer" }, secrets: { key: "the-key" } };
		expect(await create(bearer)).toMatchObject({ secretNames: ["key"] });
	});

	it("refuses an id that is taken", async () => {
		await create();
		await expect(create()).rejects.toMatchObject({ type: "CONFLICT" });
	});
});

describe("connection.update", () => {
	it("replaces the secrets it names and keeps the others", async () => {
		await create();
		await broker.call("connection.update", { id: "wms", name: "WMS", secrets: { secret: "new" } });
		expect(await broker.call("connection.open", { id: "wms" })).toEqual({
			...generic,
			name: "WMS",
			secrets: { key: "the-key", secret: "new" },
		});
	});

	it("refuses to take away what the dialect needs", async () => {
		await create();
		const update = broker.call("connection.update", { id: "wms", settings: { other: "x" } });
		await expect(update).rejects.toMatchObject({ type: "INVALID" });
		const emptied = broker.call("connection.update", { id: "wms", secrets: { key: "" } });
		await expect(emptied).rejects.toMatchObject({ type: "INVALID" });
	});
});

describe("connection.open", () => {
	it("is closed for a connection that is switched off or unknown", async () => {
		await create();
		await broker.call("connection.update", { id: "wms", status: "DISABLED" });
		await expect(broker.call("connection.open", { id: "wms" })).rejects.toMatchObject({ type: "CONFLICT" });
		await expect(broker.call("connection.open", { id: "none" })).rejects.toMatchObject({ type: "CONNECTION_MISSING" });
		for (const action of ["connection.open", "connection.get"]) {
			await expect(broker.call(action, { id: "../no id" })).rejects.toMatchObject({ type: "CONNECTION_MISSING" });
		}
	});

	it("does not open secrets that were copied into another connection", async () => {
		await create();
		const copy = await ConnectionModel.findById("wms").lean();
		await ConnectionModel.create({ ...copy, _id: "other" });
		await expect(broker.call("connection.open", { id: "other" })).rejects.toThrow(/does not open/);
	});
});

it("connection.dialects tells what each dialect needs", async () => {
	const { items } = await broker.call<{ items: object[] }>("connection.dialects");
	expect(items).toContainEqual({
		dialect: "generic",
		settingNames: ["shopNo"],
		secretNames: ["key", "secret"],
	});
});
