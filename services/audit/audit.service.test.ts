import type { ServiceBroker } from "moleculer";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { csvRows } from "../../mixins/table/csv.ts";
import { startTestbed, type Testbed } from "../api/testbed.ts";
import { AuditModel, type AuditRow } from "./audit.model.ts";
import type { ChainPage } from "./chain.ts";

let bed: Testbed;
let broker: ServiceBroker;
let token: string;

beforeAll(async () => {
	bed = await startTestbed();
	broker = bed.broker;
	token = await bed.signIn();
});
afterAll(() => bed.stop());

const record = (ref: string, actor = "user:ivy", what = "order.reveal") =>
	broker.call("audit.record", { what, ref, purpose: "print" }, { meta: { actor, ip: "10.1.1.1" } });
const get = async <T>(path: string): Promise<T> => {
	const { status, body } = await bed.send<T>("GET", path, { token });
	expect(status).toBe(200);
	return body;
};
const check = (query = "") => get<ChainPage & { noted?: boolean }>(`/audit/verify${query}`);

describe("the chain", () => {
	let rows: AuditRow[];
	/** As somebody does who has the store in his hands. */
	const restore = () => AuditModel.collection.insertMany(structuredClone(rows) as never[]);

	beforeEach(async () => {
		await AuditModel.collection.deleteMany({});
		await Promise.all(["a", "b", "c", "d", "e"].map((ref) => record(ref)));
		rows = await AuditModel.find().sort({ seq: 1 }).lean<AuditRow[]>();
	});

	it("numbers rows without a gap, whoever writes at the same moment", async () => {
		const numbers = rows.map(({ seq }) => seq);
		expect(numbers).toEqual(numbers.map((_, at) => (numbers[0] ?? 0) + at));
		const { broken, rows: looked, head } = await check(`?after=${(numbers[0] ?? 1) - 1}`);
		expect(looked).toBe(5);
		expect(head).toMatchObject({ seq: numbers.at(-1), mac: rows.at(-1)?.mac });
		expect(broken.filter(({ seq }) => seq !== numbers[0])).toEqual([]);
	});

	it.each<[string, Partial<AuditRow>]>([
		["who", { actor: "user:otto" }],
		["what", { what: "order.get" }],
		["of what", { ref: "x" }],
		["why", { purpose: "" }],
		["from where", { ip: "" }],
		["when", { at: new Date(0) }],
	])("shows a row in which somebody changed %s", async (_name, change) => {
		const { seq = 0, _id } = rows[2] ?? {};
		await AuditModel.collection.updateOne({ _id: _id as never }, { $set: change });
		const { mac, seq: first } = rows[0] as AuditRow;
		expect((await check(`?after=${first}&mac=${mac}`)).broken).toEqual([{ seq, why: "changed" }]);
	});

	it("shows that a row was removed", async () => {
		const [first, , third] = rows as [AuditRow, AuditRow, AuditRow];
		await AuditModel.collection.deleteOne({ _id: third._id as never });
		const { broken } = await check(`?after=${first.seq}&mac=${first.mac}`);
		expect(broken).toEqual([{ seq: third.seq, why: "missing" }]);
	});

	it("shows that rows changed places", async () => {
		const [first, second, third] = rows as [AuditRow, AuditRow, AuditRow];
		await AuditModel.collection.deleteMany({});
		rows = rows.map((row) => {
			if (row === second) return { ...third, seq: second.seq };
			return row === third ? { ...second, seq: third.seq } : row;
		});
		await restore();
		const { broken } = await check(`?after=${first.seq}&mac=${first.mac}`);
		expect(broken.map(({ seq }) => seq)).toEqual(expect.arrayContaining([second.seq, third.seq]));
	});

	it("shows that rows were cut off at the end to whoever has noted the head", async () => {
		const { seq, mac, _id } = rows.at(-1) as AuditRow;
		expect((await check(`?noted=${seq}:${mac}`)).noted).toBe(true);
		await AuditModel.collection.deleteOne({ _id: _id as never });
		expect((await check(`?noted=${seq}:${mac}`)).noted).toBe(false);
	});
});

