/** One route of the table as an operation of OpenAPI. */
import type { Route } from "../../../config/roles.ts";
import { routeWords } from "../../../config/route-words.ts";
import { answerSchema } from "./answers.ts";
import { type Example, examples } from "./examples.ts";
import { type JsonSchema, mayBeLeftOut, objectSchema, ruleOf, schemaOf } from "./json-schema.ts";
import { failuresOf } from "./problems.ts";

/** The parameters of an action as it checks them. */
export type ActionRules = Readonly<Record<string, unknown>>;

export const wordsOf = ({ method, path }: Route) => routeWords[`${method} ${path}`];

/** The name of what the route does, which no other route has. */
export const operationName = (route: Route): string => wordsOf(route)?.operation ?? route.action;

/** "/orders/:id" -> "/orders/{id}" */
export const templateOf = (path: string): string => path.replaceAll(/:(\w+)/g, "{$1}");

export const chapterOf = ({ path }: Route): string => path.split("/")[1] ?? "";

const namesIn = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? "");

export function operationOf(route: Route, rules: ActionRules): JsonSchema {
	const words = wordsOf(route);
	const name = operationName(route);
	const inPath = new Set(namesIn(route.path));
	const rest = Object.fromEntries(Object.entries(rules).filter(([param]) => !inPath.has(param)));
	const reads = route.method === "GET";
	const example = examples[name];
	const parameters = [
		...[...inPath].map((param) => parameterOf("path", param, rules[param] ?? "string", example)),
		...(reads ? fieldsOf(rest).map((param) => parameterOf("query", param, rest[param], example)) : []),
		...(keepsAnswers(route) ? [{ $ref: "#/components/parameters/IdempotencyKey" }] : []),
	];
	return {
		operationId: name,
		tags: [chapterOf(route)],
		summary: words?.en ?? name,
		"x-summary-zh": words?.zh ?? name,
		description: whoMay(route),
		"x-roles": route.roles,
		"x-scopes": route.scopes,
		security: route.roles === "anyone" ? [] : [{ bearer: [] }],
		...(parameters.length && { parameters }),
		...(!reads && fieldsOf(rest).length && { requestBody: bodyOf(rest, inPath, example) }),
		responses: { ...successOf(route, name, "cursor" in rules), ...failuresOf(route) },
	};
}

const fieldsOf = (rules: ActionRules): string[] => Object.keys(rules).filter((name) => !name.startsWith("$$"));

/** An Idempotency-Key is honoured where an ERP writes. */
export const keepsAnswers = ({ method, path }: Route): boolean => method === "POST" && path.startsWith("/erp/");

function whoMay({ roles, scopes }: Route): string {
	if (roles === "anyone") return "Without a token.";
	const programs = scopes.length ? ` Programs with the scope ${scopes.join(" or ")}.` : "";
	return `Roles: ${roles.join(", ")}.${programs}`;
}

function parameterOf(place: "path" | "query", name: string, rule: unknown, example: Example | undefined): JsonSchema {
	const value = example?.[name];
	return {
		name,
		in: place,
		required: place === "path" || !mayBeLeftOut(ruleOf(rule)),
		schema: schemaOf(rule),
		...(value !== undefined && { example: value }),
	};
}

function bodyOf(rules: ActionRules, inPath: ReadonlySet<string>, example: Example | undefined): JsonSchema {
	const schema = objectSchema(rules, true);
	const value = example && Object.fromEntries(Object.entries(example).filter(([name]) => !inPath.has(name)));
	return {
		required: "required" in schema,
		content: { "application/json": { schema, ...(value && { example: value }) } },
	};
}

/** What is answered as a file for spreadsheets, and whether that may be a workbook. */
const tables: Readonly<Record<string, "csv" | "either">> = {
	"audit.export": "csv",
	"order.importTemplate": "either",
	"export.file": "either",
};
const csv = { "text/csv": { schema: { type: "string" } } };
const workbook = {
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": { schema: { type: "string", format: "binary" } },
};

function successOf(route: Route, operation: string, paged: boolean): JsonSchema {
	const status = route.status ?? 200;
	const requestId = { "X-Request-ID": { $ref: "#/components/headers/RequestId" } };
	if (status === 204) return { 204: { description: "Done", headers: requestId } };
	const headers = {
		...requestId,
		...(status === 201 && { Location: { $ref: "#/components/headers/Location" } }),
		...(keepsAnswers(route) && { "Idempotency-Replayed": { $ref: "#/components/headers/IdempotencyReplayed" } }),
	};
	const table = tables[operation];
	const content = table
		? { ...csv, ...(table === "either" && workbook) }
		: { "application/json": { schema: answerSchema(operation, paged) } };
	return { [status]: { description: status === 201 ? "Made" : "Done", headers, content } };
}
