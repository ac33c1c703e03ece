/** What the editor and the dashboard answer to whom, for every route there is: the list is read from the running server. */
import { once } from "node:events";
import type { Application } from "express";
import type { ServiceBroker } from "moleculer";
import RED from "node-red";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startBroker } from "../../test/broker.ts";
import AccountService from "../account/account.service.ts";
import ClientService from "../account/client.service.ts";
import UserService from "../account/user.service.ts";
import AuditService from "../audit/audit.service.ts";
import EditorService from "./editor.service.ts";
import { dashboardCookie, dashboardSocket } from "./editor-client.ts";
import { type LiveRoute, watchMounts } from "./live-routes.ts";

const password = "a-good-password-1";
/** Who may sign in and look, and change nothing. */
const readers = ["viewer", "operator", "finance", "warehouse"];
const changes = ({ method }: LiveRoute): boolean => method !== "GET";

/** What everybody gets: pages, pictures and words without data, and the way in and out. */
const open = [
	"GET /", // the editor's page: it asks for a password, and the server for a session behind it
	"GET /auth/login",
	"GET /debug/view/view.html",
	"GET /icons/x/x",
	"GET /icons/x/x/x",
	"GET /locales/x",
	"GET /login",
	"GET /logout",
	"GET /theme/",
];

describe("the editor's server", () => {
	let broker: ServiceBroker;
	let url: string;
	let routes: LiveRoute[];
	const cookies: Record<string, string> = {};

	beforeAll(async () => {
		const routesOf = watchMounts();
		broker = await startBroker(UserService, ClientService, AuditService, AccountService, EditorService);
		({ url } = await broker.call<{ url: string }>("editor.address"));
		for (const role of readers) {
			await broker.call("user.create", { username: role, name: role, password, roles: [role] });
			cookies[role] = (await dashboardCookie(url, role, password)) ?? "";
		}
		await vi.waitFor(async () => expect((await fetch(`${url}/dashboard`)).status).toBe(401), { timeout: 15_000 });
		routes = routesOf((RED.httpAdmin as unknown as { parent: Application }).parent);
	});
	afterAll(() => broker.stop());

	const statuses = async (of: LiveRoute[], headers: Record<string, string>): Promise<[string, number][]> => {
		const found: [string, number][] = [];
		for (const { method, path } of of) {
			const body = method === "GET" ? undefined : "{}";
			const type = { "content-type": "application/json" };
			const answer = await fetch(url + path, { method, headers: { ...type, ...headers }, body, redirect: "manual" });
			await answer.arrayBuffer();
			found.push([`${method} ${path}`, answer.status]);
		}
		return found;
	};
	/** 404: switched off, so not there for anybody. */
	const answered = (found: [string, number][]): string[] =>
		[...new Set(found.filter(([, status]) => ![401, 403, 404].includes(status)).map(([route]) => route))].sort();

	it("has a hundred routes", () => {
		const there = routes.map(({ method, path }) => `${method} ${path}`);
		expect(there.length).toBeGreaterThan(100);
		for (const one of ["POST /flows", "GET /credentials/x/x", "POST /inject/x", "GET /dashboard/_setup", "POST /login"])
			expect(there).toContain(one);
	});

	it.each([
		["no session", {}],
		["a made-up cookie", { cookie: "hub_session=forged" }],
		["a token that nobody signed", { authorization: "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9." }],
		["a header of its own making", { "x-hub-session": "forged" }],
	])("answers to %s nothing but the way in", async (_who, headers) => {
		expect(answered(await statuses(routes, headers))).toEqual(open);
	});

	it.each(readers)("lets a %s change nothing, by any route", async (role) => {
		const others = routes.filter((route) => changes(route) && route.path !== "/auth/revoke"); // his own way out
		expect(answered(await statuses(others, { cookie: cookies[role] ?? "" }))).toEqual([]);
	});

	it("takes no change from a page of elsewhere, whoever is signed in", async () => {
		const cookie = (await dashboardCookie(url, "viewer", password)) ?? "";
		const found = await statuses(routes.filter(changes), { cookie, origin: "http://evil.example" });
		expect(new Set(found.map(([, status]) => status))).toEqual(new Set([403]));
	});

	const strangers: [string, Record<string, string>][] = [
		["without a session", {}],
		["with a made-up cookie", { cookie: "hub_session=forged" }],
		["from a page of elsewhere", { origin: "http://evil.example" }],
	];
	const withCookie = (headers: Record<string, string>): Record<string, string> =>
		headers.origin ? { ...headers, cookie: cookies.operator ?? "" } : headers;

	it.each(strangers)("gives a socket client %s no data and lets it fire nothing, by polling either", async (...row) => {
		const headers = withCookie(row[1]);
		const delivered: string[] = [];
		RED.hooks.add("onReceive.closed", ({ msg }: { msg: unknown }) => void delivered.push(JSON.stringify(msg) ?? ""));
		expect(await dashboardSocket(url, headers)).toBeNull();

		const place = `${url}/dashboard/socket.io/?EIO=4&transport=polling`;
		const opening = await (await fetch(place, { headers })).text();
		const { sid } = JSON.parse(opening.slice(1)) as { sid: string };
		const say = (packets: string[]): Promise<Response> =>
			fetch(`${place}&sid=${sid}`, { method: "POST", headers, body: packets.join("\x1e") });
		await say(["40"]);
		const heard = await (await fetch(`${place}&sid=${sid}`, { headers })).text();
		expect(heard.split("\x1e").map((packet) => packet.slice(0, 2))).toEqual(["44"]);
		const events = ["widget-send", "widget-change", "widget-action", "widget-load", "_debug"];
		await say(events.map((event) => `42${JSON.stringify([event, "dashboard-orders", { payload: "fired" }])}`));
		const after = await (await fetch(`${place}&sid=${sid}`, { headers, signal: AbortSignal.timeout(5_000) })).text();
		expect(after).not.toContain("42");
		expect(delivered.filter((msg) => msg.includes("fired"))).toEqual([]);
		RED.hooks.remove("*.closed");
	});

	const comms = (headers: Record<string, string>): WebSocket =>
		new WebSocket(`${url.replace("http", "ws")}/comms`, { headers } as unknown as string[]);

	it.each(strangers)("opens the editor's own socket to nobody %s", async (...row) => {
		const socket = comms(withCookie(row[1]));
		let opened = false;
		socket.addEventListener("open", () => {
			opened = true;
		});
		await once(socket, "close");
		expect(opened).toBe(false);
	});

	it("ends every open socket of a user who is locked out", async () => {
		await broker.call("user.create", { username: "leaver", name: "Leaver", password, roles: ["operator"] });
		const cookie = (await dashboardCookie(url, "leaver", password)) ?? "";
		const dashboard = await dashboardSocket(url, { cookie, origin: url });
		expect(dashboard).not.toBeNull();
		const editor = comms({ cookie, origin: url });
		await once(editor, "open");
		const closed = Promise.all([once(editor, "close"), dashboard?.closed]);
		await broker.call("user.update", { id: "leaver", disabled: true });
		await closed;
	}, 60_000);
});