describe("the audit", () => {
	beforeAll(async () => {
		await record("taobao:s:1", "user:ivy");
		await record("taobao:s:2", "user:otto");
		await record('=HYPERLINK("http://evil")', "user:otto", "rule.update");
	});

	it.each([
		["actor=user:ivy", (row: AuditRow) => row.actor === "user:ivy"],
		["what=rule.update", (row: AuditRow) => row.what === "rule.update"],
		["ref=taobao:s:2", (row: AuditRow) => row.ref === "taobao:s:2"],
		["actor=user:otto&what=rule.update", (row: AuditRow) => row.actor === "user:otto" && row.what === "rule.update"],
		["from=2001-01-01&to=2100-01-01", () => true],
		["to=2001-01-01", () => false],
	])("is found by %s", async (query, belongs) => {
		const { items } = await get<{ items: AuditRow[] }>(`/audit?${query}&limit=200`);
		const all = await AuditModel.find().lean<AuditRow[]>();
		expect(items.map(({ _id }) => _id).sort()).toEqual(
			all
				.filter(belongs)
				.map(({ _id }) => _id)
				.sort(),
		);
	});

	it("comes as a table of all rows, from the oldest on, in which no cell is a formula", async () => {
		const { headers, body } = await bed.send<string>("GET", "/audit/export", { token });
		expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
		expect(headers.get("content-disposition")).toContain("audit.csv");
		const [names, ...cells] = csvRows(body, 10_000);
		expect(names).toEqual(["seq", "at", "actor", "what", "ref", "purpose", "ip"]);
		const all = await AuditModel.find().sort({ at: 1, _id: 1 }).lean<AuditRow[]>();
		expect(cells.map(([seq]) => Number(seq))).toEqual(all.map(({ seq }) => seq));
		expect(cells.flat().filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
		expect(cells.flat()).toContain('\'=HYPERLINK("http://evil")');
	});

	it("comes whole when it is longer than a page", async () => {
		for (let made = 0; made < 450; made += 1) await record(`many-${made}`, "user:many");
		const { body } = await bed.send<string>("GET", "/audit/export?actor=user:many", { token });
		expect(csvRows(body, 10_000)).toHaveLength(451);
	});

	it("says that somebody took it", async () => {
		await bed.send("GET", "/audit/export?from=2026-01-01&actor=nobody", { token });
		const { items } = await get<{ items: AuditRow[] }>("/audit?what=audit.export&limit=1");
		expect(items).toMatchObject([{ actor: "user:admin", purpose: "2026-01-01T00:00:00.000Z – ", ip: "127.0.0.1" }]);
	});

	it("has no action that changes or removes a row", async () => {
		const names = broker.registry.getActionList({}).map(({ name }) => name);
		expect(names.filter((name) => name.startsWith("audit.")).sort()).toEqual([
			"audit.export",
			"audit.list",
			"audit.record",
			"audit.reseal",
			"audit.verify",
		]);
	});
});

describe("in the audit stands", () => {
	const last = async (what: string): Promise<AuditRow | undefined> =>
		(await get<{ items: AuditRow[] }>(`/audit?what=${what}&limit=1`)).items[0];

	it("who signed in, and who could not, by a name of ours or by none", async () => {
		const login = (username: string, password: string) =>
			bed.send("POST", "/auth/login", { body: { username, password } });
		await login("admin", "correct horse battery");
		expect(await last("account.login")).toMatchObject({ ref: "user:admin", purpose: "hub-api", ip: "127.0.0.1" });
		await login("admin", "wrong");
		expect(await last("account.login-failed")).toMatchObject({ ref: "user:admin", purpose: "BAD_CREDENTIALS" });
		await login("my-secret-password", "wrong");
		expect(await last("account.login-failed")).toMatchObject({ ref: "user:?", actor: "user:?" });
		expect(JSON.stringify(await AuditModel.find().lean())).not.toContain("my-secret-password");
	});

	it("who signed out, and whose refresh token was used twice", async () => {
		const login = { body: { username: "admin", password: "correct horse battery" } };
		const { body } = await bed.send<{ token: string; refreshToken: string }>("POST", "/auth/login", login);
		const { refreshToken } = body;
		for (const status of [200, 401])
			expect((await bed.send("POST", "/auth/refresh", { body: { refreshToken } })).status).toBe(status);
		expect(await last("account.refresh-reused")).toMatchObject({ ref: "user:admin" });
		await bed.send("POST", "/auth/logout", { token: await bed.signIn(), body: {} });
		expect(await last("account.logout")).toMatchObject({ ref: "user:admin" });
	});

	it("who changed users and programs, by the names of what was given and no value", async () => {
		const secrets = ["a password of hers", "a secret of the ERP's"];
		const user = { username: "una", name: "Una", password: secrets[0], roles: ["viewer"] };
		await bed.send("POST", "/users", { token, body: user });
		expect(await last("user.create")).toMatchObject({
			actor: "user:admin",
			ref: "una",
			purpose: "username, name, password, roles",
		});
		await bed.send("PATCH", "/users/una", { token, body: { disabled: true } });
		expect(await last("user.update")).toMatchObject({ ref: "una", purpose: "disabled" });
		await bed.send("POST", "/clients", { token, body: { id: "erp", name: "E", scopes: ["erp"], secret: secrets[1] } });
		expect(await last("client.create")).toMatchObject({ ref: "erp" });
		await bed.send("POST", "/clients/erp/rotate-secret", { token, body: {} });
		expect(await last("client.rotateSecret")).toMatchObject({ ref: "erp" });
		const all = JSON.stringify(await AuditModel.find().lean());
		for (const secret of secrets) expect(all).not.toContain(secret);
	});

	it("that the signing key was changed", async () => {
		const { status, body } = await bed.send<{ kid: string }>("POST", "/keys/rotate", { token, body: {} });
		expect([status, body.kid]).toEqual([200, "k2"]);
		expect(await last("account.rotateKeys")).toMatchObject({ actor: "user:admin" });
	});

	it("fifty failures of one address in five minutes, and no more", async () => {
		const fail = () => broker.call("account.login", { username: "x", password: "y" }, { meta: { ip: "10.9.9.9" } });
		for (let time = 0; time < 60; time += 1) await fail().catch(() => undefined);
		expect(await AuditModel.countDocuments({ ip: "10.9.9.9" })).toBeLessThanOrEqual(50);
		expect(await AuditModel.countDocuments({ ip: "10.9.9.9" })).toBeGreaterThan(10);
	});
});
