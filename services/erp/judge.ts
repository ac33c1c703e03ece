import { hubError } from "../../config/errors.ts";
import { driverOf } from "./dialects.ts";
import type { PushKind } from "./driver.ts";
import { objections } from "./form.ts";
import type { Judgement } from "./judgement.ts";

/** A document that is not sent, and what it would be sent to. */
export interface Draft {
	dialect: string;
	kind: PushKind;
	settings: Record<string, string>; // of the connection
	document: Record<string, unknown>;
}

/** What the ERP would say of it. Asks nobody. @throws ERP_UNKNOWN_DIALECT, INVALID for a kind the ERP cannot be told */
export function judge({ dialect, kind, settings, document }: Draft): Judgement {
	const told = driverOf(dialect).kinds[kind];
	if (!told) throw hubError("INVALID", `${dialect} takes no ${kind}`, { field: "kind" });
	return { problems: objections(told, document, settings), booking: told.booking(document, settings) };
}
