import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { errorTypes } from "../../../config/errors.ts";
import { routes } from "../../../config/roles.ts";
import { actionsOfTree } from "../../../scripts/actions.ts";
import { answers } from "./answers.ts";
import { type OpenApi, openApi } from "./document.ts";
import { examples } from "./examples.ts";
import type { JsonSchema } from "./json-schema.ts";
import { type ActionRules, operationName, templateOf } from "./operation.ts";

interface Operation {
	operationId: string;
	security: object[];
	parameters?: { name?: string; in?: string; schema: JsonSchema; example?: unknown; $ref?: string }[];
	requestBody?: { content: { "application/json": { schema: JsonSchema; example?: unknown } } };
	responses: Record<string, unknown>;
	"x-roles": unknown;
	"x-scopes": unknown;
}

let rules: Map<string, ActionRules>;
let document: OpenApi;
const operations = (): Operation[] => Object.values(document.paths).flatMap(Object.values);

beforeAll(async () => {
	rules = new Map([...(await actionsOfTree())].map(([name, { params }]) => [name, params as ActionRules]));
	document = openApi((action) => rules.get(action), "/api/v1");
});

describe("the OpenAPI document", () => {
	it("is valid under the OpenAPI 3.1 schema", async () => {
		const validator = new Validator({ strict: false });
		const { valid, errors } = await validator.validate(structuredClone(document));
		expect(errors ?? []).toEqual([]);
		expect([valid, validator.version]).toEqual([true, "3.1"]);
	});

	it("has every row of the table of routes with its roles, and nothing else", () => {
		const told = Object.entries(document.paths).flatMap(([path, methods]) =>
			Object.entries(methods as unknown as Record<string, Operation>).map(([method, operation]) => ({
				...{ method: method.toUpperCase(), path, operation: operation.operationId },
				...{ roles: operation["x-roles"], scopes: operation["x-scopes"], token: operation.security.length > 0 },
			})),
		);
		const rows = routes.map((route) => ({
			...{ method: route.method, path: templateOf(route.path), operation: operationName(route) },
			...{ roles: route.roles, scopes: route.scopes, token: route.roles !== "anyone" },
		}));
		expect(told.map((row) => JSON.stringify(row)).sort()).toEqual(rows.map((row) => JSON.stringify(row)).sort());
		expect(document["x-missing"]).toEqual([]);
	});

	it("has each parameter of each action in one place: path, query, or body", () => {
		for (const route of routes) {
			const { parameters = [], requestBody } = operations().find(
				({ operationId }) => operationId === operationName(route),
			) as Operation;
			const body = requestBody?.content["application/json"].schema.properties ?? {};
			const named = [...parameters.flatMap(({ name }) => name ?? []), ...Object.keys(body)];
			const wanted = Object.keys(rules.get(route.action) ?? {}).filter((name) => !name.startsWith("$$"));
			expect(named.sort(), operationName(route)).toEqual(wanted.sort());
			expect(parameters.some((each) => each.in === "query") && requestBody !== undefined).toBe(false);
		}
	});

	it("has an example for everything that takes a body, and for every list that takes a limit", () => {
		const without = operations().filter(({ parameters = [], requestBody, operationId }) => {
			const takes = requestBody !== undefined || parameters.some(({ name }) => name === "limit");
			return takes && !examples[operationId];
		});
		expect(without.map(({ operationId }) => operationId)).toEqual([]);
	});

	it("has examples, answers and words only of operations that are", () => {
		const names = new Set(operations().map(({ operationId }) => operationId));
		expect([...Object.keys(examples), ...Object.keys(answers)].filter((name) => !names.has(name))).toEqual([]);
	});

	it("has examples that its own schemas allow", () => {
		const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { "date-time": true } });
		const wrong = operations().flatMap(({ operationId, parameters = [], requestBody }) => {
			const body = requestBody?.content["application/json"];
			const pairs = [...parameters, ...(body ? [body] : [])].filter(({ example }) => example !== undefined);
			return pairs.flatMap(({ schema, example }) =>
				ajv.validate(schema as object, example) ? [] : `${operationId}: ${ajv.errorsText()}`,
			);
		});
		expect(wrong).toEqual([]);
	});

	it("tells every error type that its operations may answer, with its words", () => {
		const { responses } = (
			document as unknown as { components: { responses: Record<string, { description: string }> } }
		).components;
		for (const [type, { status, en, zh }] of Object.entries(errorTypes)) {
			const line = `${type}: ${en} / ${zh}`;
			const { description = "" } = responses[`Problem${status}`] ?? {};
			const isTold = !type.startsWith("HOOK_") && type !== "METHOD_NOT_ALLOWED";
			expect([line, description.includes(line)]).toEqual([line, isTold]);
		}
	});

	it("leaves out what no process offers now, and says which services that is", () => {
		const without = openApi((action) => (action.startsWith("waybill.") ? undefined : rules.get(action)), "/api/v1");
		expect(without["x-missing"]).toEqual(["waybill"]);
		expect(Object.keys(without.paths).filter((path) => path.startsWith("/waybills"))).toEqual([]);
		expect(without.paths["/orders"]).toEqual(document.paths["/orders"]);
	});
});
