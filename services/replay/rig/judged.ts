import { dialects } from "../../erp/dialects.ts";
import { judge } from "../../erp/judge.ts";
import type { Connections, MadeDocument } from "./plan.ts";

type Draft = Pick<MadeDocument, "kind" | "connectionId" | "document">;

/** What the ERP would say of a document, before it is sent. */
export function judged({ kind, connectionId, document }: Draft, connections: Connections): MadeDocument {
	const made = { kind, connectionId, document };
	const connection = connections[connectionId];
	if (!connection) return { ...made, objections: ["(connection)"], bookedFen: null };
	if (!isDocument(document)) return { ...made, objections: ["(document)"], bookedFen: null };
	if (!dialects[connection.dialect]?.kinds[kind]) return { ...made, objections: ["(kind)"], bookedFen: null };
	const { problems, booking } = judge({ dialect: connection.dialect, kind, settings: connection.settings, document });
	const refused = problems.filter(({ rule }) => rule !== "UNKNOWN_FIELD").map(({ field }) => field);
	const due = booking?.totals.find(({ is }) => is === "due")?.fen;
	return { ...made, objections: [...new Set(refused)].sort(), bookedFen: due ?? null };
}

const isDocument = (value: unknown): value is Record<string, unknown> =>
	typeof value === "object" && value !== null && !Array.isArray(value);
