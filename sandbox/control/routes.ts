import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { PlatformSimulator } from "../platforms/platform.ts";
import type { PrintRoom } from "../print/print-room.ts";
import { respond } from "../respond.ts";
import { erpKinds, type Simulators } from "../simulators.ts";
import { type Answer, header, json, type Received } from "../target.ts";
import { InputProblem } from "./input.ts";
import { changePlatform, sendMessage } from "./messages.ts";
import { actOnOrder, placeOrders } from "./orders.ts";
import { page } from "./page.ts";
import { changeProduct } from "./products.ts";
import { addFault, changeErp, listErps, listShops, reset, returnGoods } from "./settings.ts";
import { truth } from "./truth.ts";

type Route = (simulators: Simulators, request: Received, params: string[]) => Answer | Promise<Answer>;

/** Everything for people and tests. A pattern's groups are the parameters. */
const routes: readonly [method: string, path: RegExp, route: Route][] = [
	["GET", /^\/$/, (simulators, request) => page(simulators, request)],
	["GET", /^\/_control\/shops$/, (simulators, request) => json(200, listShops(simulators, originOf(request)))],
	["GET", /^\/_control\/erp$/, (simulators, request) => json(200, listErps(simulators, originOf(request)))],
	["GET", /^\/_control\/counters$/, ({ counters, targets }) => json(200, counters.all([...targets.keys()]))],
	["GET", /^\/_control\/faults$/, ({ faults }) => json(200, { faults: faults.list() })],
	["POST", /^\/_control\/faults$/, (simulators, { body }) => json(200, addFault(simulators, body))],
	["DELETE", /^\/_control\/faults$/, (simulators) => json(200, clearFaults(simulators))],
	["GET", /^\/_control\/prints$/, ({ printRoom }) => json(200, { prints: printRoom.prints.list() })],
	["GET", /^\/_control\/prints\/(\d{1,9})\.pdf$/, ({ printRoom }, _request, [n = ""]) => printPdf(printRoom, n)],
	["POST", /^\/_control\/reset$/, (simulators, { body }) => json(200, reset(simulators, body))],
	[
		"POST",
		/^\/_control\/erp\/([^/]+)$/,
		(simulators, { body }, [dialect = ""]) => json(200, changeErp(simulators, dialectOf(dialect), body)),
	],
	[
		"POST",
		/^\/_control\/erp\/([^/]+)\/returns$/,
		async (simulators, { body }, [dialect = ""]) => json(200, await returnGoods(simulators, dialectOf(dialect), body)),
	],
	[
		"POST",
		/^\/_control\/platforms\/([^/]+)$/,
		(simulators, { body }, [name = ""]) => json(200, changePlatform(simulators, platformOf(simulators, name), body)),
	],
	[
		"POST",
		/^\/_control\/platforms\/([^/]+)\/messages$/,
		async (simulators, { body }, [name = ""]) =>
			json(200, await sendMessage(simulators, platformOf(simulators, name), body)),
	],
	[
		"POST",
		/^\/_control\/platforms\/([^/]+)\/products\/([^/]+)$/,
		(simulators, { body }, [name = "", id = ""]) =>
			json(200, changeProduct(simulators, platformOf(simulators, name), id, body)),
	],
	[
		"POST",
		/^\/_control\/platforms\/([^/]+)\/orders$/,
		(simulators, { body }, [name = ""]) => json(200, placeOrders(simulators, platformOf(simulators, name), body)),
	],
	[
		"POST",
		/^\/_control\/platforms\/([^/]+)\/orders\/([^/]+)\/actions$/,
		(simulators, { body }, [name = "", id = ""]) =>
			json(200, actOnOrder(simulators, platformOf(simulators, name), id, body)),
	],
];

/** Answers what is no platform and no ERP. Bad input is a JSON answer naming the field. */
export async function control(simulators: Simulators, request: Received, response: ServerResponse): Promise<void> {
	try {
		if (request.method === "GET" && request.path === "/_control/truth") {
			await streamLines(truth(simulators, request.query), response);
			return;
		}
		const answer = await dispatch(simulators, request);
		simulators.journal.flush();
		respond(response, answer);
	} catch (err) {
		if (!(err instanceof InputProblem)) throw err;
		respond(response, json(err.status, { error: `${err.field} ${err.message}`, field: err.field }));
	}
}

function dispatch(simulators: Simulators, request: Received): Answer | Promise<Answer> {
	const onPath = routes.filter(([, path]) => path.test(request.path));
	for (const [method, path, route] of onPath) {
		if (method === request.method) return route(simulators, request, paramsOf(path, request.path));
	}
	if (onPath.length > 0) throw new InputProblem(405, "method", `${request.method} is not allowed here`);
	throw new InputProblem(404, "path", `${request.path} does not exist`);
}

/** The groups of a pattern, unescaped: ids may carry any sign. */
function paramsOf(pattern: RegExp, path: string): string[] {
	try {
		return (pattern.exec(path)?.slice(1) ?? []).map(decodeURIComponent);
	} catch {
		throw new InputProblem(400, "path", "is not well escaped");
	}
}

/** The first texts are made before the head is sent, so that bad input can still be refused. */
async function streamLines(texts: Generator<string>, response: ServerResponse): Promise<void> {
	const first = texts.next();
	response.writeHead(200, { "content-type": "application/x-ndjson" });
	for (let next = first; !next.done; next = texts.next()) {
		if (!response.write(next.value)) await Promise.race([once(response, "drain"), once(response, "close")]);
		if (response.destroyed) return;
	}
	response.end();
}

/** What came out of a printer. */
function printPdf({ prints }: PrintRoom, n: string): Answer {
	const body = prints.pdf(Number(n));
	if (body === null) throw new InputProblem(404, "n", `${n} was not printed, or too long ago`);
	return { status: 200, type: "application/pdf", body };
}

function clearFaults({ faults }: Simulators): object {
	faults.clear();
	return { faults: [] };
}

function platformOf(simulators: Simulators, name: string): PlatformSimulator {
	const platform = simulators.platform(name);
	if (!platform) throw new InputProblem(404, "platform", `${name} is not simulated`);
	return platform;
}

function dialectOf(name: string): string {
	if (!erpKinds.some(({ dialect }) => dialect === name))
		throw new InputProblem(404, "dialect", `${name} is not simulated`);
	return name;
}

/** The address the caller used, which is the one to give to others. */
function originOf(request: Received): string {
	return `http://${header(request, "host")}`;
}
