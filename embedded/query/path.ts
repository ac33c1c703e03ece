/** How a dotted path of a filter reaches values: through documents, array indexes and the elements of arrays. */
import { isPlain, type Value } from "../bson/values.ts";

/** Where the positional operator `$` of an update points: the index of the array element that matched, -1 for none. */
export interface Position {
	index: number;
}

/** Tests one value (undefined: the path leads nowhere). May set the position, for operators that search an array. */
export type ValueTest = (value: Value, position: Position | null) => boolean;

/** What one operator asks of a path. */
export type PathTest =
	/** `eachElement`: an array passes when it or one of its elements passes; otherwise only the array itself is asked. */
	| { kind: "value"; test: ValueTest; eachElement: boolean }
	| { kind: "not"; tests: PathTest[] }
	| { kind: "all"; tests: PathTest[] };

export const valueTest = (test: ValueTest): PathTest => ({ kind: "value", test, eachElement: true });

export const wholeValueTest = (test: ValueTest): PathTest => ({ kind: "value", test, eachElement: false });

export const negation = (...tests: PathTest[]): PathTest => ({ kind: "not", tests });

const INDEX = /^(?:0|[1-9]\d*)$/;

/** Whether a path part can be an index of an array. */
export const isArrayIndex = (part: string): boolean => INDEX.test(part);

/** A predicate over documents from a path and what is asked of it. */
export function onPath(parts: readonly string[], asked: PathTest): ValueTest {
	if (asked.kind === "value") return valueOnPath(parts, asked.test, asked.eachElement);
	const tests = asked.tests.map((test) => onPath(parts, test));
	if (asked.kind === "not") return (doc) => !tests.every((test) => test(doc, null));
	return (doc, position) => tests.every((test) => test(doc, position));
}

/** The same for a value that already is an array element: arrays inside it are not searched. */
export function onElement(asked: PathTest): ValueTest {
	if (asked.kind === "value") return asked.test;
	const tests = asked.tests.map(onElement);
	if (asked.kind === "not") return (value) => !tests.every((test) => test(value, null));
	return (value) => tests.every((test) => test(value, null));
}

function valueOnPath(parts: readonly string[], test: ValueTest, eachElement: boolean): ValueTest {
	const walker = new Walker(parts, test, eachElement);
	const [field] = parts;
	if (parts.length > 1 || field === undefined) return (doc, position) => walker.walk(doc, 0, position);
	return (doc, position) => (isPlain(doc) ? walker.ask(doc[field], position) : walker.walk(doc, 0, position));
}

/** Follows a path to the values it leads to, and asks each of them until one passes. */
class Walker {
	private readonly parts: readonly string[];
	private readonly test: ValueTest;
	private readonly eachElement: boolean;

	constructor(parts: readonly string[], test: ValueTest, eachElement: boolean) {
		this.parts = parts;
		this.test = test;
		this.eachElement = eachElement;
	}

	/** At the end of the path. */
	ask(value: Value, position: Position | null): boolean {
		if (this.eachElement && Array.isArray(value)) {
			for (let i = 0; i < value.length; i++) {
				if (!this.test(value[i], null)) continue;
				if (position) position.index = i;
				return true;
			}
		}
		return this.test(value, position);
	}

	walk(start: Value, from: number, position: Position | null): boolean {
		let value = start;
		for (let i = from; i < this.parts.length; i++) {
			const part = this.parts[i] ?? "";
			if (Array.isArray(value)) return this.walkArray(value, part, i, position);
			value = isPlain(value) ? value[part] : undefined;
			if (value === undefined) return this.test(undefined, position);
		}
		return this.ask(value, position);
	}

	/**
	 * In an array on the way, a numeric part may be an index, and the documents among the elements are searched too (one
	 * level: arrays within the array are not). The position is that of the outermost array.
	 */
	private walkArray(array: Value[], part: string, at: number, position: Position | null): boolean {
		if (isArrayIndex(part) && Number(part) < array.length) {
			const element = array[Number(part)];
			if (at === this.parts.length - 1) {
				if (this.test(element, position)) return true; // an array found by its index is not searched
			} else if (isPlain(element) || Array.isArray(element)) {
				if (this.walk(element, at + 1, position)) return true;
			}
		}
		for (let i = 0; i < array.length; i++) {
			if (!isPlain(array[i]) || !this.walk(array[i], at, null)) continue;
			if (position) position.index = i;
			return true;
		}
		return false;
	}
}
