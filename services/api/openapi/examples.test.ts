import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routes } from "../../../config/roles.ts";
import { makeClient } from "../../../scripts/client.ts";
import { basePath } from "../table-routes.ts";
import { answers } from "./answers.ts";
import { type ExampleBed, startExampleBed } from "./example-bed.ts";
import { examples } from "./examples.ts";
import type { JsonSchema } from "./json-schema.ts";
import { operationName } from "./operation.ts";

type Methods = Record<string, Record<string, (params: object) => Promise<unknown>>>;
type Responses = Record<string, { content?: Partial<Record<"application/json" | "text/csv", { schema: JsonSchema }>> }>;

let bed: ExampleBed;
let dir: string;
let hub: Methods; // the generated client, of a person
let hubForPrograms: Methods;
const responsesOf = new Map<string, Responses>();
const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { "date-time": true } });

beforeAll(async () => {
	bed = await startExampleBed();
	const document = (await (await fetch(`${bed.url}/api/openapi.json`)).json()) as {
		paths: Record<string, Record<string, { operationId: string; responses: Responses }>>;
	};
	for (const { operationId, responses } of Object.values(document.paths).flatMap((methods) => Object.values(methods))) {
		responsesOf.set(operationId, responses);
	}
	ajv.addSchema(document, "document");
	dir = await mkdtemp(path.join(tmpdir(), "client-"));
	const { orderHub } = (await import(await makeClient(dir, bed.url))) as { orderHub: (options: object) => Methods };
	const token = await bed.signIn();
	hub = orderHub({ url: bed.url, token });
	hubForPrograms = orderHub({ url: bed.url, token: await bed.tokenOfClient("erp-of-examples") });
});
afterAll(async () => {
	await bed?.end();
	if (dir) await rm(dir, { recursive: true, force: true });
});

/** The end of the session comes last. */
const inOrder = [...routes]
	.sort((a, b) => Number(a.action === "account.logout") - Number(b.action === "account.logout"))
	.map((route) => [operationName(route), route] as const);

function ask(operation: string, params: object): Promise<unknown> {
	const [noun = "", verb = ""] = operation.split(".");
	const { roles } = inOrder.find(([name]) => name === operation)?.[1] ?? {};
	const method = (roles?.length === 0 ? hubForPrograms : hub)[noun]?.[verb];
	if (!method) throw new Error(`the client has no ${operation}`);
	return method(params);
}

/** What of the answer is not as the document says. */
function faults(operation: string, status: number, answer: unknown): string | null {
	const { "application/json": json, "text/csv": table } = responsesOf.get(operation)?.[status]?.content ?? {};
	const schema = (json ?? table)?.schema;
	if (!schema) return answer === undefined ? null : "an answer where none is documented";
	const bundled = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as object;
	return ajv.validate(bundled, answer) ? null : ajv.errorsText();
}

describe("the documented example", () => {
	it.each(inOrder)("of %s is answered as documented", async (operation, route) => {
		const answer = await ask(operation, await bed.paramsFor(operation));
		expect(faults(operation, route.status ?? 200, answer)).toBeNull();
		expect(JSON.stringify(answer) ?? "").not.toMatch(/"(outbox|turn|nextAt)":/); // what only the hub itself needs
	});
});

describe("a list that is not narrowed", () => {
	const lists = inOrder.filter(([name, { method, path }]) => {
		return method === "GET" && Array.isArray(answers[name]) && !path.includes(":");
	});
	it.each(lists)("of %s holds what the document says", async (operation) => {
		const token = await bed.signIn();
		const route = lists.find(([name]) => name === operation)?.[1].path ?? "";
		const { body } = await bed.send<{ items: unknown[] }>("GET", route, { token });
		expect(body.items.length).toBeGreaterThan(0);
		expect(faults(operation, 200, body)).toBeNull();
	});
});

describe("the examples", () => {
	it("are answered with a documented problem without a token, but for signing in", async () => {
		for (const [operation, { method, path: pattern, roles }] of inOrder) {
			const address = pattern.replaceAll(/:(\w+)/g, (_, name: string) =>
				encodeURIComponent(String(examples[operation]?.[name])),
			);
			const response = await fetch(bed.url + basePath + address, { method });
			expect(Object.keys(responsesOf.get(operation) ?? {}), operation).toContain(String(response.status));
			if (roles !== "anyone") expect([operation, response.status]).toEqual([operation, 401]);
			expect(ajv.validate({ $ref: "document#/components/schemas/Problem" }, await response.json())).toBe(true);
		}
	});
});
