import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hubError } from "../../config/errors.ts";
import { routes } from "../../config/roles.ts";
import { resourceOf } from "./etag.ts";
import { type Behaviour, startTestbed, type Testbed } from "./testbed.ts";

/** What the stand-ins keep: each change of the order is a version. */
let order: { _id: string; version: number };
let shop: { _id: string; name: string };
const behaviour: Behaviour = {
	"order.get": () => ({ ...order }),
	"order.hold": () => {
		order.version += 1;
		return { ...order };
	},
	"shop.get": ({ params }) => {
		if (params.id !== shop._id) throw hubError("NOT_FOUND");
		return { ...shop };
	},
	"shop.update": ({ params }) => {
		shop = { ...shop, name: String(params.name) };
		return { ...shop };
	},
};

let bed: Testbed;
let token: string;
beforeAll(async () => {
	bed = await startTestbed(behaviour, { "order.get": { $$strict: true, id: "string|min:2" } });
	token = await bed.signIn();
});
beforeEach(() => {
	order = { _id: "o1", version: 3 };
	shop = { _id: "s1", name: "one" };
});
afterAll(() => bed.stop());

const change = (method: string, path: string, ifMatch: string | undefined, body: object = {}) =>
	bed.send(method, path, { token, body, headers: ifMatch === undefined ? {} : { "if-match": ifMatch } });
const etagAt = async (path: string) => (await bed.send("GET", path, { token })).headers.get("etag") ?? "";

describe("an ETag", () => {
	it("is the version of what has one, and changes with the content of what has none", async () => {
		expect(await etagAt("/orders/o1")).toBe('"v3"');
		const before = await etagAt("/shops/s1");
		const { headers } = await change("PATCH", "/shops/s1", undefined, { name: "two" });
		expect(headers.get("etag")).not.toBe(before);
		expect(headers.get("etag")).toBe(await etagAt("/shops/s1"));
	});

	it("is there for every single thing that can be changed and shown", () => {
		const changed = routes.filter(({ method, path }) => method !== "GET" && /^\/[\w-]+\/:/.test(path));
		const without = changed.filter((route) => !resourceOf(route)).map(({ path }) => path.split("/")[1]);
		expect([...new Set(without)].sort()).toEqual(["alerts", "parked", "shipments", "sku-links", "views"]);
	});
});

describe("a change with If-Match", () => {
	it("is made when nothing has changed since, and refused with the remedy when something has", async () => {
		expect((await change("POST", "/orders/o1/hold", '"v3"')).status).toBe(200);
		const late = await change("POST", "/orders/o1/hold", '"v3"');
		expect(late.body).toMatchObject({ type: "urn:order-hub:PRECONDITION_FAILED", status: 412 });
		expect(late.body.detail).toContain("read it again");
		expect(order.version).toBe(4);
	});

	it("counts once when it is sent several times at once", async () => {
		const tag = await etagAt("/shops/s1");
		const names = ["a", "b", "c", "d"];
		const replies = await Promise.all(names.map((name) => change("PATCH", "/shops/s1", tag, { name })));
		expect(replies.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
	});

	it.each([["*"], ['"x", "v3"'], ['"v3"']])("of %s is made", async (tag) => {
		expect((await change("POST", "/orders/o1/hold", tag)).status).toBe(200);
	});

	it.each([['W/"v3"'], ['"'], ["v3"], ['"v2"']])("of %s is refused", async (tag) => {
		expect((await change("POST", "/orders/o1/hold", tag)).status).toBe(412);
		expect(order.version).toBe(3);
	});

	it("to what is not there, or has no ETag, is refused", async () => {
		expect((await change("PATCH", "/shops/s2", "*", { name: "x" })).status).toBe(404);
		expect((await change("POST", "/orders/1/hold", "*")).status).toBe(404); // cannot be an id
		expect((await change("POST", "/orders/bulk", "*")).status).toBe(412);
	});

	it("is as before without it", async () => {
		await change("POST", "/orders/o1/hold", undefined);
		expect((await change("POST", "/orders/o1/hold", undefined)).status).toBe(200);
	});
});
