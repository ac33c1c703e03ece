/** What a table that somebody takes away has in its columns. */
import { toBeijing } from "../../../config/beijing.ts";
import type { Words } from "../../../config/words.ts";
import type { Cell } from "../../../mixins/table/cell.ts";

export type Language = "zh" | "en";

export interface Column<Row> extends Words {
	cell(row: Row, language: Language): Cell;
}

/** What of the hub can be taken away as a table. */
export interface Source {
	list: string; // the action that lists it, in pages
	columns: Readonly<Record<string, Words>>; // by the names they are wished by, in their order
	rows(items: readonly unknown[], wished: readonly string[], language: Language): Cell[][];
}

/** `rowsOf`: the rows that one item of the list makes. */
export function source<Item, Row>(
	list: string,
	columns: Readonly<Record<string, Column<Row>>>,
	rowsOf: (item: Item) => Row[],
): Source {
	return {
		list,
		columns,
		rows(items, wished, language) {
			const cells = wished.flatMap((name) => columns[name] ?? []);
			return (items as readonly Item[]).flatMap((item) =>
				rowsOf(item).map((row) => cells.map(({ cell }) => cell(row, language))),
			);
		},
	};
}

/** Beijing's wall clock. Times are text between processes. */
export const time = (at: Date | string | null | undefined): string => (at ? toBeijing(new Date(at)) : "");

export const fen = (amount: number): Cell => ({ fen: amount });

/** A code in the reader's words; one that has none as it is. */
export const word = (table: Readonly<Record<string, Words>>, code: string, language: Language): string =>
	table[code]?.[language] ?? code;

const yes: Readonly<Record<Language, string>> = { zh: "是", en: "yes" };
export const flag = (value: boolean, language: Language): string => (value ? yes[language] : "");
