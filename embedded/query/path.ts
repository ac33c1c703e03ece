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
	const [field] = parts;
	if (parts.length > 1 || field === undefined) {
		return (doc, position) => walk(doc, parts, 0, test, eachElement, position);
	}
	return (doc, position) => {
		if (!isPlain(doc)) return walk(doc, parts, 0, test, eachElement, position);
		const value = doc[field];
		return Array.isArray(value) ? testArray(value, test, eachElement, position) : test(value, position);
	};
}

function testArray(array: Value[], test: ValueTest, eachElement: boolean, position: Position | null): boolean {
	if (eachElement) {
		for (let i = 0; i < array.length; i++) {
			if (!test(array[i], null)) continue;
			if (position) position.index = i;
			return true;
		}
	}
	return test(array, position);
}

/**
 * In an array on the way, a numeric part may be an index, and the documents among the elements are searched too (one
 * level: arrays within the array are not). The position is that of the outermost array.
 */
function walk(
	start: Value,
	parts: readonly string[],
	from: number,
	test: ValueTest,
	eachElement: boolean,
	position: Position | null,
): boolean {
	let value = start;
	for (let i = from; i < parts.length; i++) {
		const part = parts[i] ?? "";
		if (Array.isArray(value)) return walkArray(value, part, parts, i, test, eachElement, position);
		value = isPlain(value) ? value[part] : undefined;
		if (value === undefined) return test(undefined, position);
	}
	return Array.isArray(value) ? testArray(value, test, eachElement, position) : test(value, position);
}

function walkArray(
	array: Value[],
	part: string,
	parts: readonly string[],
	at: number,
	test: ValueTest,
	eachElement: boolean,
	position: Position | null,
): boolean {
	if (isArrayIndex(part) && Number(part) < array.length) {
		const element = array[Number(part)];
		if (at === parts.length - 1) {
			if (test(element, position)) return true; // an array found by its index is not searched
		} else if (isPlain(element) || Array.isArray(element)) {
			if (walk(element, parts, at + 1, test, eachElement, position)) return true;
		}
	}
	for (let i = 0; i < array.length; i++) {
		if (!isPlain(array[i]) || !walk(array[i], parts, at, test, eachElement, null)) continue;
		if (position) position.index = i;
		return true;
	}
	return false;
}
