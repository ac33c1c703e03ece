/** The gateway's routes on the editor's origin: the same table of who may do what, with the session's cookie. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Route, roles, routes } from "../../config/roles.ts";
import { adminPassword, startTestbed, type Testbed } from "../api/testbed.ts";
import EditorService from "./editor.service.ts";
import { dashboardCookie } from "./editor-client.ts";

const password = "a-good-password-1";
const ofPeople = routes.filter((route) => route.roles !== "anyone" && route.roles.length);
const others = routes.filter((route) => !ofPeople.includes(route));

describe("the dashboard's own door to the gateway", () => {
	let bed: Testbed;
	let url: string;
	beforeAll(async () => {
		bed = await startTestbed({}, {}, [EditorService]);
		const { broker } = bed;
		({ url } = await broker.call<{ url: string }>("editor.address"));
		for (const role of roles)
			await broker.call("user.create", { username: `a-${role}`, name: role, password, roles: [role] });
		await vi.waitFor(async () => expect((await fetch(`${url}/dashboard`)).status).toBe(401), { timeout: 15_000 });
	});
	afterAll(() => bed.stop());

	const cookieOf = async (name: string): Promise<string> => (await dashboardCookie(url, name, password)) ?? "";
	const send = async ({ method, path }: Pick<Route, "method" | "path">, headers: Record<string, string>) =>
		fetch(`${url}/api/v1${path.replaceAll(/:\w+/g, "1")}`, {
			method,
			headers: { "content-type": "application/json", ...headers },
			...(method !== "GET" && { body: "{}" }),
		});
	const statuses = async (rows: readonly Route[], headers: Record<string, string>): Promise<[string, number][]> => {
		const found: [string, number][] = [];
		for (const route of rows) {
			const answer = await send(route, headers);
			await answer.arrayBuffer();
			found.push([`${route.method} ${route.path}`, answer.status]);
		}
		return found;
	};
	const isClosed = (found: [string, number][], status: number): void =>
		expect(found.filter(([, each]) => each !== status)).toEqual([]);

	it.each([
		["no session", async () => ({})],
		["a made-up cookie", async () => ({ cookie: "hub_session=forged" })],
		[
			"a token of the gateway, in the cookie or as a bearer",
			async () => {
				const token = await bed.signIn("admin", adminPassword);
				return { cookie: `hub_session=${token}`, authorization: `Bearer ${token}` };
			},
		],
	])("is closed to %s", async (_who, headersOf) => {
		isClosed(await statuses(ofPeople, await headersOf()), 401);
	});

	it.each(roles)("lets %s do what the table says and nothing else", async (role) => {
		const cookie = await cookieOf(`a-${role}`);
		const mayUse = (route: Route): boolean => route.roles.includes(role as never);
		isClosed(
			await statuses(
				ofPeople.filter((route) => !mayUse(route)),
				{ cookie },
			),
			403,
		);
		const own = ofPeople.filter((route) => mayUse(route) && route.action !== "account.logout");
		expect((await statuses(own, { cookie })).filter(([, status]) => status === 401 || status === 403)).toEqual([]);
	});

	it("takes no change from a page of elsewhere", async () => {
		const changes = ofPeople.filter(({ method }) => method !== "GET");
		isClosed(await statuses(changes, { cookie: await cookieOf("a-admin"), origin: "http://evil.example" }), 403);
	});

	it("has no way in or out, and nothing that is for programs alone", async () => {
		isClosed(await statuses(others, { cookie: await cookieOf("a-admin") }), 404);
	});

	it("answers as the gateway does: the person himself, and errors in his language", async () => {
		const cookie = await cookieOf("a-viewer");
		expect(await (await send({ method: "GET", path: "/auth/me" }, { cookie })).json()).toMatchObject({
			sub: "a-viewer",
		});
		const refused = await send({ method: "POST", path: "/users" }, { cookie, "accept-language": "zh-CN" });
		expect(refused.headers.get("content-type")).toContain("application/problem+json");
		expect(refused.headers.get("cache-control")).toBe("no-store");
		expect(await refused.json()).toMatchObject({
			type: "urn:order-hub:FORBIDDEN",
			title: expect.stringMatching(/[一-龥]/),
		});
	});
});
