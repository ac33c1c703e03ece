import { randomBytes } from "node:crypto";
import type { Context, ServiceSchema } from "moleculer";
import { hubError } from "../../config/errors.ts";
import { type Scope, scopes } from "../../config/roles.ts";
import { audited } from "../../mixins/audited.ts";
import { ownsModels } from "../../mixins/database.ts";
import { type Page, type PageQuery, pageById, pageParams } from "../../mixins/paging.ts";
import { type Client, ClientModel } from "./client.model.ts";
import { duplicateIsConflict } from "./conflict.ts";
import { type Identity, type ShopLimit, shopLimitRule } from "./identity.ts";
import { hashPassword, isWeak, passwordMatches } from "./password.ts";

const secret = "string|optional|min:16|max:200";
const scopeList = { type: "array", min: 1, unique: true, items: { type: "enum", values: scopes } };

/** client: the only writer of the clients collection. */
const ClientService: ServiceSchema = {
	name: "client",
	mixins: [
		audited({ create: ({ id }) => id, update: ({ id }) => id, rotateSecret: ({ id }) => id }),
		ownsModels(ClientModel),
	] as ServiceSchema[],
	actions: {
		/**
		 * Returns the client with its secret, for the first and last time; one is made up where none is given.
		 * @throws CONFLICT when the id is taken
		 */
		create: {
			params: {
				$$strict: true,
				id: { type: "string", pattern: "^[a-z0-9][a-z0-9._-]{0,39}$" },
				name: "string|trim|min:1|max:80",
				secret,
				scopes: scopeList,
				shops: shopLimitRule,
			},
			handler: (ctx: Context<NewClient>) => createClient(ctx.params),
		},
		/** Changes what is given. A new secret and `disabled` end the client's sessions. */
		update: {
			params: {
				$$strict: true,
				id: "string",
				name: "string|optional|trim|min:1|max:80",
				secret,
				scopes: { ...scopeList, optional: true },
				shops: shopLimitRule,
				disabled: "boolean|optional",
			},
			handler: (ctx: Context<ClientChange>) => updateClient(ctx.params),
		},
		/**
		 * Makes a new secret, shown now only, and lets the one of before sign in for some hours more: {secret,
		 * previousUntil}. Its sessions end then too. A secret that must not work any longer: 0 hours.
		 */
		rotateSecret: {
			params: {
				$$strict: true,
				id: "string",
				overlapHours: { type: "number", integer: true, min: 0, max: 168, default: 24 },
			},
			handler: (ctx: Context<{ id: string; overlapHours: number }>) => rotateSecret(ctx.params),
		},
		/** Returns {items, nextCursor}, by id. */
		list: {
			params: { $$strict: true, ...pageParams },
			handler: async (ctx: Context<PageQuery>): Promise<Page<ClientView>> => {
				const { items, nextCursor } = await pageById<Client>(ClientModel, ctx.params);
				return { items: items.map(viewOf), nextCursor };
			},
		},
		/** ClientCredential[]: how old each program's secret is. */
		credentials: { visibility: "public", params: { $$strict: true }, handler: () => credentials() },
		/** @throws NOT_FOUND */
		get: {
			params: { $$strict: true, id: "string" },
			handler: async (ctx: Context<{ id: string }>) => {
				const client = await ClientModel.findById(ctx.params.id).lean<Client>();
				if (!client) throw hubError("NOT_FOUND");
				return viewOf(client);
			},
		},
		/** Which program has these. @throws BAD_CREDENTIALS, whatever of them is wrong */
		identify: {
			visibility: "public",
			params: { $$strict: true, clientId: "string", clientSecret: "string" },
			handler: (ctx: Context<{ clientId: string; clientSecret: string }>) => identify(ctx.params),
		},
		/** @throws UNAUTHENTICATED when there is no such client, or it is disabled */
		identity: {
			visibility: "public",
			params: { $$strict: true, id: "string" },
			handler: async (ctx: Context<{ id: string }>) => {
				const client = await ClientModel.findById(ctx.params.id).lean<Client>();
				if (!client || client.disabled) throw hubError("UNAUTHENTICATED");
				return identityOf(client);
			},
		},
	},
};

interface NewClient {
	id: string;
	name: string;
	secret?: string;
	scopes: Scope[];
	shops?: ShopLimit; // "*" when left out
}
type ClientChange = { id: string } & Partial<Omit<NewClient, "id"> & { disabled: boolean }>;
type ClientView = Omit<Client, "secretHash" | "secretChangedAt" | "previous">;

