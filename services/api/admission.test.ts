import { createHmac, generateKeyPairSync, hkdfSync } from "node:crypto";
import jwt, { type SignOptions } from "jsonwebtoken";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { env, masterKey } from "../../config/env.ts";
import { adminPassword, startTestbed, type Testbed } from "./testbed.ts";

let bed: Testbed;
beforeAll(async () => {
	bed = await startTestbed();
});
afterAll(() => bed.stop());

describe("a caller", () => {
	it("is told where he stands with the limit of his account, whatever he is answered", async () => {
		const token = await bed.tokenOfRole("viewer");
		const replies = [
			await bed.send("GET", "/summary", { token }),
			await bed.send("POST", "/orders/1/hold", { token, body: {} }),
			await bed.send("POST", "/auth/login", { body: {} }),
		];
		expect(replies.map(({ status, headers }) => [status, headers.get("ratelimit-policy")])).toEqual([
			[200, '"account";q=60000;w=60'],
			[403, '"account";q=60000;w=60'],
			[422, '"sign-in";q=300;w=60'],
		]);
		expect(replies[0]?.headers.get("ratelimit")).toBe('"account";r=59999;t=1');
	});
});

describe("a person without a role for it", () => {
	it("reaches no action, though he may sign in", async () => {
		const viewer = await bed.tokenOfRole("viewer");
		bed.calls.length = 0;
		const { body } = await bed.send("POST", "/orders/1/hold", { token: viewer, body: {} });
		expect(body).toMatchObject({ type: "urn:order-hub:FORBIDDEN", status: 403 });
		expect(bed.calls).toEqual([]);
	});
});

describe("a token", () => {
	const key = (kid: string) => Buffer.from(hkdfSync("sha256", masterKey(), "", `order-hub/jwt/${kid}`, 32));
	const right: SignOptions = {
		algorithm: "HS256",
		keyid: "k1",
		issuer: "order-hub",
		audience: "hub-api",
		subject: "admin",
		expiresIn: 900,
	};
	let sid: string;
	const signed = (options: SignOptions, claims: object = {}, secret: jwt.Secret = key("k1")): string => {
		const all = { ...right, ...options };
		for (const name of Object.keys(all) as (keyof SignOptions)[]) if (all[name] === undefined) delete all[name];
		return jwt.sign({ kind: "user", sid, ...claims }, secret, all);
	};
	const statusOf = async (token: string) => (await bed.send("GET", "/summary", { token })).status;

	beforeAll(async () => {
		sid = (jwt.decode(await bed.signIn()) as { sid: string }).sid;
	});

	it("made by ourselves is accepted", async () => {
		expect(await statusOf(signed({}))).toBe(200);
	});

	const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
	const unsigned = (alg: string) =>
		[{ alg, typ: "JWT", kid: "k1" }, jwt.decode(signed({}))]
			.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
			.join(".");
	it.each<[string, () => string]>([
		["none at all", () => ""],
		["no token", () => "x"],
		["more than any token", () => "x".repeat(9_000)],
		["algorithm none", () => `${unsigned("none")}.`],
		["algorithm None with a signature", () => `${unsigned("None")}.c2ln`],
		["HS512 under our key", () => signed({ algorithm: "HS512" })],
		["RS256 with a key of the sender's", () => signed({ algorithm: "RS256" }, {}, rsa.privateKey)],
		[
			"HS256 keyed with a public key",
			() => {
				const body = unsigned("HS256");
				const pem = rsa.publicKey.export({ type: "spki", format: "pem" });
				return `${body}.${createHmac("sha256", pem).update(body).digest("base64url")}`;
			},
		],
		["another key", () => signed({}, {}, "another key of more than 32 characters")],
		["an unknown kid", () => signed({ keyid: "k0" }, {}, key("k0"))],
		["no kid", () => signed({ keyid: undefined })],
		["a kid that is a path", () => signed({ keyid: "../../dev/null" }, {}, Buffer.alloc(32))],
		["another issuer", () => signed({ issuer: "someone" })],
		["the editor's audience", () => signed({ audience: "hub-editor" })],
		["no audience", () => signed({ audience: undefined })],
		["its time over", () => signed({ expiresIn: -1 })],
		["no end", () => signed({ expiresIn: undefined })],
		[
			"an end beyond what we give, issued long ago",
			() => signed({ expiresIn: "1d" }, { iat: Math.floor(Date.now() / 1_000) - 901 }),
		],
		["a start in the future", () => signed({ notBefore: 60 })],
		["an unknown session", () => signed({}, { sid: "unknown" })],
		["no session", () => signed({}, { sid: undefined })],
		["no subject", () => signed({ subject: undefined })],
		["another person's session", () => signed({ subject: "someone" })],
		["another kind", () => signed({}, { kind: "client" })],
		[
			"a changed payload",
			() => {
				const [header, , signature] = signed({}).split(".");
				const payload = Buffer.from(JSON.stringify({ ...(jwt.decode(signed({})) as object), sub: "root" }));
				return [header, payload.toString("base64url"), signature].join(".");
			},
		],
	])("with %s is refused", async (_name, token) => {
		expect(await statusOf(token())).toBe(401);
	});

	it("in another place than the Authorization header is not looked at", async () => {
		const token = await bed.signIn();
		expect((await bed.send("GET", `/summary?token=${token}`)).status).toBe(401);
		expect((await bed.send("GET", "/summary", { headers: { cookie: `hub_session=${token}` } })).status).toBe(401);
		expect((await bed.send("GET", "/summary", { headers: { authorization: `Basic ${token}` } })).status).toBe(401);
	});
});

