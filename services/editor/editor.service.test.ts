import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ServiceBroker } from "moleculer";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startBroker } from "../../test/broker.ts";
import { type Running, start } from "../../test/processes.ts";
import UserService from "../account/user.service.ts";
import { AuditModel } from "../audit/audit.model.ts";
import { dashboardCookie, dashboardSocket, deploy, editorToken, readFlows, sendFlows } from "./editor-client.ts";
import { type FlowNode, isFlowFile, orderFile } from "./flow-files.ts";

const password = "a-good-password-1";
const within = { timeout: 15_000, interval: 50 };
const root = path.resolve(import.meta.dirname, "../..");

/** The editor as in production: a process of its own, here with the accounts in it. */
describe("editor", () => {
	let dataDir: string;
	let users: ServiceBroker;
	let editor: Running;
	let url: string;

	async function startEditor(more: Record<string, string> = {}): Promise<void> {
		const env = {
			...more,
			HUB_SERVICES: "user,client,account,audit,editor",
			HUB_DATA_DIR: dataDir,
			HUB_ADMIN_PASSWORD: password,
			HUB_TRUSTED_PROXIES: "127.0.0.1",
			HUB_LOG_LEVEL: "debug", // shows what debug nodes print,
		};
		editor = await start(process.execPath, [path.join(root, "bin/host.ts")], /^host (.*)$/, { env, timeoutMs: 60_000 });
		url = (JSON.parse(editor.said) as { editor: string }).editor;
		await vi.waitFor(
			async () => expect((await fetch(`${url}/dashboard`, { redirect: "manual" })).status).toBe(401),
			within,
		);
	}
	const bearer = async (name: string): Promise<Record<string, string>> => ({
		authorization: `Bearer ${await editorToken(url, name, password)}`,
	});

	beforeAll(async () => {
		dataDir = await mkdtemp(path.join(tmpdir(), "hub-editor-"));
		await startEditor();
		users = await startBroker(UserService);
		for (const [username, role] of [
			["ivy", "integrator"],
			["otto", "operator"],
			["vera", "viewer"],
		])
			await users.call("user.create", { username, name: username, password, roles: [role] });
	});
	afterAll(async () => {
		await users.stop();
		await editor.stop();
		await rm(dataDir, { recursive: true, force: true });
	});

	it("answers nothing about flows to who is not signed in", async () => {
		for (const place of [
			"/flows",
			"/nodes",
			"/settings",
			"/hub/choices/connections",
			"/hub/mappings",
			"/hub/mappings/qimen/order",
			"/hub/mapping-helpers",
			"/hub/samples/order",
		])
			expect([place, (await fetch(url + place)).status]).toEqual([place, 401]);
		const forged = { authorization: "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9." };
		expect((await fetch(`${url}/flows`, { headers: forged })).status).toBe(401);
	});

	it("lets in the hub's own users by name and password only", async () => {
		expect(await editorToken(url, "admin", "wrong")).toBeNull();
		expect(await editorToken(url, "nobody", password)).toBeNull();
		expect((await readFlows(url, await bearer("admin"))).flows.length).toBeGreaterThan(10);
	});

	it.each(["otto", "vera"])("lets %s look at flows but change nothing", async (name) => {
		const headers = await bearer(name);
		const flows = await readFlows(url, headers);
		expect(await deploy(url, headers, flows)).toBe(401);
		const trial = { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: "{}" };
		for (const place of ["mapping-check", "mapping-cases"])
			expect((await fetch(`${url}/hub/${place}`, trial)).status).toBe(401);
	});

	it("tries a mapping for who may change flows, and tells what is wrong with it", async () => {
		const headers = { ...(await bearer("ivy")), "content-type": "application/json" };
		const attempt = async (mapping: string): Promise<unknown> => {
			const trial = { mapping, kind: "order", connectionId: "", input: { order: { paidFen: 1990 } } };
			const body = JSON.stringify(trial);
			return (await fetch(`${url}/hub/mapping-check`, { method: "POST", headers, body })).json();
		};
		expect(await attempt("$yuan(order.paidFen)")).toMatchObject({ output: 19.9 });
		const problems = [{ code: "SYNTAX", line: 1, column: 4 }];
		expect(await attempt("1 +")).toMatchObject({ problems });
	});

	it("keeps a deploy over a restart, one file a tab, and refuses one based on an older state", async () => {
		const before = await readFlows(url, await bearer("ivy"));
		const tab = { id: "new-tab", type: "tab", label: "new" };
		const flows = [
			...before.flows,
			tab,
			{ id: "n1", type: "comment", z: "new-tab", name: "kept", x: 1, y: 1, wires: [] },
		];
		expect(await deploy(url, await bearer("ivy"), { ...before, flows })).toBe(200);
		expect(await deploy(url, await bearer("ivy"), before)).toBe(409);
		const files = (await readdir(path.join(dataDir, "flows"))).sort();
		const shipped = (await readdir("flows")).filter((name) => isFlowFile(name) || name === orderFile);
		expect(files).toEqual([...shipped, "new-tab.json"].sort());
		const stopping = Date.now();
		expect(await editor.stop()).toBe(0);
		expect(Date.now() - stopping).toBeLessThan(5_000);
		await startEditor();
		const after = await readFlows(url, await bearer("ivy"));
		expect(after.flows.find(({ id }) => id === "n1")).toMatchObject({ name: "kept" });
		expect(after.flows).toHaveLength(flows.length);
		expect(JSON.parse(await readFile(path.join(dataDir, "flows/tabs.json"), "utf8"))).toContain("new-tab");
	});

	it("offers a tab for each ERP in its Examples menu, which can all be deployed beside the shipped ones", async () => {
		const headers = await bearer("ivy");
		const library = `${url}/library/examples/flows/order-hub-nodes`;
		const names = (await (await fetch(library, { headers })).json()) as { fn: string }[];
		expect(names.map(({ fn }) => fn).sort()).toEqual(["ERPNext", "Kingdee 金蝶云星空", "generic JSON ERP", "旺店通"]);
		const read = async ({ fn }: { fn: string }): Promise<FlowNode[]> => {
			const answer = await fetch(`${library}/${encodeURIComponent(fn)}`, { headers });
			return (await answer.json()) as FlowNode[];
		};
		const examples = (await Promise.all(names.map(read))).flat();
		const state = await readFlows(url, headers);
		for (const disabled of [true, false]) {
			const { rev } = await readFlows(url, headers);
			const tabs = examples.map((node) => (node.type === "tab" ? { ...node, disabled } : node));
			expect(await deploy(url, headers, { rev, flows: [...state.flows, ...tabs] })).toBe(200);
			const there = new Set((await readFlows(url, headers)).flows.map(({ id }) => id));
			expect(examples.filter(({ id }) => !there.has(id))).toEqual([]);
		}
		const { rev } = await readFlows(url, headers);
		expect(await deploy(url, headers, { rev, flows: state.flows })).toBe(200);
	});

	it("shows the dashboard to who signed in at /login, and the editor with it", async () => {
		const page = await fetch(`${url}/dashboard`, { headers: { accept: "text/html" }, redirect: "manual" });
		expect([page.status, page.headers.get("location")]).toEqual([303, "/login?next=%2Fdashboard"]);
		for (const place of [
			"/dashboard/_setup",
			"/dashboard/_debug/datastore/dashboard-orders",
			"/dashboard/manifest.webmanifest",
		])
			expect([place, (await fetch(url + place)).status]).toEqual([place, 401]);
		expect(await dashboardCookie(url, "otto", "wrong")).toBeNull();
		const cookie = (await dashboardCookie(url, "otto", password)) ?? "";
		expect((await fetch(`${url}/dashboard/_setup`, { headers: { cookie } })).status).toBe(200);
		const debug = `${url}/dashboard/_debug/datastore/dashboard-orders`;
		expect((await fetch(debug, { headers: { cookie } })).status).toBe(404);
		expect((await readFlows(url, { cookie })).flows.length).toBeGreaterThan(10);
	});

	it("sends nobody elsewhere after signing in", async () => {
		for (const next of ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"]) {
			const body = new URLSearchParams({ username: "otto", password, next });
			const answer = await fetch(`${url}/login`, { method: "POST", body, redirect: "manual" });
			expect(answer.headers.get("location")).toBe("/dashboard");
		}
		expect(await (await fetch(`${url}/login?next=%2F"><script>`)).text()).not.toContain("<script>");
	});

	/** The answer to a sign-in at the form, as it comes through a proxy. */
	async function signInThrough(headers: Record<string, string>, given = password): Promise<Response> {
		const body = new URLSearchParams({ username: "otto", password: given });
		return fetch(`${url}/login`, { method: "POST", body, headers, redirect: "manual" });
	}
	/** Fetch sends no Host of ours. */
	const getAs = async (host: string, headers: Record<string, string> = {}): Promise<string> => {
		const asked = http.get(`${url}/login`, { headers: { host, ...headers } });
		const [answer] = (await once(asked, "response")) as [http.IncomingMessage];
		return Buffer.concat(await answer.toArray()).toString();
	};

	it("keeps the session in a cookie that scripts, other sites and bare wires do not get", async () => {
		const attributes = async (host: string): Promise<string[]> => {
			const asked = http.request(`${url}/login`, {
				method: "POST",
				headers: { host, "content-type": "application/x-www-form-urlencoded" },
			});
			asked.end(new URLSearchParams({ username: "otto", password }).toString());
			const [answer] = (await once(asked, "response")) as [http.IncomingMessage];
			answer.resume();
			const [, ...found] = answer.headers["set-cookie"]?.[0]?.split("; ") ?? [];
			return found.filter((each) => /^(HttpOnly|SameSite|Secure|Path|Domain)/.test(each)).sort();
		};
		const always = ["HttpOnly", "Path=/", "SameSite=Strict"];
		for (const host of ["localhost:1880", "127.0.0.1:1880", "[::1]:1880"])
			expect(await attributes(host)).toEqual(always);
		for (const host of ["hub.example", "192.168.1.20:1880", "localhost.evil.example", "127.0.0.1.evil.example"])
			expect(await attributes(host)).toEqual([...always, "Secure"]);
	});

	it("says at the sign-in that a bare wire will not do", async () => {
		const said = "https://";
		expect(await getAs("hub.example")).toContain(said);
		expect(await getAs("localhost:1880")).not.toContain(said);
		expect(await getAs("hub.example", { "x-forwarded-proto": "https" })).not.toContain(said);
	});

	it("lets no page of elsewhere frame its own, run scripts in the sign-in, or guess types", async () => {
		const login = (await fetch(`${url}/login`)).headers;
		expect(login.get("content-security-policy")).toBe(
			"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
		);
		expect([login.get("x-frame-options"), login.get("cache-control")]).toEqual(["DENY", "no-store"]);
		const cookie = (await dashboardCookie(url, "otto", password)) ?? "";
		for (const place of ["/", "/dashboard", "/flows", "/red/red.min.js"]) {
			const { headers } = await fetch(url + place, { headers: { cookie } });
			expect(headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
			expect(headers.get("content-security-policy")).toContain("object-src 'none'");
			expect(headers.get("x-content-type-options")).toBe("nosniff");
		}
	});

	it("tells browsers to come back over TLS alone, where they came over TLS", async () => {
		const hsts = async (headers: Record<string, string>): Promise<string | null> =>
			(await fetch(`${url}/login`, { headers })).headers.get("strict-transport-security");
		expect(await hsts({ "x-forwarded-proto": "https" })).toBe("max-age=31536000");
		expect(await hsts({})).toBeNull();
	});

	it("ends a session for good when its owner signs out, at either form", async () => {
		const token = (await editorToken(url, "otto", password)) ?? "";
		const authorization = { authorization: `Bearer ${token}` };
		const out = await fetch(`${url}/auth/revoke`, { method: "POST", headers: authorization });
		expect(await out.json()).toEqual({ redirect: "/logout" });
		expect((await fetch(`${url}/flows`, { headers: authorization })).status).toBe(401);

		const cookie = (await dashboardCookie(url, "otto", password)) ?? "";
		const seen = async () => (await fetch(`${url}/dashboard/_setup`, { headers: { cookie } })).status;
		const elsewhere = { cookie, "sec-fetch-site": "cross-site" };
		await fetch(`${url}/logout`, { headers: elsewhere, redirect: "manual" });
		expect(await seen()).toBe(200);
		await fetch(`${url}/logout`, { headers: { cookie }, redirect: "manual" });
		expect(await seen()).toBe(401);
	});

	it("locks out who guesses, at both forms, and not the owner of the name, who is elsewhere", async () => {
		const guesser = { "x-forwarded-for": "203.0.113.7" };
		// Ten of one window of time; a new one may begin in the middle of them.
		let guesses = 0;
		while ((await signInThrough(guesser, `guess ${guesses}`)).status === 401) guesses += 1;
		expect(guesses).toBeGreaterThanOrEqual(10);
		expect(guesses).toBeLessThan(20);
		expect((await signInThrough(guesser)).status).toBe(429);
		expect((await signInThrough({ "x-forwarded-for": "203.0.113.8" })).status).toBe(303);
		const own = (headers: Record<string, string>): Promise<Response> => {
			const body = new URLSearchParams({ grant_type: "password", username: "otto", password });
			return fetch(`${url}/auth/token`, { method: "POST", body, headers });
		};
		expect((await own(guesser)).status).toBe(429);
		expect((await own({ "x-forwarded-for": "203.0.113.8" })).status).toBe(200);
	});

	it("writes into the audit who deployed what, and who signed in from where", async () => {
		const before = await readFlows(url, await bearer("ivy"));
		const flows = [...before.flows, { id: "audited-tab", type: "tab", label: "audited" }];
		expect(await deploy(url, await bearer("ivy"), { ...before, flows })).toBe(200);
		const last = (what: string) => AuditModel.findOne({ what }).sort({ seq: -1 }).lean();
		expect(await last("flow.deploy")).toMatchObject({
			actor: "user:ivy",
			ref: expect.stringContaining("audited-tab.json"),
		});
		await signInThrough({ "x-forwarded-for": "203.0.113.9" });
		expect(await last("account.login")).toMatchObject({
			actor: "user:otto",
			purpose: "hub-editor",
			ip: "203.0.113.9",
		});
	});

	it("takes nothing that changes things from pages of elsewhere", async () => {
		const cookie = (await dashboardCookie(url, "admin", password)) ?? "";
		const headers = { cookie, origin: "http://evil.example" };
		expect(await deploy(url, headers, { rev: "x", flows: [] })).toBe(403);
		const body = new URLSearchParams({ username: "otto", password });
		expect((await fetch(`${url}/login`, { method: "POST", body, headers })).status).toBe(403);
	});

	it("opens the dashboard's socket to nobody without a session or from elsewhere", async () => {
		expect(await dashboardSocket(url, {})).toBeNull();
		expect(await dashboardSocket(url, { cookie: "hub_session=forged" })).toBeNull();
		const cookie = (await dashboardCookie(url, "otto", password)) ?? "";
		expect(await dashboardSocket(url, { cookie, origin: "http://evil.example" })).toBeNull();
	});

	it("gives nobody who looks on a way to make other nodes send, or to be somebody else", async () => {
		const state = await readFlows(url, await bearer("ivy"));
		const debug = (name: string) => {
			const shown = { active: true, tosidebar: false, console: true, complete: "true", targetType: "full" };
			return { id: `tell-${name}`, type: "debug", z: "trap", name, ...shown, x: 2, y: 1, wires: [] };
		};
		const flows = [
			...state.flows,
			{ id: "trap", type: "tab", label: "trap" },
			{
				id: "victim",
				type: "function",
				z: "trap",
				func: "return msg;",
				outputs: 1,
				x: 1,
				y: 1,
				wires: [["tell-victim"]],
			},
			debug("victim"),
			debug("widget"),
			{
				id: "own-widget",
				type: "ui-template",
				z: "trap",
				group: "dashboard-group-orders",
				format: "<template><p>own</p></template>",
				templateScope: "local",
				x: 3,
				y: 1,
				wires: [["tell-widget"]],
			},
		];
		expect(await deploy(url, await bearer("ivy"), { ...state, flows })).toBe(200);

		const attack = async (name: string, mark: string): Promise<void> => {
			const cookie = (await dashboardCookie(url, name, password)) ?? "";
			const socket = await dashboardSocket(url, { cookie, origin: url });
			if (!socket) throw new Error(`${name} did not get in`);
			await vi.waitFor(() => expect(socket.received.map(([event]) => event)).toContain("ui-config"), within);
			const forged = { payload: mark, _client: { user: { sub: "forged", roles: ["admin"] } } };
			for (const event of ["widget-send", "widget-change", "widget-action"]) socket.emit(event, "victim", forged);
			socket.emit("widget-send", "own-widget", forged);
			// Answered after everything before it was dealt with.
			socket.emit("widget-load", "own-widget");
			await vi.waitFor(() => expect(socket.received.flat()).toContain("widget-load:own-widget"), within);
			socket.close();
		};
		await attack("vera", "by-vera");
		await attack("otto", "by-otto"); // an operator may use widgets, and his words come after hers
		await vi.waitFor(() => expect(editor.output()).toContain("by-otto"), within);
		expect(editor.output()).toContain("id: 'tell-widget'");
		expect(editor.output()).not.toContain("by-vera");
		expect(editor.output()).not.toContain("id: 'tell-victim'");
		expect(editor.output()).not.toContain("forged");
	});

	it("lets flows connect to no address that is neither public nor allowed", async () => {
		const reached: string[] = [];
		const server = http.createServer((req, res) => {
			reached.push(`${req.headers.host?.split(":")[0]}${req.url}`);
			res.end("reached");
		});
		server.listen(0, "0.0.0.0");
		await once(server, "listening");
		const { port } = server.address() as AddressInfo;
		const ask = (id: string, host: string) => [
			{ id: `${id}-go`, type: "inject", z: "web", props: [], once: true, onceDelay: 0, x: 1, y: 1, wires: [[id]] },
			{
				id,
				type: "http request",
				z: "web",
				method: "GET",
				ret: "txt",
				url: `http://${host}:${port}/${id}`,
				x: 2,
				y: 1,
				wires: [["tell"]],
			},
		];
		const shown = { active: true, tosidebar: false, console: true, complete: "payload", targetType: "msg" };
		const state = await readFlows(url, await bearer("ivy"));
		const flows = [
			...state.flows,
			{ id: "web", type: "tab", label: "web" },
			...ask("allowed", "127.0.0.1"),
			...ask("literal", "127.0.0.2"),
			...ask("decimal", "2130706434"),
			{ id: "tell", type: "debug", z: "web", name: "tell", ...shown, x: 3, y: 1, wires: [] },
		];
		expect(await deploy(url, await bearer("ivy"), { ...state, flows })).toBe(200);
		await vi.waitFor(
			() => expect(editor.output().match(/HUB_EGRESS_ALLOW does not name it: 127\.0\.0\.2/g)).toHaveLength(4),
			within,
		);
		await vi.waitFor(() => expect(reached).toEqual(["127.0.0.1/allowed"]), within);
		server.close();
		server.closeAllConnections();
	});

	const broken = {
		id: "paid-map",
		type: "jsonata-map",
		z: "paid",
		name: "<paid>",
		source: "inline",
		file: "",
		expression: '{ "paid": order.paidFen }',
		cases: [{ name: "money in yuan", input: { order: { paidFen: 1990 } }, output: { paid: 19.9 } }],
		connection: "",
		x: 1,
		y: 1,
		wires: [[]],
	};
	const withBroken = (flows: FlowNode[], over: object = {}): FlowNode[] => [
		...flows.filter(({ id, z }) => id !== "paid" && z !== "paid"),
		{ id: "paid", type: "tab", label: "paid" },
		{ ...broken, ...over },
	];

	it("deploys what breaks a golden case outside production, and tells everybody who has the editor open", async () => {
		const headers = await bearer("ivy");
		const comms = new WebSocket(`${url.replace("http", "ws")}/comms`, { headers } as unknown as string[]);
		const heard: string[] = [];
		comms.addEventListener("message", ({ data }) => {
			heard.push(String(data));
			if (String(data).includes('"auth":"ok"')) comms.send(JSON.stringify({ subscribe: "hub/deploy-doubts" }));
		});
		await once(comms, "open");
		comms.send(JSON.stringify({ auth: headers.authorization?.slice("Bearer ".length) }));
		await vi.waitFor(() => expect(heard.join()).toContain('"auth":"ok"'), within);
		const state = await readFlows(url, headers);
		expect(await deploy(url, headers, { ...state, flows: withBroken(state.flows) })).toBe(200);
		await vi.waitFor(() => expect(heard.join()).toContain("hub/deploy-doubts"), within);
		expect(heard.join()).toContain("paid › <paid> › money in yuan\\n  paid: 19.9 ≠ 1990");
		expect(heard.join()).toContain("映射未通过黄金用例");
		comms.close();
		expect(editor.output()).toContain("a deploy breaks golden cases");
	});

	it("refuses it in production, in words that the editor can show, and keeps what was there", async () => {
		expect(await editor.stop()).toBe(0);
		await startEditor({ HUB_PRODUCTION: "1" });
		const headers = await bearer("ivy");
		const state = await readFlows(url, headers);
		const flows = withBroken(state.flows, { x: 2 });
		const refused = await sendFlows(url, { ...headers, "accept-language": "en" }, { ...state, flows });
		expect([refused.status, await refused.json()]).toEqual([
			422,
			{
				code: "CASES_BROKEN",
				message: expect.stringMatching(/^Golden cases .*\npaid › <paid> › money in yuan\n {2}paid: 19.9 ≠ 1990$/),
			},
		]);
		const editorAsks = { ...headers, "x-requested-with": "XMLHttpRequest", "accept-language": "zh-CN" };
		const shown = await sendFlows(url, editorAsks, { ...state, flows });
		expect([shown.status, await shown.text()]).toEqual([
			422,
			expect.stringMatching(/^映射未通过黄金用例.*<br>paid › &lt;paid&gt; › money in yuan<br> {2}paid: 19.9 ≠ 1990$/),
		]);
		expect(await readFlows(url, headers)).toEqual(state);
		const right = withBroken(state.flows, { expression: '{ "paid": $yuan(order.paidFen) }' });
		expect(await deploy(url, headers, { ...state, flows: right })).toBe(200);
	});

	it("refuses to bring the same orders to two ERPs in production, and names both tabs", async () => {
		const headers = await bearer("ivy");
		const state = await readFlows(url, headers);
		const copy = state.flows
			.filter(({ id, z }) => id === "order-to-erp" || z === "order-to-erp")
			.map((node) => JSON.parse(JSON.stringify(node).replaceAll("order-to-erp", "second")) as FlowNode)
			.map((node) => ({
				...node,
				...(node.type === "tab" && { label: "second" }),
				...(node.type === "erp-push" && { connection: "second-erp" }),
			}));
		const connection = { id: "second-erp", type: "erp-connection", name: "", connectionId: "generic-demo" };
		const flows = [...state.flows, connection, ...copy];
		const refused = await sendFlows(url, { ...headers, "accept-language": "zh-CN" }, { ...state, flows });
		const tabs = /^两个入口.*\n.* › .* \(qimen-demo\) \+ second › .* \(generic-demo\)$/;
		expect([refused.status, await refused.json()]).toEqual([
			422,
			{ code: "ORDERS_TWICE", message: expect.stringMatching(tabs) },
		]);
		const split = flows.map((node) => ("shopId" in node ? { ...node, shopId: node.z ?? "" } : node));
		expect(await deploy(url, headers, { ...state, flows: split })).toBe(200);
	});
});
