/** The page of the gateway's documentation: a list to search on the left, the chosen operation beside it. */
import { operationView } from "./operation.js";
import { showSession } from "./session.js";
import { chapterName, element, languageNow, say, speak, summaryOf } from "./words.js";

const byId = (id) => document.getElementById(id);

async function readDocument() {
	const answer = await fetch("/api/openapi.json");
	if (!answer.ok) throw new Error(`${answer.status}`);
	return answer.json();
}

const operationsOf = (openApi) =>
	Object.entries(openApi.paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
	);

const matches = ({ path, operation }, wanted) =>
	[path, operation.operationId, operation.summary, operation["x-summary-zh"]]
		.join(" ")
		.toLowerCase()
		.includes(wanted.trim().toLowerCase());

const chosen = () => decodeURIComponent(location.hash.slice(1));

function drawList(openApi) {
	const found = operationsOf(openApi).filter((each) => matches(each, byId("search").value));
	const chapters = openApi.tags.map((tag) => {
		const rows = found.filter(({ operation }) => operation.tags.includes(tag.name));
		return rows.length ? element("section", {}, element("h2", {}, chapterName(tag)), ...rows.map(linkTo)) : null;
	});
	const nothing = found.length ? [] : [element("p", {}, say("nothing"))];
	byId("chapters").replaceChildren(...chapters.filter(Boolean), ...nothing);
}

function linkTo({ method, operation }) {
	const id = operation.operationId;
	const link = element(
		"a",
		{ href: `#${encodeURIComponent(id)}`, title: id },
		element("span", { className: `method ${method}` }, method.toUpperCase()),
		summaryOf(operation),
	);
	if (id === chosen()) link.setAttribute("aria-current", "true");
	return link;
}

function drawMain(openApi) {
	const found = operationsOf(openApi).find(({ operation }) => operation.operationId === chosen());
	const missing = openApi["x-missing"];
	byId("main").replaceChildren(
		...(missing.length ? [element("p", { className: "problem" }, say("missing") + missing.join(", "))] : []),
		...(found ? operationView(found, openApi) : introduction(openApi)),
	);
}

function introduction(openApi) {
	const parts = openApi.info.description.split("\n\n");
	const text = languageNow() === "zh" ? parts.at(-1) : parts[0];
	return [
		element("h2", {}, "OrderHub API"),
		element("p", {}, text.replaceAll("\n", " ")),
		element("p", {}, say("choose")),
	];
}

function draw(openApi) {
	byId("search").placeholder = say("search");
	byId("search").setAttribute("aria-label", say("search"));
	byId("version").textContent = openApi.info.version;
	showSession(byId("session"), openApi.servers[0].url);
	drawList(openApi);
	drawMain(openApi);
}

function start(openApi) {
	byId("language").value = languageNow();
	byId("language").addEventListener("change", ({ target }) => {
		speak(target.value);
		draw(openApi);
	});
	byId("search").addEventListener("input", () => drawList(openApi));
	window.addEventListener("hashchange", () => {
		drawList(openApi);
		drawMain(openApi);
		byId("main").focus();
		scrollTo(0, 0);
	});
	draw(openApi);
}

speak(languageNow());
readDocument().then(start, () =>
	byId("main").replaceChildren(element("p", { className: "problem" }, say("unavailable"))),
);
