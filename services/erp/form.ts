/** A kind of document as a form to be filled in, and whether one is filled in as it must be. */

import { nearest } from "../../config/nearest.ts";
import type { KindDriver } from "./driver.ts";
import type { Format, Words } from "./format.ts";
import type { Objection } from "./judgement.ts";
import { kindOf } from "./kind-of-value.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Field -> format. Fields are paths; "[]" is every entry of a list, which must be one: "items[].qty". */
export type Form = Readonly<Record<string, Format>>;

/** One format for several fields: "FLinkMan FLinkPhone". */
export const all = (names: string, format: Format): Form =>
	Object.fromEntries(names.split(" ").map((name) => [name, format]));

/** Fields of what stands at `root`. */
export const under = (root: string, form: Form): Form =>
	Object.fromEntries(Object.entries(form).map(([field, format]) => [`${root}.${field}`, format]));

/** Everything that the ERP would refuse or pass over in silence. `settings`: of the connection. */
export function objections(kind: KindDriver, document: Fields, settings: Record<string, string>): Objection[] {
	const form = kind.form(settings);
	const wrong = [...wronglyWritten(form, document), ...nearMisses(form, document)];
	const fields = new Set(wrong.map(({ field }) => field));
	const required = kind
		.missing(document, settings)
		.map((path) => fullPath(form, path))
		.filter((field) => !fields.has(field))
		.map(lacking);
	return distinct([...wrong, ...required]);
}

function wronglyWritten(form: Form, document: Fields): Objection[] {
	return Object.entries(form).flatMap(([field, format]) =>
		valuesAt(document, field).flatMap(({ at, value, isList }): Objection[] => {
			if (isList === false) return [{ ...wrong(at, value, listWords), rule: "LIST" }];
			if (value === undefined || value === null || value === "" || format.fits(value)) return [];
			return [wrong(at, value, format.words)];
		}),
	);
}

const listWords: Words = {
	zh: "应为列表，一行时也要用 […] 括起来",
	en: "must be a list, of one line too: put […] around it",
};

function wrong(field: string, value: unknown, wanted: Words): Objection {
	const found = kindOf(value);
	const words = {
		zh: `${field} ${wanted.zh}；现在是${found.zh}`,
		en: `${field} ${wanted.en}; it is ${found.en}`,
	};
	return { field, rule: "FORMAT", words };
}

function lacking(field: string): Objection {
	return {
		field,
		rule: "REQUIRED",
		words: {
			zh: `${field} 是 ERP 必填字段，现在为空：请给它赋值，或检查所取字段的名称`,
			en: `${field} is empty and the ERP needs it: give it a value, or check the name of the field it is taken from`,
		},
	};
}

interface Found {
	at: string;
	value: unknown;
	isList?: boolean; // false: a list should be here
}

/** Every value at a path. An entry of a list that is none is told of at the list. */
function valuesAt(document: unknown, path: string): Found[] {
	let found: Found[] = [{ at: "", value: document }];
	for (const part of path.split(".")) {
		const isList = part.endsWith("[]");
		const name = isList ? part.slice(0, -2) : part;
		found = found.flatMap((each): Found[] => {
			if (each.isList === false) return [each];
			if (typeof each.value !== "object" || each.value === null) return [];
			const at = each.at ? `${each.at}.${name}` : name;
			const value = (each.value as Fields)[name];
			if (!isList) return [{ at, value }];
			if (Array.isArray(value)) return value.map((entry) => ({ at: `${at}[]`, value: entry }));
			return value === undefined || value === null ? [] : [{ at, value, isList: false }];
		});
	}
	return found;
}

/** Fields the ERP does not know and whose names are almost those of fields it knows and did not get. */
function nearMisses(form: Form, document: Fields): Objection[] {
	const known = new Map<string, Set<string>>(); // of each object of the form, the names in it
	for (const field of Object.keys(form)) {
		const parts = field.split(".");
		parts.forEach((part, at) => {
			const parent = parts.slice(0, at).join(".");
			known.set(parent, (known.get(parent) ?? new Set()).add(part.replace("[]", "")));
		});
	}
	return [...known].flatMap(([parent, names]) =>
		(parent === "" ? [{ at: "", value: document as unknown }] : valuesAt(document, parent)).flatMap(({ value }) => {
			if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
			const absent = [...names].filter((name) => !(name in value));
			return Object.keys(value)
				.filter((name) => !names.has(name))
				.flatMap((name) => {
					const meant = nearest(name, absent);
					return meant === undefined ? [] : [misspelt(parent, name, meant)];
				});
		}),
	);
}

function misspelt(parent: string, name: string, meant: string): Objection {
	const field = parent ? `${parent}.${name}` : name;
	return {
		field,
		rule: "UNKNOWN_FIELD",
		words: {
			zh: `ERP 没有字段 ${field}，是否应为 ${meant}？`,
			en: `${field} is no field of the ERP: did you mean ${meant}?`,
		},
	};
}

/** Drivers name what is missing by the place in its list and not always from the root. */
function fullPath(form: Form, path: string): string {
	const field = path.replace(/\[\d+\]/g, "[]");
	const all = Object.keys(form).flatMap((each) => [each, ...listsIn(each)]);
	return all.find((each) => each === field) ?? all.find((each) => each.endsWith(`.${field}`)) ?? field;
}

/** "a.b[].c" -> ["a.b"] */
const listsIn = (path: string): string[] => [...path.matchAll(/\[\]/g)].map(({ index }) => path.slice(0, index));

const distinct = (all: readonly Objection[]): Objection[] => [
	...new Map(all.map((each) => [`${each.rule} ${each.field}`, each])).values(),
];
