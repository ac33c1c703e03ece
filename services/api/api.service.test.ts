import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hubError } from "../../config/errors.ts";
import { type Behaviour, startTestbed, type Testbed } from "./testbed.ts";

const behaviour: Behaviour = {};
const params = {
	"order.list": {
		$$strict: true,
		limit: "number|optional|max:200",
		from: { type: "date", convert: true, optional: true },
		status: "string[]|optional",
		q: "string|max:20000|optional",
	},
	"order.get": { $$strict: true, id: "string" },
	"order.hold": { $$strict: true, id: "string", reason: "string|optional|max:5" },
	"pull.run": {
		$$strict: true,
		shopId: "string",
		kind: "string",
		from: { type: "date", convert: true, optional: true },
		to: { type: "date", convert: true, optional: true, nullable: true },
	},
};

let bed: Testbed;
let token: string;

beforeAll(async () => {
	bed = await startTestbed(behaviour, params);
	token = await bed.signIn();
});
afterAll(() => bed.stop());
beforeEach(() => {
	bed.calls.length = 0;
	for (const action of Object.keys(behaviour)) delete behaviour[action];
});

describe("a request", () => {
	it("reaches its action with who did it and which shops he may see", async () => {
		const limited = await bed.tokenOfRole("operator", ["shop-1"]);
		await bed.send("POST", "/orders/42/hold", { token: limited, body: { reason: "RISK" } });
		expect(bed.calls).toMatchObject([
			{
				action: "order.hold",
				params: { id: "42", reason: "RISK" },
				meta: { actor: expect.stringMatching(/^user:operator-/), shops: ["shop-1"] },
			},
		]);
	});

	it.each(["/orders/taobao:shop-1:4321", "/orders/taobao%3Ashop-1%3A4321"])(
		"finds an id with colons: %s",
		async (path) => {
			expect((await bed.send("GET", path, { token })).status).toBe(200);
			expect(bed.calls).toMatchObject([{ action: "order.get", params: { id: "taobao:shop-1:4321" } }]);
		},
	);

	it("lets a text be as long as its own rule says: hundreds of pasted numbers", async () => {
		const q = Array.from({ length: 500 }, (_, at) => `41872635${String(at).padStart(11, "0")}`).join(",");
		await bed.send("GET", `/orders?q=${encodeURIComponent(q)}`, { token });
		expect(bed.calls[0]?.params).toEqual({ q });
	});

	it("gives query values the types the action asks for", async () => {
		await bed.send("GET", "/orders?limit=20&from=2026-01-02T00:00:00%2B08:00&status=SHIPPED", { token });
		const from = new Date("2026-01-01T16:00:00Z");
		expect(bed.calls[0]?.params).toEqual({ limit: 20, from, status: ["SHIPPED"] });
	});

	it("takes dates in a body", async () => {
		await bed.send("POST", "/shops/s1/pull", { token, body: { kind: "orders", from: "2026-01-02" } });
		expect(bed.calls[0]?.params).toEqual({ shopId: "s1", kind: "orders", from: new Date("2026-01-02T00:00:00Z") });
	});

	it("may say null for what it leaves out, but where null is a value", async () => {
		await bed.send("POST", "/orders/42/hold", { token, body: { reason: null } });
		await bed.send("POST", "/shops/s1/pull", { token, body: { kind: "orders", from: null, to: null } });
		expect(bed.calls.map(({ params: given }) => given)).toEqual([
			{ id: "42" },
			{ shopId: "s1", kind: "orders", to: null },
		]);
	});

	it("cannot name an action, nor reach one that is not in the table", async () => {
		for (const path of ["/order/get", "/order.get", "/~node/actions", "/account/verify"]) {
			expect((await bed.send("GET", path, { token })).status).toBe(404);
			expect((await bed.send("POST", path, { token, body: {} })).status).toBe(404);
		}
		expect(bed.calls).toEqual([]);
	});

	it("of a method the address does not have is told which it has", async () => {
		const { status, headers } = await bed.send("DELETE", "/shops", { token });
		expect([status, headers.get("allow")]).toEqual([405, "GET, POST"]);
	});

	it("for a preflight runs nothing", async () => {
		const headers = { "access-control-request-method": "POST", origin: "http://elsewhere.example" };
		expect((await bed.send("OPTIONS", "/orders/42/release", { token, headers })).status).toBe(405);
		expect(bed.calls).toEqual([]);
	});
});

