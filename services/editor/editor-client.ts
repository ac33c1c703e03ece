/** What a browser does at the editor and the dashboard, for the tests: signing in, reading, deploying, the socket. */
import type { FlowNode } from "./flow-files.ts";

interface Flows {
	rev: string;
	flows: FlowNode[];
}

/** Signs in at the editor's own form. @returns the token, or null when refused */
export async function editorToken(url: string, username: string, password: string): Promise<string | null> {
	const body = new URLSearchParams({
		client_id: "node-red-editor",
		grant_type: "password",
		scope: "",
		username,
		password,
	});
	const answer = await fetch(`${url}/auth/token`, { method: "POST", body });
	return answer.ok ? ((await answer.json()) as { access_token: string }).access_token : null;
}

/** Signs in at /login. @returns the Cookie header for what follows, or null when refused */
export async function dashboardCookie(url: string, username: string, password: string): Promise<string | null> {
	const body = new URLSearchParams({ username, password });
	const answer = await fetch(`${url}/login`, { method: "POST", body, redirect: "manual" });
	return answer.status === 303 ? (answer.headers.getSetCookie()[0]?.split(";")[0] ?? null) : null;
}

export async function readFlows(url: string, headers: Record<string, string>): Promise<Flows> {
	const answer = await fetch(`${url}/flows`, { headers: { ...headers, "Node-RED-API-Version": "v2" } });
	if (!answer.ok) throw new Error(`GET /flows answered ${answer.status}`);
	return (await answer.json()) as Flows;
}

/** @returns the HTTP status */
export async function deploy(url: string, headers: Record<string, string>, flows: Flows): Promise<number> {
	return (await sendFlows(url, headers, flows)).status;
}

export function sendFlows(url: string, headers: Record<string, string>, flows: Flows): Promise<Response> {
	return fetch(`${url}/flows`, {
		method: "POST",
		headers: { ...headers, "Node-RED-API-Version": "v2", "content-type": "application/json" },
		body: JSON.stringify(flows),
	});
}

export interface DashboardSocket {
	emit(...event: unknown[]): void;
	received: unknown[][];
	closed: Promise<void>; // by either side
	close(): void;
}

/** Opens the dashboard's socket.io socket by hand (protocol 4), with any headers. `null`: refused. */
export function dashboardSocket(url: string, headers: Record<string, string>): Promise<DashboardSocket | null> {
	const { promise, resolve } = Promise.withResolvers<DashboardSocket | null>();
	const address = `${url.replace("http", "ws")}/dashboard/socket.io/?EIO=4&transport=websocket`;
	// Node's own WebSocket takes headers, which the type for browsers does not know.
	const socket = new WebSocket(address, { headers } as unknown as string[]);
	const received: unknown[][] = [];
	const over = Promise.withResolvers<void>();
	socket.addEventListener("close", () => over.resolve());
	socket.addEventListener("message", ({ data }) => {
		const packet = String(data);
		if (packet.startsWith("0")) socket.send("40");
		else if (packet === "2") socket.send("3");
		else if (packet.startsWith("40"))
			resolve({
				emit: (...event) => socket.send(`42${JSON.stringify(event)}`),
				received,
				closed: over.promise,
				close: () => socket.close(),
			});
		else if (packet.startsWith("44")) {
			socket.close();
			resolve(null);
		} else if (packet.startsWith("42")) received.push(JSON.parse(packet.slice(2)) as unknown[]);
	});
	for (const end of ["error", "close"]) socket.addEventListener(end, () => resolve(null));
	return promise;
}
