import { scryptSync } from "node:crypto";
import type { ServiceBroker } from "moleculer";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { env } from "../../config/env.ts";
import { startBroker } from "../../test/broker.ts";
import AuditService from "../audit/audit.service.ts";
import AccountService, { type Tokens, type Verified } from "./account.service.ts";
import ClientService from "./client.service.ts";
import { SessionModel } from "./session.ts";
import { UserModel } from "./user.model.ts";
import UserService, { makeFirstAdmin } from "./user.service.ts";

let broker: ServiceBroker;
const password = "a long password";
let count = 0;

beforeAll(async () => {
	env.adminPassword = password;
	broker = await startBroker(UserService, ClientService, AuditService, AccountService);
});
afterAll(() => broker.stop());

const call = <T>(action: string, params: object, meta: object = {}): Promise<T> =>
	broker.call(action, params, { meta });
async function newUser(): Promise<string> {
	count += 1;
	const username = `user-${count}`;
	await call("user.create", { username, name: "Someone", password, roles: ["operator"] });
	return username;
}
const login = (username: string, given = password, ip = "10.0.0.1") =>
	call<Tokens>("account.login", { username, password: given }, { ip });
const verify = (token: string) => call<Verified>("account.verify", { token });
const fails = (type: string) => expect.objectContaining({ type });

describe("the first administrator", () => {
	it("has the password of the environment, and keeps his own later", async () => {
		await expect(login("admin")).resolves.toMatchObject({ expiresIn: 900 });
		expect(await makeFirstAdmin("another password")).toBeNull();
		await expect(login("admin", "another password")).rejects.toEqual(fails("BAD_CREDENTIALS"));
	});

	it("is made once by however many processes start at once, with the password that was shown", async () => {
		await UserModel.deleteMany({});
		const shown = (await Promise.all([1, 2, 3].map(() => makeFirstAdmin(null)))).filter((made) => made !== null);
		expect(shown).toHaveLength(1);
		await expect(login("admin", shown[0])).resolves.toBeDefined();
	});
});

describe("a session", () => {
	it("is verified with what its owner may do now", async () => {
		const username = await newUser();
		const { token } = await login(username);
		expect(await verify(token)).toMatchObject({ kind: "user", sub: username, roles: ["operator"], shops: "*" });
		await call("user.update", { id: username, roles: ["viewer"], shops: ["s1"] });
		expect(await verify(token)).toMatchObject({ roles: ["viewer"], shops: ["s1"] });
	});

	it("goes on with a refresh token, each of which works once", async () => {
		const first = await login(await newUser());
		const second = await call<Tokens>("account.refresh", { refreshToken: first.refreshToken });
		const third = await call<Tokens>("account.refresh", { refreshToken: second.refreshToken });
		await expect(verify(third.token)).resolves.toBeDefined();
	});

	it("ends for everybody when a refresh token is used a second time", async () => {
		const first = await login(await newUser());
		const second = await call<Tokens>("account.refresh", { refreshToken: first.refreshToken });
		await expect(call("account.refresh", { refreshToken: first.refreshToken })).rejects.toEqual(
			fails("UNAUTHENTICATED"),
		);
		await expect(call("account.refresh", { refreshToken: second.refreshToken })).rejects.toEqual(
			fails("UNAUTHENTICATED"),
		);
		await expect(verify(second.token)).rejects.toEqual(fails("UNAUTHENTICATED"));
	});

	it("goes on for one of those who use the same refresh token at once, at most", async () => {
		const { refreshToken } = await login(await newUser());
		const results = await Promise.allSettled([1, 2, 3].map(() => call("account.refresh", { refreshToken })));
		expect(results.filter(({ status }) => status === "fulfilled").length).toBeLessThanOrEqual(1);
	});

	it.each(["", ".", "nothing", "a.b.c", "$ne.x"])("is not opened by the refresh token %j", async (refreshToken) => {
		await expect(call("account.refresh", { refreshToken })).rejects.toMatchObject({
			code: expect.toBeOneOf([401, 422]),
		});
	});

	it.each<[string, object]>([
		["is disabled", { disabled: true }],
		["has a new password", { password: "another long password" }],
	])("ends when its owner %s", async (_name, change) => {
		const username = await newUser();
		const { token, refreshToken } = await login(username);
		await call("user.update", { id: username, ...change });
		await expect(verify(token)).rejects.toEqual(fails("UNAUTHENTICATED"));
		await expect(call("account.refresh", { refreshToken })).rejects.toEqual(fails("UNAUTHENTICATED"));
	});

	it("for the editor is not one for the gateway, nor the other way round", async () => {
		const username = await newUser();
		const editor = await call<Tokens>("account.login", { username, password, audience: "hub-editor" });
		await expect(verify(editor.token)).rejects.toEqual(fails("UNAUTHENTICATED"));
		await expect(call("account.verify", { token: editor.token, audience: "hub-editor" })).resolves.toBeDefined();
		const gateway = await login(username);
		const crossed = call("account.verify", { token: gateway.token, audience: "hub-editor" });
		await expect(crossed).rejects.toEqual(fails("UNAUTHENTICATED"));
	});

	it("keeps nothing in the store that would open it", async () => {
		const { token, refreshToken } = await login(await newUser());
		const stored = JSON.stringify(await SessionModel.find().lean());
		expect(stored).not.toContain(refreshToken.split(".")[1]);
		expect(stored).not.toContain(token);
	});
});

