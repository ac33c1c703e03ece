import { randomUUID } from "node:crypto";
import { hubError } from "../../config/errors.ts";
import { checkAddress } from "../../mixins/named-address.ts";
import { type Page, type PageQuery, pageById } from "../../mixins/paging.ts";
import { decrypt, encrypt } from "../../mixins/secret.ts";
import { driverOf } from "../erp/dialects.ts";
import type { Connection } from "../erp/driver.ts";
import { ConnectionModel, type StoredConnection } from "./connection.model.ts";

/** A connection as people see it: which secrets are set, never what they are. */
export interface ConnectionView extends Omit<StoredConnection, "secrets"> {
	secretNames: string[];
}

export interface NewConnection {
	id?: string;
	dialect: string;
	name: string;
	url: string;
	settings?: Record<string, string>;
	secrets: Record<string, string>;
}

export interface ConnectionChange {
	id: string;
	name?: string;
	url?: string;
	settings?: Record<string, string>; // replaces them all
	secrets?: Record<string, string>; // replaces those named, keeps the others
	status?: StoredConnection["status"];
}

const purpose = "connection";
export const sealedConnections = {
	model: ConnectionModel,
	purpose,
	pathsOf: ({ secrets }: StoredConnection) => Object.keys(secrets).map((name) => `secrets.${name}`),
};

/** @throws ERP_UNKNOWN_DIALECT, INVALID naming what the dialect needs, CONFLICT when the id is taken */
export async function createConnection(input: NewConnection): Promise<ConnectionView> {
	const { id = randomUUID(), settings = {}, secrets, ...rest } = input;
	checkComplete(rest.dialect, settings, secrets);
	const connection = { _id: id, ...rest, url: checkedUrl(rest.url), settings, status: "ACTIVE" as const };
	try {
		const stored = await ConnectionModel.create({ ...connection, secrets: sealed(id, secrets) });
		return view(stored.toObject());
	} catch (err) {
		if ((err as { code?: number }).code !== 11000) throw err;
		throw hubError("CONFLICT", `there is a connection ${id} already`, { id });
	}
}

/** @throws CONNECTION_MISSING, INVALID */
export async function updateConnection({ id, secrets, ...change }: ConnectionChange): Promise<ConnectionView> {
	const stored = await storedConnection(id);
	checkComplete(stored.dialect, change.settings ?? stored.settings, { ...stored.secrets, ...secrets });
	const $set: Record<string, unknown> = { ...change };
	if (change.url !== undefined) $set.url = checkedUrl(change.url);
	// Each secret by its own path: two people changing two secrets at once both succeed.
	for (const [name, value] of Object.entries(sealed(id, secrets ?? {}))) $set[`secrets.${name}`] = value;
	const updated = await ConnectionModel.findByIdAndUpdate(id, { $set }, { returnDocument: "after" }).lean();
	if (!updated) throw notFound(id);
	return view(updated);
}

/** In the order of their ids. */
export async function listConnections(query: PageQuery): Promise<Page<ConnectionView>> {
	const { items, nextCursor } = await pageById<StoredConnection>(ConnectionModel, query);
	return { items: items.map(view), nextCursor };
}

export async function allConnections(): Promise<{ items: ConnectionView[] }> {
	const items = await ConnectionModel.find().sort({ _id: 1 }).lean();
	return { items: items.map(view) };
}

/** @throws CONNECTION_MISSING */
export const getConnection = async (id: string): Promise<ConnectionView> => view(await storedConnection(id));

/** With its secrets in plain text: for the erp service alone. @throws CONNECTION_MISSING, CONFLICT when it is switched off */
export async function openConnection(id: string): Promise<Connection> {
	const { dialect, name, url, settings, secrets, status } = await storedConnection(id);
	if (status !== "ACTIVE") throw hubError("CONFLICT", `connection ${id} is switched off`, { id });
	const opened = Object.entries(secrets).map(([key, value]) => [key, decrypt(purpose, id, value)]);
	return { id, dialect, name, url, settings, secrets: Object.fromEntries(opened) };
}

async function storedConnection(id: string): Promise<StoredConnection> {
	const stored = await ConnectionModel.findById(id).lean();
	if (!stored) throw notFound(id);
	return stored;
}

const notFound = (id: string): Error => hubError("CONNECTION_MISSING", id, { id });

const sealed = (id: string, secrets: Record<string, string>): Record<string, string> =>
	Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, encrypt(purpose, id, value)]));

function checkComplete(dialect: string, settings: Record<string, string>, secrets: Record<string, string>): void {
	const driver = driverOf(dialect);
	const needless = driver.needless?.(settings) ?? [];
	const missing = [
		...driver.settingNames.filter((name) => !settings[name]).map((name) => `settings.${name}`),
		...driver.secretNames.filter((name) => !secrets[name] && !needless.includes(name)).map((name) => `secrets.${name}`),
	];
	if (missing.length) throw hubError("INVALID", `${dialect} needs ${missing.join(", ")}`, { fields: missing });
}

function checkedUrl(url: string): string {
	const parsed = URL.parse(url);
	if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password)
		throw hubError("INVALID", "url must be http(s)://… without a user name in it", { fields: ["url"] });
	checkAddress("url", parsed);
	return url;
}

function view({ secrets, ...rest }: StoredConnection): ConnectionView {
	return { ...rest, secretNames: Object.keys(secrets).sort() };
}
