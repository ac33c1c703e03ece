/** CSV for spreadsheets. Source: RFC 4180; a spreadsheet runs what begins like a formula: OWASP, "CSV Injection". */
import { type Cell, type TableWriter, yuan } from "./cell.ts";

/** Excel and WPS read UTF-8 only where the file begins with it. */
export const csvMark = "\uFEFF";

/** One line, with its end. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(written).join(",")}\r\n`;

function written(cell: Cell): string {
	if (typeof cell === "number") return String(cell);
	if (typeof cell === "object") return yuan(cell.fen);
	return `"${harmless(cell).replaceAll('"', '""')}"`;
}

/** With an apostrophe in front a spreadsheet shows a text as it is. */
const harmless = (text: string): string =>
	/^\s*[=+\-@\t\r\n＝＋－＠]/.test(text) || looksLikeNumber(text) ? `'${text}` : text;

/** Order numbers and barcodes: a spreadsheet would round the long ones and take zeros away. */
const looksLikeNumber = (text: string): boolean => /^(0\d+|\d{12,})$/.test(text);

export function csvWriter(): TableWriter {
	let begun = false;
	return {
		write(rows) {
			const mark = begun ? "" : csvMark;
			begun = true;
			return [Buffer.from(mark + rows.map(csvLine).join(""))];
		},
		end: () => [],
	};
}
