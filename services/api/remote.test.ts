import { type BrokerOptions, type Context, ServiceBroker } from "moleculer";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { env } from "../../config/env.ts";
import { hubError } from "../../config/errors.ts";
import brokerOptions from "../../moleculer.config.ts";
import AccountService, { type Tokens } from "../account/account.service.ts";
import ClientService from "../account/client.service.ts";
import UserService from "../account/user.service.ts";
import AuditService from "../audit/audit.service.ts";
import ApiService from "./api.service.ts";
import type { OpenApi } from "./openapi/document.ts";
import type { Problem } from "./problem.ts";

const failures: Record<string, () => Error> = {
	held: () => hubError("ORDER_HELD", "REFUND_APPLIED"),
	away: () => Object.assign(new Error("connect ECONNREFUSED"), { name: "MongoServerSelectionError" }),
	bug: () => new TypeError("x is undefined"),
};

const transporter: BrokerOptions["transporter"] = { type: "NATS", options: { url: inject("natsUrl") } };
const node = (nodeID: string) =>
	new ServiceBroker({ ...brokerOptions, namespace: `remote-${process.pid}`, nodeID, transporter, logger: false });
const gate = node("gate");
const desk = node("desk");
let url: string;
let token: string;

beforeAll(async () => {
	env.adminPassword = "correct horse battery";
	for (const service of [UserService, ClientService, AuditService, AccountService, ApiService])
		gate.createService(service);
	desk.createService({
		name: "order",
		actions: {
			get: {
				params: { $$strict: true, id: "string" },
				handler: (ctx: Context<{ id: string }, object>) => {
					const failure = failures[ctx.params.id];
					if (failure) throw failure();
					return { id: ctx.params.id, meta: ctx.meta };
				},
			},
			list: {
				params: { $$strict: true, limit: "number|max:200", from: { type: "date", convert: true, optional: true } },
				handler: (ctx: Context<{ limit: number; from: Date }>) => ({ isDate: ctx.params.from instanceof Date }),
			},
			summary: { visibility: "public", handler: () => ({}) },
		},
	});
	await Promise.all([gate.start(), desk.start()]);
	await gate.waitForServices("order");
	({ url } = await gate.call<{ url: string }>("api.address"));
	({ token } = await gate.call<Tokens, object>("account.login", { username: "admin", password: env.adminPassword }));
});
afterAll(() => gate.stop());

async function get(path: string): Promise<{ status: number; body: Problem & Record<string, unknown> }> {
	const response = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
	return { status: response.status, body: (await response.json()) as Problem & Record<string, unknown> };
}

describe("an action in another process", () => {
	it("gets who did it, and the types it asks for", async () => {
		const { body } = await get("/orders/7");
		expect(body).toMatchObject({ id: "7", meta: { actor: "user:admin", shops: "*" } });
		expect((await get("/orders?limit=5&from=2026-01-02")).body).toEqual({ isDate: true });
	});

	it.each([
		["held", 409, "ORDER_HELD"],
		["away", 503, "STORE_UNAVAILABLE"],
		["bug", 500, "INTERNAL"],
	])("that fails (%s) gives the same problem as one in this process", async (id, status, type) => {
		const reply = await get(`/orders/${id}`);
		expect([reply.status, reply.body.type]).toEqual([status, `urn:order-hub:${type}`]);
		expect(reply.body.detail).toBe(status === 409 ? "REFUND_APPLIED" : undefined);
	});

	it("tells which fields it refuses", async () => {
		const { body } = await get("/orders?limit=201&colour=red");
		expect(body.errors?.map(({ field, code }) => `${field} ${code}`).sort()).toEqual([
			"colour unknown",
			"limit tooLarge",
		]);
	});

	it("has its parameters in the document", async () => {
		const { paths } = (await (await fetch(`${url}/api/openapi.json`)).json()) as OpenApi;
		expect(paths["/orders"]?.get?.parameters).toMatchObject([
			{ name: "limit", required: true, schema: { type: "number", maximum: 200 } },
			{ name: "from", required: false, schema: { type: "string", format: "date-time" } },
		]);
		expect(Object.keys(paths)).not.toContain("/shipments"); // nobody offers them here
	});

	it("that is not published is not called, whatever the table says", async () => {
		expect((await get("/summary")).body.type).toBe("urn:order-hub:SERVICE_UNAVAILABLE");
	});

	it("that goes away answers 503 after that", async () => {
		await desk.stop();
		expect((await get("/orders/7")).status).toBe(503);
	});
});
