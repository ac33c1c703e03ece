/**
 * Closes what Dashboard 2 leaves open: a connected browser may make ANY node of the runtime send, and say who it is.
 * This plugin lets through dashboard widgets only and stamps the real user. A flow of an integrator's own that shows
 * the data of some shops marks its message with `shops` ("*", or their ids with a space between them): those who may
 * not see just these do not get it.
 */
import type { NodeAPI } from "node-red";

/** Who looks on, put on the socket by the editor service. */
export interface Viewer {
	sub: string;
	roles: string[];
	shops: "*" | string[];
}
interface Connection {
	data: { user?: Viewer };
}
interface DashboardMessage {
	_client?: Record<string, unknown>;
	shops?: string; // shopsKey of those it is for; none: for everyone
}

/** One text for one set of shops. */
export const shopsKey = (shops: Viewer["shops"]): string => (shops === "*" ? "*" : [...shops].sort().join(" "));

export default function plugin(RED: NodeAPI): void {
	const mayOperate = new Set(["admin", "operator"]);

	const allow = (connection: Connection, id: string, msg: unknown): unknown => {
		const type = RED.nodes.getNode(id)?.type ?? "";
		if (!type.startsWith("ui-")) return null;
		return connection.data.user?.roles.some((role) => mayOperate.has(role)) ? msg : null;
	};
	const isFor = ({ data: { user } }: Connection, { shops }: DashboardMessage): boolean =>
		user !== undefined && (shops === undefined || shops === shopsKey(user.shops));

	RED.plugins.registerPlugin("hub-dashboard", {
		type: "node-red-dashboard-2",
		hooks: {
			onAction: allow,
			onChange: allow,
			onSend: allow,
			onAddConnectionCredentials: (connection: Connection, msg: DashboardMessage) => {
				msg._client = { user: connection.data.user ?? null };
				return msg;
			},
			onIsValidConnection: isFor,
			// What a browser gets on opening the page is the last message, which may have been for others.
			onLoad: (connection: Connection, _id: string, msg: DashboardMessage | undefined) =>
				msg && isFor(connection, msg) ? msg : undefined,
		},
	} as never);
}
