import { randomBytes } from "node:crypto";
import type { Context, ServiceSchema } from "moleculer";
import { env } from "../../config/env.ts";
import { hubError } from "../../config/errors.ts";
import { type Role, roles } from "../../config/roles.ts";
import { audited } from "../../mixins/audited.ts";
import { ownsModels } from "../../mixins/database.ts";
import { type Page, type PageQuery, pageById, pageParams } from "../../mixins/paging.ts";
import { duplicateIsConflict } from "./conflict.ts";
import { type CallMeta, type Identity, type ShopLimit, shopLimitRule } from "./identity.ts";
import { hashPassword, isWeak, passwordMatches } from "./password.ts";
import { type User, UserModel } from "./user.model.ts";

const password = "string|min:8|max:200";
const roleList = { type: "array", min: 1, unique: true, items: { type: "enum", values: roles } };

/** user: the only writer of the users collection. */
const UserService: ServiceSchema = {
	name: "user",
	mixins: [
		audited({ create: ({ username }) => username, update: ({ id }) => id }),
		ownsModels(UserModel),
	] as ServiceSchema[],
	actions: {
		/** Returns the user without his password. @throws CONFLICT when the name is taken. */
		create: {
			params: {
				$$strict: true,
				username: { type: "string", pattern: "^[a-z0-9][a-z0-9._-]{0,39}$" },
				name: "string|trim|min:1|max:80",
				password,
				roles: roleList,
				shops: shopLimitRule,
			},
			handler: (ctx: Context<NewUser>) => createUser(ctx.params),
		},
		/** Changes what is given. A new password and `disabled` end the user's sessions. */
		update: {
			params: {
				$$strict: true,
				id: "string",
				name: "string|optional|trim|min:1|max:80",
				password: `${password}|optional`,
				roles: { ...roleList, optional: true },
				shops: shopLimitRule,
				disabled: "boolean|optional",
			},
			handler: (ctx: Context<UserChange, CallMeta>) => updateUser(ctx.params, ctx.meta.actor),
		},
		/** Returns {items, nextCursor}, by user name. */
		list: {
			params: { $$strict: true, ...pageParams },
			handler: async (ctx: Context<PageQuery>): Promise<Page<UserView>> => {
				const { items, nextCursor } = await pageById<User>(UserModel, ctx.params);
				return { items: items.map(viewOf), nextCursor };
			},
		},
		/** @throws NOT_FOUND */
		get: {
			params: { $$strict: true, id: "string" },
			handler: async (ctx: Context<{ id: string }>) => viewOf(await findUser(ctx.params.id)),
		},
		/** Who signs in with these. @throws BAD_CREDENTIALS, whatever of them is wrong */
		identify: {
			visibility: "public",
			params: { $$strict: true, username: "string", password: "string" },
			handler: (ctx: Context<{ username: string; password: string }>) => identify(ctx.params),
		},
		/** @throws UNAUTHENTICATED when there is no such user, or he is disabled */
		identity: {
			visibility: "public",
			params: { $$strict: true, id: "string" },
			handler: async (ctx: Context<{ id: string }>) => {
				const user = await UserModel.findById(ctx.params.id).lean<User>();
				if (!user || user.disabled) throw hubError("UNAUTHENTICATED");
				return identityOf(user);
			},
		},
	},
	async started() {
		const made = await makeFirstAdmin(env.adminPassword);
		// Straight to the console, once: it must be seen at every log level, and must not enter collected logs.
		if (made) process.stdout.write(`admin password: ${made}\n`);
	},
};

interface NewUser {
	username: string;
	name: string;
	password: string;
	roles: Role[];
	shops?: ShopLimit; // "*" when left out
}
type UserChange = { id: string } & Partial<Omit<NewUser, "username"> & { disabled: boolean }>;
type UserView = Omit<User, "passwordHash" | "passwordChangedAt">;

const viewOf = ({ _id, name, roles, shops, disabled }: User): UserView => ({ _id, name, roles, shops, disabled });

const identityOf = ({ _id, name, roles, shops, passwordChangedAt }: User): Identity => {
	return { kind: "user", id: _id, name, roles, scopes: [], shops, secretChangedAt: passwordChangedAt.getTime() };
};

async function findUser(id: string): Promise<User> {
	const user = await UserModel.findById(id).lean<User>();
	if (!user) throw hubError("NOT_FOUND");
	return user;
}

async function createUser({ username, name, password, roles, shops = "*" }: NewUser): Promise<UserView> {
	const passwordHash = await hashPassword(password);
	const user: User = {
		_id: username,
		name,
		passwordHash,
		passwordChangedAt: new Date(),
		roles,
		shops,
		disabled: false,
	};
	await duplicateIsConflict(UserModel.create(user));
	return viewOf(user);
}

async function updateUser({ id, password, ...change }: UserChange, actor: string | undefined): Promise<UserView> {
	// Only administrators come here, so as long as none can take his own rights there is always one left.
	const losesRights = change.disabled || (change.roles && !change.roles.includes("admin"));
	if (losesRights && actor === `user:${id}`) throw hubError("CONFLICT", "another administrator must do this");
	const secret = password && { passwordHash: await hashPassword(password), passwordChangedAt: new Date() };
	const user = await UserModel.findByIdAndUpdate(
		id,
		{ $set: { ...change, ...secret } },
		{ returnDocument: "after", runValidators: true },
	).lean<User>();
	if (!user) throw hubError("NOT_FOUND");
	return viewOf(user);
}

async function identify({ username, password }: { username: string; password: string }): Promise<Identity> {
	const user = await UserModel.findById(username).lean<User>();
	const matches = await passwordMatches(password, user?.passwordHash ?? null);
	if (!user || !matches || user.disabled) throw hubError("BAD_CREDENTIALS");
	const { _id, passwordHash: weak } = user;
	if (isWeak(weak)) {
		// The same password, so that his sessions go on. One that has just been changed stays as it is.
		await UserModel.updateOne({ _id, passwordHash: weak }, { $set: { passwordHash: await hashPassword(password) } });
	}
	return identityOf(user);
}

/**
 * Where there is no user yet, makes "admin". Several processes may try: the insert decides.
 * Returns the password when it was made up here and is in force.
 */
export async function makeFirstAdmin(given: string | null): Promise<string | null> {
	if (await UserModel.exists({})) return null;
	const password = given ?? randomBytes(12).toString("base64url");
	const passwordHash = await hashPassword(password);
	const { upsertedCount } = await UserModel.updateOne(
		{ _id: "admin" },
		{ $setOnInsert: { name: "admin", passwordHash, passwordChangedAt: new Date(), roles: ["admin"], shops: "*" } },
		{ upsert: true, setDefaultsOnInsert: true },
	);
	return upsertedCount && !given ? password : null;
}

export default UserService;
