/** CSV as spreadsheets write it. Source: RFC 4180; separators and encodings as Excel and WPS save them in China. */
import { hubError } from "../../config/errors.ts";

/** UTF-8, UTF-16 with its mark, or GB 18030: what is valid UTF-8 is that. */
export function textOf(bytes: Uint8Array): string {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder("gb18030").decode(bytes);
	}
}

/**
 * The rows of a text, each with its cells. Separated by commas, tabs or semicolons, whichever the first line has first.
 * @throws INVALID for a quotation that does not end, or more than `maxRows` rows
 */
export function csvRows(text: string, maxRows: number): string[][] {
	const source = text.replace(/^\uFEFF/, "");
	const separator = /[,\t;]/.exec(source)?.[0] ?? ",";
	const cellEnd = new RegExp(`[${separator}\r\n]|$`, "g");
	const rows: string[][] = [];
	let row: string[] = [];
	for (let at = 0; at < source.length; ) {
		const { value, next } = source[at] === '"' ? quotedCell(source, at, rows.length + 1) : { value: "", next: at };
		cellEnd.lastIndex = next;
		const end = cellEnd.exec(source)?.index ?? source.length;
		row.push(value + source.slice(next, end));
		const goesOn = source[end] === separator;
		at = end + (source.startsWith("\r\n", end) ? 2 : 1);
		if (goesOn && at < source.length) continue;
		if (goesOn) row.push("");
		rows.push(row);
		row = [];
		if (rows.length > maxRows) throw hubError("INVALID", `more than ${maxRows} rows`, { field: "content" });
	}
	return rows;
}

/** The cell that begins with the quotation mark at `start`, and where it is over. */
function quotedCell(source: string, start: number, row: number): { value: string; next: number } {
	let value = "";
	for (let from = start + 1; ; ) {
		const mark = source.indexOf('"', from);
		if (mark < 0) throw hubError("INVALID", `row ${row}: a quotation mark is not closed`, { row, field: "content" });
		value += source.slice(from, mark);
		if (source[mark + 1] !== '"') return { value, next: mark + 1 };
		value += '"';
		from = mark + 2;
	}
}