const viewOf = ({ _id, name, scopes, shops, disabled }: Client): ClientView => {
	return { _id, name, scopes, shops, disabled };
};

export interface ClientCredential extends Pick<Client, "_id" | "name" | "disabled"> {
	secretSince: Date;
	previousUntil: Date | null; // the secret of before signs in until then; null: it does not
}

async function credentials(): Promise<ClientCredential[]> {
	const clients = await ClientModel.find().sort({ _id: 1 }).lean<Client[]>();
	return clients.map(({ _id, name, disabled, secretChangedAt: secretSince, previous }) => {
		return { _id, name, disabled, secretSince, previousUntil: isGood(previous) ? previous.until : null };
	});
}

const isGood = (previous: Client["previous"]): previous is NonNullable<Client["previous"]> =>
	previous != null && previous.until.getTime() > Date.now();

function identityOf({ _id, name, scopes, shops, secretChangedAt, previous }: Client): Identity {
	const since = isGood(previous) ? previous.secretChangedAt : secretChangedAt;
	return { kind: "client", id: _id, name, roles: [], scopes, shops, secretChangedAt: since.getTime() };
}

async function createClient({
	id,
	name,
	scopes,
	shops = "*",
	...given
}: NewClient): Promise<ClientView & { secret: string }> {
	const secret = given.secret ?? randomBytes(24).toString("base64url");
	const secretHash = await hashPassword(secret);
	const secretChangedAt = new Date();
	const client: Client = {
		_id: id,
		name,
		secretHash,
		secretChangedAt,
		previous: null,
		scopes,
		shops,
		disabled: false,
	};
	await duplicateIsConflict(ClientModel.create(client));
	return { ...viewOf(client), secret };
}

async function updateClient({ id, secret, ...change }: ClientChange): Promise<ClientView> {
	const changed = secret && {
		secretHash: await hashPassword(secret),
		secretChangedAt: new Date(),
		previous: null,
	};
	const client = await ClientModel.findByIdAndUpdate(
		id,
		{ $set: { ...change, ...changed } },
		{ returnDocument: "after", runValidators: true },
	).lean<Client>();
	if (!client) throw hubError("NOT_FOUND");
	return viewOf(client);
}

async function rotateSecret({ id, overlapHours }: { id: string; overlapHours: number }): Promise<RotatedSecret> {
	const client = await ClientModel.findById(id).lean<Client>();
	if (!client) throw hubError("NOT_FOUND");
	const { secretHash: before, secretChangedAt: since } = client;
	const secret = randomBytes(24).toString("base64url");
	const now = new Date();
	const until = new Date(now.getTime() + overlapHours * 3_600_000);
	const previous = overlapHours ? { secretHash: before, secretChangedAt: since, until } : null;
	const { matchedCount } = await ClientModel.updateOne(
		{ _id: id, secretHash: before },
		{ $set: { secretHash: await hashPassword(secret), secretChangedAt: now, previous } },
	);
	if (!matchedCount) throw hubError("CONFLICT", "its secret was changed at the same moment");
	return { ...viewOf(client), secret, previousUntil: previous && until };
}

interface RotatedSecret extends ClientView {
	secret: string;
	previousUntil: Date | null; // null: the secret of before is worth nothing from now on
}

async function identify({ clientId, clientSecret }: { clientId: string; clientSecret: string }): Promise<Identity> {
	const client = await ClientModel.findById(clientId).lean<Client>();
	if (await passwordMatches(clientSecret, client?.secretHash ?? null)) {
		if (!client || client.disabled) throw hubError("BAD_CREDENTIALS");
		await strengthen(client, clientSecret);
		return identityOf(client);
	}
	const previous = client?.previous ?? null;
	if (!client || client.disabled || !isGood(previous)) throw hubError("BAD_CREDENTIALS");
	if (!(await passwordMatches(clientSecret, previous.secretHash))) throw hubError("BAD_CREDENTIALS");
	return { ...identityOf(client), goodUntil: previous.until.getTime() };
}

/** The same secret at today's cost, so that its sessions go on. One that has just been changed stays as it is. */
async function strengthen({ _id, secretHash: weak }: Client, secret: string): Promise<void> {
	if (!isWeak(weak)) return;
	await ClientModel.updateOne({ _id, secretHash: weak }, { $set: { secretHash: await hashPassword(secret) } });
}

export default ClientService;
