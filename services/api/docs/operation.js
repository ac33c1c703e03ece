/** One operation: what it does, who may, what it takes and answers, and a form to try it. */
import { schemaRows } from "./schema.js";
import { tryOut } from "./try-out.js";
import { descriptionOf, element, say, summaryOf } from "./words.js";

export function operationView({ path, method, operation }, document_) {
	const { schemas, responses, parameters: shared } = document_.components;
	const parameters = (operation.parameters ?? []).map((each) =>
		each.$ref ? shared[each.$ref.split("/").at(-1)] : each,
	);
	const body = operation.requestBody?.content["application/json"];
	const base = document_.servers[0].url;
	return [
		element("h2", {}, summaryOf(operation)),
		element(
			"p",
			{ className: "address" },
			element("span", { className: `method ${method}` }, method.toUpperCase()),
			element("code", {}, base + path),
			element("span", { className: "operation-id" }, operation.operationId),
		),
		element("p", { className: "who" }, whoMay(operation)),
		...(parameters.length
			? section(
					"parameters",
					parameters.flatMap((each) => parameterRows(each, schemas)),
				)
			: []),
		...(body ? section("body", schemaRows(body.schema, schemas)) : []),
		...section("tryOut", [tryOut({ base, path, method, parameters, body })]),
		...section(
			"answers",
			Object.entries(operation.responses).map((each) => answerView(each, schemas, responses)),
		),
	];
}

const section = (title, children) => [
	element("h3", {}, say(title)),
	element("div", { className: "card" }, ...children),
];

function whoMay(operation) {
	if (operation["x-roles"] === "anyone") return say("anyone");
	const scopes = operation["x-scopes"];
	const programs = scopes.length ? ` · ${say("programs")}: ${scopes.join(", ")}` : "";
	return `${say("roles")}: ${operation["x-roles"].join(", ")}${programs}`;
}

function parameterRows(parameter, schemas) {
	const { name, schema, required, in: place } = parameter;
	const description = descriptionOf(parameter);
	const described = description ? { description, ...schema } : schema;
	return schemaRows(described, schemas, { name: place === "header" ? `${name} (header)` : name, required });
}

function answerView([status, written], schemas, responses) {
	const { description, content } = written.$ref ? responses[written.$ref.split("/").at(-1)] : written;
	const schema = content?.["application/json"]?.schema;
	const failed = Number(status) >= 400;
	const lines = failed ? description.split("\n\n") : []; // "TYPE: words", one a type of problem
	const types = lines.map((line) => line.split(":")[0]).join(", ");
	return element(
		"details",
		{ open: !failed },
		element(
			"summary",
			{},
			element("code", { className: failed ? "problem" : "ok" }, status),
			element("span", { className: "types" }, types),
		),
		...lines.map((line) => element("p", { className: "line" }, line)),
		...(schema ? schemaRows(schema, schemas, { marks: false }) : []),
	);
}