describe("signing in", () => {
	it("gives a token that lives fifteen minutes and a refresh token", async () => {
		const { body } = await bed.send<{ token: string }>("POST", "/auth/login", {
			body: { username: "admin", password: adminPassword },
		});
		expect(body).toEqual({ token: expect.any(String), refreshToken: expect.any(String), expiresIn: 900 });
		const me = await bed.send("GET", "/auth/me", { token: body.token });
		expect(me.body).toEqual({ sub: "admin", kind: "user", name: "admin", roles: ["admin"], scopes: [], shops: "*" });
	});

	it("out ends the session at once, for its access and its refresh token", async () => {
		const { body } = await bed.send<{ token: string; refreshToken: string }>("POST", "/auth/login", {
			body: { username: "admin", password: adminPassword },
		});
		const { token, refreshToken } = body;
		expect((await bed.send("POST", "/auth/logout", { token, body: {} })).status).toBe(204);
		expect((await bed.send("GET", "/auth/me", { token })).status).toBe(401);
		expect((await bed.send("POST", "/auth/refresh", { body: { refreshToken } })).status).toBe(401);
	});

	it("is over within a minute for who is locked out, and for a client with a new secret", async () => {
		const within = { timeout: 60_000, interval: 500 };
		const status = async (token: string) => (await bed.send("GET", "/auth/me", { token })).status;
		await bed.broker.call("user.create", {
			username: "leaver",
			name: "L",
			password: "a long password",
			roles: ["viewer"],
		});
		const [person, program] = [await bed.signIn("leaver", "a long password"), await bed.tokenOfClient("leaver-erp")];
		expect([await status(person), await status(program)]).toEqual([200, 200]);
		await bed.broker.call("user.update", { id: "leaver", disabled: true });
		await bed.broker.call("client.rotateSecret", { id: "leaver-erp", overlapHours: 0 });
		for (const token of [person, program]) await vi.waitFor(async () => expect(await status(token)).toBe(401), within);
	}, 90_000);

	it("is counted by the caller behind a proxy that is trusted, and nobody else is locked out", async () => {
		const { trustedProxies } = env;
		env.trustedProxies = (address) => address === "127.0.0.1";
		await bed.broker.call("client.create", { id: "behind", name: "b", secret: "the right secret!", scopes: ["erp"] });
		const from = (address: string, clientSecret: string) => {
			const headers = { "x-forwarded-for": address };
			return bed.send("POST", "/auth/token", { body: { clientId: "behind", clientSecret }, headers });
		};
		await Promise.all(Array.from({ length: 10 }, (_, index) => from("203.0.113.1", `wrong ${index}`)));
		expect((await from("203.0.113.1", "the right secret!")).status).toBe(429);
		expect((await from("203.0.113.2", "the right secret!")).status).toBe(200);
		env.trustedProxies = trustedProxies;
	});

	it("with too many wrong passwords asks to wait, and no other account is the worse for it", async () => {
		await bed.tokenOfClient("other-erp");
		await bed.broker.call("client.create", { id: "guessed", name: "g", secret: "the right secret!", scopes: ["erp"] });
		const guess = (clientSecret: string) =>
			bed.send("POST", "/auth/token", { body: { clientId: "guessed", clientSecret } });
		const guesses = await Promise.all(Array.from({ length: 10 }, (_, index) => guess(`wrong ${index}`)));
		expect(guesses.map(({ status }) => status)).toEqual(Array(10).fill(401));
		const refused = await guess("the right secret!");
		expect([refused.status, Number(refused.headers.get("retry-after")) > 0]).toEqual([429, true]);
		expect(
			(await bed.send("POST", "/auth/login", { body: { username: "admin", password: adminPassword } })).status,
		).toBe(200);
	});
});

describe("an address that signs in without end", () => {
	it("is asked to wait, and who has signed in already is served", async () => {
		const token = await bed.signIn();
		const reply = await vi.waitFor(
			async () => {
				const replies = await Promise.all(
					Array.from({ length: 50 }, () => bed.send("POST", "/auth/login", { body: {} })),
				);
				const refused = replies.find(({ status }) => status === 429);
				expect(refused).toBeDefined();
				return refused;
			},
			{ timeout: 15_000, interval: 1 },
		);
		expect(reply?.headers.get("retry-after")).toBe("1");
		expect(reply?.headers.get("ratelimit")).toBe('"sign-in";r=0;t=60');
		expect((await bed.send("GET", "/summary", { token })).status).toBe(200);
	});
});
