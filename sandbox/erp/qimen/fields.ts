/** How fields of 奇门 documents must be. What is wrong is told by a FieldProblem. */
import { beijingMs } from "../../beijing.ts";
import { fenOf } from "../../money.ts";
import { type Element, textAt } from "./xml.ts";

/** What is wrong with a request: the code of the answer, and a message that names the field. */
export class FieldProblem extends Error {
	readonly code: "MISSING_FIELD" | "INVALID_FIELD";
	constructor(code: "MISSING_FIELD" | "INVALID_FIELD", message: string) {
		super(message);
		this.code = code;
	}
}

export function needed(element: Element, name: string, path: string[]): void {
	if (textAt(element, ...path) === "") throw new FieldProblem("MISSING_FIELD", `${name} is required`);
}

export function checkTime(element: Element, name: string, where: string): void {
	const text = textAt(element, name);
	if (text !== "" && beijingMs(text) === null) throw wrong(`${where}.${name}`);
}

/** Fen of an amount that may be absent. */
export function amountOf(element: Element, name: string, where: string): number {
	const fen = fenOf(textAt(element, name) || "0");
	if (fen === null) throw wrong(`${where}.${name}`);
	return fen;
}

export function wrong(name: string): FieldProblem {
	return new FieldProblem("INVALID_FIELD", `${name} is invalid`);
}

/** The pieces of a line, `planQty`. */
export function piecesOf(line: Element, where: string): number {
	const quantity = Number(textAt(line, "planQty"));
	if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > 1_000_000) throw wrong(`${where}.planQty`);
	return quantity;
}
