/** A gateway with real accounts on a free port, and stand-ins for the services behind it. For tests. */
import type { Context, ServiceBroker, ServiceSchema } from "moleculer";
import { env } from "../../config/env.ts";
import { type Role, routes, type Scope } from "../../config/roles.ts";
import { startBroker } from "../../test/broker.ts";
import AccountService, { type Tokens } from "../account/account.service.ts";
import ClientService from "../account/client.service.ts";
import type { CallMeta, ShopLimit } from "../account/identity.ts";
import UserService from "../account/user.service.ts";
import AuditService from "../audit/audit.service.ts";
import ApiService from "./api.service.ts";
import type { Problem } from "./problem.ts";
import { basePath } from "./table-routes.ts";

export const adminPassword = "correct horse battery";

export interface Recorded {
	action: string;
	params: Record<string, unknown>;
	meta: CallMeta;
}

export interface Reply<T> {
	status: number;
	headers: Headers;
	body: T;
}

export interface Testbed {
	broker: ServiceBroker;
	url: string;
	calls: Recorded[]; // what reached the stand-ins
	/** Path below /api/v1. `body` of a string goes out as it is. */
	send<T = Problem>(method: string, path: string, options?: SendOptions): Promise<Reply<T>>;
	signIn(username?: string, password?: string): Promise<string>;
	tokenOfRole(role: Role, shops?: ShopLimit): Promise<string>;
	tokenOfClient(id: string, scopes?: Scope[], shops?: ShopLimit): Promise<string>;
	stop(): Promise<void>;
}

export interface SendOptions {
	token?: string;
	body?: unknown;
	headers?: Record<string, string>;
}

/** What the stand-ins do instead of recording and answering {done: action}. */
export type Behaviour = Partial<Record<string, (ctx: Context<Record<string, unknown>, CallMeta>) => unknown>>;

const own = [UserService, ClientService, AuditService, AccountService];

/** One service a name in the table of routes, its actions taking anything, unless `params` says what. */
function standIns(
	calls: Recorded[],
	behaviour: Behaviour,
	params: Record<string, Record<string, unknown>>,
	real: ReadonlySet<string>,
): ServiceSchema[] {
	const byService = Map.groupBy(
		routes.map(({ action }) => action).filter((action) => !real.has(action.split(".")[0] ?? "")),
		(action) => action.split(".")[0] ?? "",
	);
	return [...byService].map(([name, actions]) => ({
		name,
		actions: Object.fromEntries(
			actions.map((action) => [
				action.slice(name.length + 1),
				{
					...(params[action] && { params: params[action] }),
					handler(ctx: Context<Record<string, unknown>, CallMeta>) {
						calls.push({ action, params: ctx.params, meta: { ...ctx.meta } });
						return behaviour[action]?.(ctx) ?? { done: action };
					},
				},
			]),
		),
	})) as ServiceSchema[];
}

/** `more`: services that are no stand-ins. */
export async function startTestbed(
	behaviour: Behaviour = {},
	params: Record<string, Record<string, unknown>> = {},
	more: readonly ServiceSchema[] = [],
): Promise<Testbed> {
	env.adminPassword = adminPassword;
	const calls: Recorded[] = [];
	const services = [...own, ...more];
	const real = new Set(services.map(({ name }) => name));
	const broker = await startBroker(...services, ApiService, ...standIns(calls, behaviour, params, real));
	const { url } = await broker.call<{ url: string }>("api.address");

	const send = async <T>(
		method: string,
		path: string,
		{ token, body, headers }: SendOptions = {},
	): Promise<Reply<T>> => {
		const response = await fetch(url + basePath + path, {
			method,
			headers: {
				...(token && { authorization: `Bearer ${token}` }),
				...(body !== undefined && { "content-type": "application/json" }),
				...headers,
			},
			body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
		});
		const text = await response.text();
		const isJson = /json/.test(response.headers.get("content-type") ?? "");
		return {
			status: response.status,
			headers: response.headers,
			body: (text && isJson ? JSON.parse(text) : text || null) as T,
		};
	};
	const signIn = async (username = "admin", password = adminPassword): Promise<string> => {
		const { token } = await broker.call<Tokens, object>("account.login", { username, password });
		return token;
	};
	return {
		broker,
		url,
		calls,
		send,
		signIn,
		async tokenOfRole(role, shops = "*") {
			const username = `${role}-${Math.random().toString(36).slice(2)}`;
			const password = "a long password";
			await broker.call("user.create", { username, name: role, password, roles: [role], shops });
			return signIn(username, password);
		},
		async tokenOfClient(id, scopes = ["erp"], shops = "*") {
			const client = { id, name: id, scopes, shops };
			const { secret } = await broker.call<{ secret: string }, object>("client.create", client);
			const { token } = await broker.call<Tokens, object>("account.token", { clientId: id, clientSecret: secret });
			return token;
		},
		stop: () => broker.stop(),
	};
}
