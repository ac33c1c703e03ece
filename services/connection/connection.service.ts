import type { Context, ServiceSchema } from "moleculer";
import { audited } from "../../mixins/audited.ts";
import { ownsModels } from "../../mixins/database.ts";
import { type PageQuery, wholePageParams } from "../../mixins/paging.ts";
import { reseals } from "../../mixins/reseal.ts";
import { dialects } from "../erp/dialects.ts";
import { ConnectionModel, connectionStatuses } from "./connection.model.ts";
import {
	allConnections,
	type ConnectionChange,
	createConnection,
	getConnection,
	listConnections,
	type NewConnection,
	openConnection,
	sealedConnections,
	updateConnection,
} from "./connection.ts";

const id = { type: "string", pattern: "^[A-Za-z0-9_-]{1,60}$" } as const;
const name = "string|trim|min:1|max:60";
const url = "string|max:500";
const key = { type: "string", pattern: "^[A-Za-z][A-Za-z0-9]{0,39}$" } as const;
const settings = { type: "record", key, value: "string|max:4000", optional: true } as const;
/** Printable ASCII: secrets travel in headers. */
const secret = { type: "string", pattern: String.raw`^[\x20-\x7e]{0,4000}$` } as const;
const secrets = { type: "record", key, value: secret } as const;
const status = { type: "enum", values: [...connectionStatuses], optional: true } as const;

/** connection: how each ERP is reached. The only one to hold the ERPs' secrets. */
const ConnectionService: ServiceSchema = {
	name: "connection",
	mixins: [
		audited({ create: ({ id, name }) => id ?? name, update: ({ id }) => id }),
		reseals(sealedConnections),
		ownsModels(ConnectionModel),
	] as ServiceSchema[],
	actions: {
		/** `id` is made when not given. Returns a ConnectionView, as do the others: without secrets. */
		create: {
			params: {
				$$strict: true,
				id: { ...id, optional: true },
				dialect: "string",
				name,
				url,
				settings,
				secrets,
			},
			handler: (ctx: Context<NewConnection>) => createConnection(ctx.params),
		},
		/** `settings` replaces them all; `secrets` replaces those it names. */
		update: {
			params: {
				$$strict: true,
				id,
				name: { type: "string", trim: true, min: 1, max: 60, optional: true },
				url: { type: "string", max: 500, optional: true },
				settings,
				secrets: { ...secrets, optional: true },
				status,
			},
			handler: (ctx: Context<ConnectionChange>) => updateConnection(ctx.params),
		},
		list: {
			params: { $$strict: true, ...wholePageParams },
			handler: (ctx: Context<PageQuery>) => listConnections(ctx.params),
		},
		/** {items}: every connection, however many. */
		all: {
			visibility: "public", // services and nodes, never the gateway
			params: { $$strict: true },
			handler: () => allConnections(),
		},
		/** Any text may be asked for: others' params let it through. @throws CONNECTION_MISSING also for what is no id */
		get: {
			params: { $$strict: true, id: "string" },
			handler: (ctx: Context<{ id: string }>) => getConnection(ctx.params.id),
		},
		/** What a connection of each dialect needs: {items: [{dialect, settingNames, secretNames}]}. */
		dialects: {
			params: { $$strict: true },
			handler: () => ({
				items: Object.values(dialects).map(({ dialect, settingNames, secretNames }) => ({
					dialect,
					settingNames,
					secretNames,
				})),
			}),
		},
		/** Secrets in plain text: only for the service that speaks to the ERP. */
		open: {
			visibility: "public",
			params: { $$strict: true, id: "string" },
			handler: (ctx: Context<{ id: string }>) => openConnection(ctx.params.id),
		},
	},
};

export default ConnectionService;
