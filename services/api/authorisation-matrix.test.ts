/** Every route as the gateway really has it, with every kind of credential: what the table of routes says, and no more. */
import { createHmac, generateKeyPairSync, hkdfSync } from "node:crypto";
import jwt from "jsonwebtoken";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { masterKey } from "../../config/env.ts";
import { type Route, roles, routes } from "../../config/roles.ts";
import type { Tokens } from "../account/account.service.ts";
import { documentation } from "./documentation.ts";
import type { Gateway } from "./gateway.ts";
import { basePath } from "./table-routes.ts";
import { adminPassword, startTestbed, type Testbed } from "./testbed.ts";

let bed: Testbed;
beforeAll(async () => {
	bed = await startTestbed();
});
afterAll(() => bed.stop());

type Outcome = "not signed in" | "not allowed" | "let in";

const outcomeOf = (status: number): Outcome =>
	status === 401 ? "not signed in" : status === 403 ? "not allowed" : "let in";

/** What every route answers to the token that `tokenFor` gives for it: a row a route. */
async function tried(tokenFor: (route: Route) => Promise<string | undefined>): Promise<[string, Outcome][]> {
	const rows: [string, Outcome][] = [];
	for (const route of routes) {
		const { method, path } = route;
		const token = await tokenFor(route);
		const body = method === "GET" ? undefined : {};
		const { status } = await bed.send(method, path.replaceAll(/:\w+/g, "1"), { token, body });
		rows.push([`${method} ${path}`, outcomeOf(status)]);
	}
	return rows;
}

const wanted = (allows: (route: Route) => Outcome): [string, Outcome][] =>
	routes.map((route) => [`${route.method} ${route.path}`, route.roles === "anyone" ? "let in" : allows(route)]);

/** The same token for all routes, but one of its own for the route that ends it. */
function onceOnly(make: () => Promise<string>): (route: Route) => Promise<string> {
	let made: Promise<string> | undefined;
	return ({ action }) => {
		if (action === "account.logout") return make();
		made ??= make();
		return made;
	};
}

const signingKey = () => Buffer.from(hkdfSync("sha256", masterKey(), "", "order-hub/jwt/k1", 32));

/** The claims of a token that is right, to be signed in ways that are not. */
async function claims(): Promise<Record<string, unknown>> {
	return jwt.decode(await bed.signIn()) as Record<string, unknown>;
}
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");

const badTokens: [name: string, make: () => Promise<string>][] = [
	["garbage", async () => "garbage"],
	["three parts of garbage", async () => "eyJhIjoxfQ.eyJhIjoxfQ.c2ln"],
	[
		"a token whose time is over",
		async () => {
			const now = Math.floor(Date.now() / 1_000);
			const over = { ...(await claims()), iat: now - 900, exp: now - 1 };
			return jwt.sign(over, signingKey(), { algorithm: "HS256", keyid: "k1" });
		},
	],
	["a token of algorithm none", async () => `${encoded({ alg: "none", kid: "k1" })}.${encoded(await claims())}.`],
	[
		"a token signed with RS256",
		async () => {
			const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
			return jwt.sign(await claims(), privateKey, { algorithm: "RS256", keyid: "k1" });
		},
	],
	[
		"a token whose HS256 secret is a public key",
		async () => {
			const pem = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ type: "spki", format: "pem" });
			const signed = `${encoded({ alg: "HS256", kid: "k1" })}.${encoded(await claims())}`;
			return `${signed}.${createHmac("sha256", pem).update(signed).digest("base64url")}`;
		},
	],
	[
		"a token for the editor",
		async () => {
			const asked = { username: "admin", password: adminPassword, audience: "hub-editor" };
			return (await bed.broker.call<Tokens, object>("account.login", asked)).token;
		},
	],
	[
		"a token of a session that is over",
		async () => {
			const token = await bed.signIn();
			await bed.send("POST", "/auth/logout", { token, body: {} });
			return token;
		},
	],
	[
		"a token of a person who was disabled",
		async () => {
			const token = await bed.tokenOfRole("admin");
			const { sub } = jwt.decode(token) as { sub: string };
			await bed.broker.call("user.update", { id: sub, disabled: true });
			return token;
		},
	],
];

describe("the live routes", () => {
	it("are the rows of the table, and what is asked about the gateway itself", () => {
		const { aliases } = bed.broker.getLocalService("api") as unknown as Gateway;
		const live = aliases.map(({ method, fullPath }) => `${method} ${fullPath}`);
		const pages = Object.keys(documentation(basePath)).map((address) => address.replace(" ", " /"));
		const ofItself = ["GET /healthz", "GET /readyz", "GET /metrics", ...pages];
		expect(live.sort()).toEqual(
			[...routes.map(({ method, path }) => `${method} ${basePath}${path}`), ...ofItself].sort(),
		);
	});
});

describe("every route but those to sign in", () => {
	it("is closed without a token, and says how to sign in", async () => {
		expect(await tried(async () => undefined)).toEqual(wanted(() => "not signed in"));
		const { headers } = await bed.send("GET", "/orders");
		expect(headers.get("www-authenticate")).toBe("Bearer");
	});

	it.each(badTokens)("is closed to %s", async (_name, make) => {
		const token = await make();
		expect(await tried(async () => token)).toEqual(wanted(() => "not signed in"));
	});

	it.each(roles)("lets %s do what the table says and nothing else", async (role) => {
		const allowed = (route: Route) => route.roles.includes(role as never);
		expect(await tried(onceOnly(() => bed.tokenOfRole(role)))).toEqual(
			wanted((route) => (allowed(route) ? "let in" : "not allowed")),
		);
	});

	it("lets a program do what its scope says and nothing else", async () => {
		let made = 0;
		const program = () => bed.tokenOfClient(`erp-${++made}`);
		expect(await tried(onceOnly(program))).toEqual(
			wanted(({ scopes }) => (scopes.includes("erp") ? "let in" : "not allowed")),
		);
	});

	it("tells its service which shops a program is limited to, and the service alone what is in them", async () => {
		const token = await bed.tokenOfClient("erp-of-one-shop", ["erp"], ["other-shop"]);
		bed.calls.length = 0;
		const forPrograms = routes.filter(({ scopes, action }) => scopes.length && !action.startsWith("account."));
		for (const { method, path } of forPrograms) {
			const body = method === "GET" ? undefined : {};
			await bed.send(method, path.replaceAll(/:\w+/g, "1"), { token, body });
		}
		const told = bed.calls.map(({ action, meta }) => [action, meta.actor, meta.shops]);
		expect(told).toEqual(forPrograms.map(({ action }) => [action, "client:erp-of-one-shop", ["other-shop"]]));
	});
});