describe("wrong passwords", () => {
	afterEach(() => vi.useRealTimers());

	it("are refused the same way whether the account exists or not", async () => {
		const known = await login(await newUser(), "wrong").catch((err: Error) => err.message);
		const unknown = await login("nobody", "wrong").catch((err: Error) => err.message);
		expect(known).toBe(unknown);
	});

	it("close the account to their sender only, until the window is over", async () => {
		const username = await newUser();
		for (let guess = 0; guess < 10; guess += 1) {
			await expect(login(username, `guess ${guess}`)).rejects.toEqual(fails("BAD_CREDENTIALS"));
		}
		await expect(login(username)).rejects.toEqual(fails("TOO_MANY_REQUESTS"));
		await expect(login(username, password, "10.0.0.2")).resolves.toBeDefined();
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 5 * 60_000 });
		await expect(login(username)).resolves.toBeDefined();
	});
});

describe("a client's secret", () => {
	afterEach(() => vi.useRealTimers());

	type Secret = { secret: string; previousUntil: string | null };
	let id: string;
	let first: string;
	const tokens = (clientSecret: string) =>
		call<Tokens>("account.token", { clientId: id, clientSecret }, { ip: "10.0.0.3" });
	const rotate = (params: object = {}) => call<Secret>("client.rotateSecret", { id, ...params });
	const hoursLater = (hours: number) =>
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + hours * 3_600_000 + 1_000 });

	beforeEach(async () => {
		count += 1;
		id = `client-${count}`;
		first = (await call<Secret>("client.create", { id, name: "ERP", scopes: ["erp"] })).secret;
	});

	it("and the one before both sign in while they overlap, then the new one alone", async () => {
		const { secret } = await rotate({ overlapHours: 24 });
		expect(secret).not.toBe(first);
		await expect(tokens(first)).resolves.toBeDefined();
		await expect(tokens(secret)).resolves.toBeDefined();
		hoursLater(24);
		await expect(tokens(first)).rejects.toEqual(fails("BAD_CREDENTIALS"));
		await expect(tokens(secret)).resolves.toBeDefined();
	});

	it("that went ends its sessions with its time, and no session of the new one", async () => {
		const before = await tokens(first);
		const { secret } = await rotate({ overlapHours: 1 });
		const between = await tokens(first);
		const fresh = await tokens(secret);
		for (const { token } of [before, between, fresh]) await expect(verify(token)).resolves.toBeDefined();
		hoursLater(1);
		const refresh = ({ refreshToken }: Tokens) => call<Tokens>("account.refresh", { refreshToken });
		for (const old of [before, between]) await expect(refresh(old)).rejects.toEqual(fails("UNAUTHENTICATED"));
		await expect(refresh(fresh)).resolves.toBeDefined();
	});

	it("that leaked is worth nothing at once, and its sessions are over", async () => {
		const stolen = await tokens(first);
		expect(await rotate({ overlapHours: 0 })).toMatchObject({ previousUntil: null });
		await expect(tokens(first)).rejects.toEqual(fails("BAD_CREDENTIALS"));
		await expect(verify(stolen.token)).rejects.toEqual(fails("UNAUTHENTICATED"));
	});

	it("of before the last change but one works no more", async () => {
		const { secret: second } = await rotate();
		await rotate();
		await expect(tokens(first)).rejects.toEqual(fails("BAD_CREDENTIALS"));
		await expect(tokens(second)).resolves.toBeDefined();
	});

	it("of a client that is disabled works in no case", async () => {
		const { secret } = await rotate();
		await call("client.update", { id, disabled: true });
		for (const each of [first, secret]) await expect(tokens(each)).rejects.toEqual(fails("BAD_CREDENTIALS"));
	});
});

