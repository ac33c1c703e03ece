/** What is wrong with a mapping, as the editor shows it and as a deployment is refused for. */
import type { Words } from "../../../services/erp/format.ts";
import type { Judgement } from "../../../services/erp/judgement.ts";

export const problemCodes = [
	"SYNTAX", // it is not JSONata
	"FAILED", // it ends in an error for some order
	"TIMEOUT",
	"REQUIRED", // the ERP cannot do without this field
	"FORMAT", // the ERP cannot take the value
	"ERP_FIELD", // the ERP knows no such field
	"COLLAPSE", // a list that is none when there is one line
	"VANISHES", // a field that is not there for some orders
	"ROUNDING", // half to even, or of what was rounded before
	"MONEY", // fen divided or multiplied by hand
	"AMOUNT", // what the ERP would book is not what was paid
	"LINES", // what the ERP would deliver is not what was ordered
	"NUMBER", // the number that the ERP is asked by
	"TIME_ZONE",
	"ID_AS_NUMBER",
	"INPUT_FIELD", // orders have no such field
	"SETTING", // the connection has no such setting
	"NAME", // there is no such function or variable
	"CONSTANT", // people's data or a secret written into the mapping
	"PEOPLE", // people's data where they do not belong
	"MISPLACED", // a field that holds another field's value
	"UNSTABLE", // a repeat would make another document
	"REGEX",
] as const;
export type ProblemCode = (typeof problemCodes)[number];

export interface MappingProblem {
	level: "error" | "warning";
	code: ProblemCode;
	field: string; // path in the document ("orderLines.orderLine[].planQty") or of the input ("order.recieverName")
	line: number | null; // from 1, as is column
	column: number | null;
	words: Words; // names the field and the remedy; never a value that could be a person's
}

/** What the mapping is made for. */
export interface MappingTarget {
	dialect: string;
	kind: "order" | "change" | "cancel" | "aftersale";
	settings: Record<string, string>; // of the connection
}

/** What the target ERP would say of a document: the action erp.check. */
export type Judge = (target: MappingTarget, document: Record<string, unknown>) => Promise<Judgement>;

/** Line and column, from 1, of the character that is `position` characters from the start. */
export function placeOf(source: string, position: number | null): Pick<MappingProblem, "line" | "column"> {
	if (position === null) return { line: null, column: null };
	const before = source.slice(0, position).split("\n");
	return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
