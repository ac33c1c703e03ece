/** A form that makes the operation's request, and its answer. */
import { authorization } from "./session.js";
import { element, languageNow, say } from "./words.js";

export function tryOut({ base, path, method, parameters, body }) {
	const inputs = parameters.map((parameter) => [parameter, inputOf(parameter)]);
	const example = body && JSON.stringify(body.example ?? {}, null, 2);
	const text = body ? element("textarea", { rows: example.split("\n").length + 1, spellcheck: false }) : null;
	if (text) {
		text.value = example;
		text.setAttribute("aria-label", say("body"));
	}
	const answer = element("div", { className: "answer", "aria-live": "polite" });
	const button = element("button", {}, say("send"));

	async function submit(event) {
		event.preventDefault();
		if (text && !isJson(text.value)) {
			answer.replaceChildren(element("p", { className: "problem" }, say("notJson")));
			return;
		}
		button.disabled = true;
		answer.replaceChildren(element("p", {}, say("sending")));
		const request = requestOf({ base, path, method, inputs, body: text?.value });
		try {
			answer.replaceChildren(...(await shown(request)));
		} catch {
			answer.replaceChildren(element("p", { className: "problem" }, say("failed")));
		}
		button.disabled = false;
	}
	const rows = inputs.map(([{ name, required }, input]) =>
		element("label", {}, element("code", {}, name + (required ? " *" : "")), input),
	);
	return element("form", { className: "try", onsubmit: submit }, ...rows, text, button, answer);
}

function inputOf({ name, schema, required, example }) {
	const values = schema.enum;
	const empty = element("option", { value: "" }, say("noValue"));
	const input = values
		? element("select", {}, ...(required ? [] : [empty]), ...values.map((value) => element("option", { value }, value)))
		: element("input", { autocomplete: "off", required });
	input.name = name;
	// What is shown of a path is needed; what a list is narrowed by is the reader's to choose.
	if (required && example !== undefined) input.value = String(example);
	else if (!values) input.placeholder = example === undefined ? "" : String(example);
	return input;
}

function requestOf({ base, path, method, inputs, body }) {
	const given = inputs.map(([parameter, input]) => [parameter, input.value]).filter(([, value]) => value !== "");
	const inPlace = (place) => given.filter(([parameter]) => parameter.in === place);
	const filled = inPlace("path").reduce(
		(sofar, [{ name }, value]) => sofar.replace(`{${name}}`, encodeURIComponent(value)),
		path,
	);
	const query = new URLSearchParams(inPlace("query").map(([{ name }, value]) => [name, value]));
	const headers = {
		...authorization(),
		"accept-language": languageNow(),
		...(body !== undefined && { "content-type": "application/json" }),
		...Object.fromEntries(inPlace("header").map(([{ name }, value]) => [name, value])),
	};
	return {
		url: base + filled + (query.size ? `?${query}` : ""),
		options: { method: method.toUpperCase(), headers, body },
	};
}

async function shown({ url, options }) {
	const response = await fetch(url, options);
	const text = await response.text();
	const isOk = response.ok ? "ok" : "problem";
	const wait = response.headers.get("retry-after");
	return [
		element("p", {}, element("code", {}, `${options.method} ${url}`)),
		element("p", { className: isOk }, `${say("answered")}: ${response.status}${wait ? ` · Retry-After ${wait}` : ""}`),
		element("pre", { tabIndex: 0 }, isJson(text) ? JSON.stringify(JSON.parse(text), null, 2) : text),
	];
}

function isJson(text) {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