describe("a password hash of a lower cost", () => {
	it("is made anew when its owner signs in, and his sessions go on", async () => {
		const username = await newUser();
		const { token } = await login(username);
		const salt = Buffer.from("0123456789abcdef");
		const bytes = scryptSync(password, salt, 32, { N: 2 ** 14, r: 8, p: 1 });
		const weak = ["scrypt", 14, 8, 1, salt.toString("base64url"), bytes.toString("base64url")].join(":");
		await UserModel.updateOne({ _id: username }, { $set: { passwordHash: weak } });
		await expect(login(username, "wrong")).rejects.toEqual(fails("BAD_CREDENTIALS"));
		expect((await UserModel.findById(username).lean())?.passwordHash).toBe(weak);
		await login(username);
		expect((await UserModel.findById(username).lean())?.passwordHash).toMatch(/^scrypt:15:8:3:/);
		await expect(login(username)).resolves.toBeDefined();
		await expect(verify(token)).resolves.toBeDefined();
	});
});

describe("users and clients", () => {
	it("are shown without their secrets; a client's secret once, at its making", async () => {
		const username = await newUser();
		expect(await call("user.get", { id: username })).toEqual({
			_id: username,
			name: "Someone",
			roles: ["operator"],
			shops: "*",
			disabled: false,
		});
		const client = await call<{ secret: string }>("client.create", {
			id: "erp-1",
			name: "ERP",
			scopes: ["erp"],
			shops: ["s1"],
		});
		expect(client).toEqual({
			_id: "erp-1",
			name: "ERP",
			scopes: ["erp"],
			shops: ["s1"],
			disabled: false,
			secret: expect.stringMatching(/^.{32}$/),
		});
		expect(await call("client.get", { id: "erp-1" })).not.toHaveProperty("secret");
		const lists = JSON.stringify([await call("user.list", {}), await call("client.list", {})]);
		expect(lists).not.toMatch(/scrypt|hash|secret/i);
	});

	it("cannot take a name that is taken", async () => {
		const username = await newUser();
		const again = { username, name: "x", password, roles: ["viewer"] };
		await expect(call("user.create", again)).rejects.toEqual(fails("CONFLICT"));
	});

	it("are listed page by page, each once", async () => {
		for (let made = 0; made < 3; made += 1) await newUser();
		const seen: string[] = [];
		let cursor: string | undefined;
		do {
			const page = await call<{ items: { _id: string }[]; nextCursor: string | null }>("user.list", {
				limit: 2,
				cursor,
			});
			seen.push(...page.items.map(({ _id }) => _id));
			cursor = page.nextCursor ?? undefined;
		} while (cursor);
		expect(seen).toEqual([...new Set(seen)].sort());
		expect(seen).toHaveLength(await UserModel.countDocuments());
	});

	it("never lose their last administrator to himself", async () => {
		const meta = { actor: "user:admin" };
		await expect(call("user.update", { id: "admin", disabled: true }, meta)).rejects.toEqual(fails("CONFLICT"));
		await expect(call("user.update", { id: "admin", roles: ["viewer"] }, meta)).rejects.toEqual(fails("CONFLICT"));
		await expect(call("user.update", { id: "admin", name: "Boss" }, meta)).resolves.toMatchObject({ name: "Boss" });
	});

	it.each([
		["an unknown role", { roles: ["root"] }],
		["no role", { roles: [] }],
		["a short password", { password: "short" }],
		["a name with a space", { username: "some one" }],
		["shops that are neither all nor a list", { shops: "s1" }],
		["an unknown field", { admin: true }],
	])("are not made with %s", async (_name, change) => {
		const user = { username: "wrong-one", name: "x", password, roles: ["viewer"], ...change };
		await expect(call("user.create", user)).rejects.toMatchObject({ code: 422 });
	});
});
