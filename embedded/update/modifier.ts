import type { Doc, Value } from "../bson/values.ts";

/** What a modifier may need to know beside the value it changes. */
export interface ModifierContext {
	/** The document as it was, for error messages. */
	document: Doc;
	now: Date;
}

/** One update operator applied to one field. */
export interface Modifier {
	/**
	 * When the field is missing, "create" makes it and the documents on the way, "skip" does nothing. Both refuse a path
	 * that leads through something else than documents and arrays (PathNotViable); "ignore" does nothing then, too.
	 */
	missing: "create" | "skip" | "ignore";
	/**
	 * The new value of the field; undefined stands for missing both ways. Returns `current` itself for no change, and
	 * never alters it in place.
	 */
	change(current: Value, context: ModifierContext): Value;
}

/** Compiles the operand of an operator for the field at `path`. */
export type ModifierCompiler = (operand: Value, path: string) => Modifier;
