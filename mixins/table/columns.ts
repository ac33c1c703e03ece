/** A table with a heading, as people keep them: columns in any order, found by what they are called. */
import { hubError } from "../../config/errors.ts";

/** What each column may be called: letters of any case, with or without blanks, dashes, stars and units in brackets. */
export type Headings<Column extends string> = Readonly<Record<Column, readonly string[]>>;

export interface TableRow<Column extends string> {
	row: number; // in the table, the heading is 1
	cell(column: Column): string; // trimmed; "" where the table has no such column
}

/** What is wrong with a row, in both languages. */
export interface RowError<Column extends string> {
	row: number;
	field: Column | "row";
	message: string;
	messageZh: string;
}

export type Words = Readonly<Record<"en" | "zh", string>>;

/** The rows that are not empty. @throws INVALID when a column that is needed is not there, or one is there twice */
export function rowsUnder<Column extends string>(
	[heading = [], ...rows]: readonly string[][],
	headings: Headings<Column>,
	needed: readonly NoInfer<Column>[],
): TableRow<Column>[] {
	const columns = heading.map((name) => columnOf(name, headings));
	for (const column of needed) {
		if (!columns.includes(column)) throw invalid(`no column is called ${headings[column].join(", ")}`);
	}
	const twice = columns.find((column, at) => column && columns.indexOf(column) !== at);
	if (twice) throw invalid(`two columns are a ${twice}`);
	return rows.flatMap((cells, at) => {
		const values = cells.map((cell) => cell.trim().replace(/^'/, "")); // how people make a spreadsheet keep digits
		if (values.every((value) => value === "")) return [];
		return [{ row: at + 2, cell: (column) => values[columns.indexOf(column)] ?? "" }];
	});
}

const invalid = (detail: string): Error => hubError("INVALID", detail, { field: "content" });

function columnOf<Column extends string>(heading: string, headings: Headings<Column>): Column | null {
	const found = Object.entries<readonly string[]>(headings).find(([, names]) =>
		names.map(bare).includes(bare(heading)),
	);
	return (found?.[0] as Column | undefined) ?? null;
}

/** Without what people add to a name: "Order No*" is "orderno", "单价（元）" is "单价". */
const bare = (name: string): string =>
	name
		.toLowerCase()
		.replaceAll(/[(（].*?[)）]/g, "")
		.replaceAll(/[\s_*＊-]/g, "");

/** A spreadsheet keeps 15 digits of a number: a longer one must be a text there. */
export const lostDigits = (cell: string): boolean => /^\d(\.\d+)?e\+\d+$/i.test(cell);

export const lostDigitsWords: Words = {
	en: "lost digits: format the column as text",
	zh: "数字已失去精度：请将该列设为文本格式",
};