describe("an answer", () => {
	it("of a creation is 201 and says where it is", async () => {
		behaviour["shop.create"] = () => ({ _id: "shop 9" });
		const { status, headers, body } = await bed.send("POST", "/shops", { token, body: {} });
		expect([status, headers.get("location"), body]).toEqual([201, "/api/v1/shops/shop%209", { _id: "shop 9" }]);
	});

	it("carries headers that keep browsers from showing or storing it, and no server's name", async () => {
		const { headers } = await bed.send("GET", "/summary", { token });
		expect(headers.get("x-content-type-options")).toBe("nosniff");
		expect(headers.get("cache-control")).toBe("no-store");
		expect(headers.get("content-security-policy")).toContain("default-src 'none'");
		expect(headers.get("x-powered-by")).toBeNull();
	});

	it("is whole also for a conditional request", async () => {
		const { status, body } = await bed.send("GET", "/summary", { token, headers: { "if-none-match": "*" } });
		expect([status, body]).toEqual([200, { done: "order.summary" }]);
	});
});

describe("a wrong request", () => {
	it.each([
		["an unknown query field", "GET", "/orders?colour=red", undefined, ["colour unknown"]],
		["a nested query field", "GET", "/orders?status[$ne]=x", undefined, ["status[$ne] unknown"]],
		["a wrong type", "GET", "/orders?limit=many", undefined, ["limit notNumber"]],
		["a value beyond its limit", "GET", "/orders?limit=201", undefined, ["limit tooLarge"]],
		["a number for a date", "GET", "/orders?from=5", undefined, ["from notDate"]],
		["a time without its zone", "GET", "/orders?from=2026-01-02T08:00:00", undefined, ["from notDate"]],
		["an impossible date", "GET", "/orders?from=2026-13-40", undefined, ["from notDate"]],
		["unknown body fields", "POST", "/orders/1/hold", { colour: 1, size: 2 }, ["colour unknown", "size unknown"]],
		["the path's field in the body", "POST", "/orders/1/hold", { id: "2" }, ["id unknown"]],
		["a query on a write", "POST", "/orders/1/hold?reason=RISK", {}, ["reason unknown"]],
		["a text too long", "POST", "/orders/1/hold", { reason: "x".repeat(6) }, ["reason tooLong"]],
		["a missing field", "POST", "/shops/1/pull", {}, ["kind required"]],
		["null for a field it must give", "POST", "/shops/1/pull", { kind: null }, ["kind required"]],
		["null for an unknown field", "POST", "/orders/1/hold", { colour: null }, ["colour unknown"]],
		["an id of a kilobyte", "GET", `/orders/${"x".repeat(1_001)}`, undefined, ["id tooLong"]],
	])("with %s is told the field", async (_name, method, path, body, expected) => {
		const reply = await bed.send(method, path, { token, body });
		expect(reply.status).toBe(422);
		expect(reply.body).toMatchObject({ type: "urn:order-hub:INVALID", status: 422 });
		expect(reply.body.errors?.map(({ field, code }) => `${field} ${code}`)).toEqual(expected);
		expect(bed.calls).toEqual([]);
	});

	it.each([
		["broken JSON", '{"reason": ', {}, 400, "BAD_BODY"],
		["a bare value", '"RISK"', {}, 400, "BAD_BODY"],
		["a list", "[]", {}, 400, "BAD_BODY"],
		["endless nesting", `{"reason":${"[".repeat(50_000)}${"]".repeat(50_000)}}`, {}, 400, "BAD_BODY"],
		["a form", "reason=RISK", { "content-type": "application/x-www-form-urlencoded" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
		["a type that is none", "{}", { "content-type": ";;;" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
		["compression", "{}", { "content-encoding": "gzip" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
		["another charset", "{}", { "content-type": "application/json; charset=gbk" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
		["more than a megabyte", JSON.stringify({ reason: "x".repeat(1_100_000) }), {}, 413, "PAYLOAD_TOO_LARGE"],
	])("with %s in the body is refused", async (_name, body, headers, status, type) => {
		const reply = await bed.send("POST", "/orders/1/hold", { token, body, headers });
		expect([reply.status, reply.body.type]).toEqual([status, `urn:order-hub:${type}`]);
		expect(bed.calls).toEqual([]);
	});

	it("with a file may be larger where the table says so, for those who may send one", async () => {
		const send = (mb: number, as?: string) =>
			bed.send("POST", "/erp-skus/import", { token: as, body: { format: "csv", text: "x".repeat(mb * 1_000_000) } });
		expect((await send(3, token)).status).toBe(200);
		expect(bed.calls).toMatchObject([{ action: "sku.importErpSkus", params: { format: "csv" } }]);
		const tooLarge = await send(8, token);
		expect([tooLarge.status, tooLarge.body.type]).toEqual([413, "urn:order-hub:PAYLOAD_TOO_LARGE"]);
		expect((await send(8)).status).toBe(401);
		const broken = await bed.send("POST", "/erp-skus/import", { token, body: '{"format":' });
		expect([broken.status, broken.body.type]).toEqual([400, "urn:order-hub:BAD_BODY"]);
		const form = { "content-type": "application/x-www-form-urlencoded" };
		expect((await bed.send("POST", "/erp-skus/import", { token, body: "a=b", headers: form })).status).toBe(415);
		expect(bed.calls).toHaveLength(1);
	});

	it("with an address that cannot be decoded is refused", async () => {
		const reply = await bed.send("GET", "/orders/%E0%A4%A", { token });
		expect([reply.status, reply.body.type]).toEqual([400, "urn:order-hub:BAD_URL"]);
	});
});

describe("a problem", () => {
	it("says what is wrong in the caller's language", async () => {
		const inChinese = await bed.send("GET", "/orders?limit=many", {
			token,
			headers: { "accept-language": "zh-CN,en;q=0.5" },
		});
		expect(inChinese.body).toMatchObject({
			title: "字段值不正确",
			errors: [{ field: "limit", message: "必须是数字" }],
		});
		const inEnglish = await bed.send("GET", "/orders?limit=many", { token, headers: { "accept-language": "fr, en" } });
		expect(inEnglish.body).toMatchObject({ title: "A value is not right", errors: [{ message: "must be a number" }] });
	});

	it("carries the caller's request id, or one of ours when that is not a sane one", async () => {
		const sane = await bed.send("GET", "/nowhere", { headers: { "x-request-id": "erp-2026-0001" } });
		expect([sane.body.traceId, sane.headers.get("x-request-id")]).toEqual(["erp-2026-0001", "erp-2026-0001"]);
		const insane = await bed.send("GET", "/nowhere", { headers: { "x-request-id": "a b<script>" } });
		expect(insane.body.traceId).toMatch(/^[0-9a-f-]{36}$/);
	});

	it("of a service keeps its type, status and detail", async () => {
		behaviour["order.hold"] = () => {
			throw hubError("ORDER_NOT_READY", "it is shipped");
		};
		const reply = await bed.send("POST", "/orders/1/hold", { token, body: {} });
		expect(reply.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
		expect(reply.body).toMatchObject({ type: "urn:order-hub:ORDER_NOT_READY", status: 409, detail: "it is shipped" });
	});

	const named = (name: string, message = "connect ECONNREFUSED 10.1.2.3:27017") =>
		Object.assign(new Error(message), { name });
	it.each([
		["a bug", () => new TypeError("cannot read x of undefined at /srv/hub/a.ts"), 500, "INTERNAL"],
		["a duplicate nobody caught", () => Object.assign(named("MongoServerError"), { code: 11000 }), 500, "INTERNAL"],
		["a store that is away", () => named("MongoServerSelectionError"), 503, "STORE_UNAVAILABLE"],
		["a store connection lost", () => named("MongoNetworkError"), 503, "STORE_UNAVAILABLE"],
		[
			"a store that steps down",
			() => Object.assign(named("MongoServerError"), { code: 10107 }),
			503,
			"STORE_UNAVAILABLE",
		],
		[
			"an operation that waited",
			() => named("MongooseError", "Operation `x` buffering timed out"),
			503,
			"STORE_UNAVAILABLE",
		],
		["a platform that is away", () => hubError("PLATFORM_UNREACHABLE", "10.1.2.3:443"), 504, "PLATFORM_UNREACHABLE"],
	])("of %s shows nothing of our inside", async (_name, error, status, type) => {
		behaviour["order.get"] = () => {
			throw error();
		};
		const reply = await bed.send("GET", "/orders/1", { token });
		expect([reply.status, reply.body.type]).toEqual([status, `urn:order-hub:${type}`]);
		expect(Object.keys(reply.body).sort()).toEqual(["status", "title", "traceId", "type"]);
		expect(reply.headers.has("retry-after")).toBe(status === 503);
	});

	it("of a call further inside is not blamed on the caller", async () => {
		behaviour["order.summary"] = (ctx) => ctx.call("order.list", { limit: "many" });
		expect((await bed.send("GET", "/summary", { token })).status).toBe(500);
	});

	it("of an action that does not answer in time, or is not there, asks to come back", async () => {
		behaviour["order.summary"] = (ctx) => ctx.call("order.list", {}, { timeout: 20 });
		behaviour["order.list"] = () => new Promise((resolve) => setTimeout(resolve, 60));
		const late = await bed.send("GET", "/summary", { token });
		expect([late.status, late.headers.get("retry-after")]).toEqual([503, "2"]);
		behaviour["order.summary"] = (ctx) => ctx.call("order.unheard-of");
		expect((await bed.send("GET", "/summary", { token })).body.type).toBe("urn:order-hub:SERVICE_UNAVAILABLE");
	});
});

describe("the probes", () => {
	it("say that it lives, that it can answer, and what it did", async () => {
		const get = (path: string) => fetch(bed.url + path);
		expect((await get("/healthz")).status).toBe(200);
		const ready = await get("/readyz");
		expect([ready.status, await ready.json()]).toEqual([200, { ready: true, store: true, nats: null, missing: [] }]);
		await bed.send("GET", "/orders/1", { token });
		expect(await (await get("/metrics")).text()).toMatch(
			/hub_http_requests_total\{.*route="\/orders\/:id",status="200"\} \d/,
		);
	});

	it("name the services that are away, and their routes answer 503", async () => {
		const service = bed.broker.getLocalService("erp");
		await bed.broker.destroyService(service);
		const ready = await fetch(`${bed.url}/readyz`);
		expect([ready.status, await ready.json()]).toMatchObject([503, { ready: false, missing: ["erp"] }]);
		const reply = await bed.send("GET", "/pushes", { token });
		expect([reply.status, reply.headers.get("retry-after")]).toEqual([503, "2"]);
	});
});

describe("a gateway that stops", () => {
	it("answers what it has begun and takes nothing new", async () => {
		const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
		const { promise: finished, resolve: finish } = Promise.withResolvers<object>();
		const stopping = await startTestbed({
			"order.summary": () => {
				begin();
				return finished;
			},
		});
		const inHand = stopping.send("GET", "/summary", { token: await stopping.signIn() });
		await begun;
		const stopped = stopping.stop();
		await expect.poll(async () => (await fetch(`${stopping.url}/healthz`)).status).toBe(503);
		finish({ done: "late" });
		expect((await inHand).body).toEqual({ done: "late" });
		await stopped;
		await expect(fetch(`${stopping.url}/healthz`)).rejects.toThrow();
	});
});
