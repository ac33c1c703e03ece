/**
 * An Excel workbook of one sheet, written row by row: a long one is never whole in memory.
 * Source: ECMA-376 part 1, 18 (SpreadsheetML); part 2 (packages).
 */
import { strToU8, Zip, ZipDeflate } from "fflate";
import { type Cell, type TableWriter, yuan } from "./cell.ts";

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packages = "http://schemas.openxmlformats.org/package/2006";
const content = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Places in `cellXfs` below. */
const styles = { text: 1, quoted: 2, money: 3, heading: 4 } as const;

const parts: Readonly<Record<string, string>> = {
	"[Content_Types].xml": `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${content}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${content}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${content}.styles+xml"/></Types>`,
	"_rels/.rels": `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
	"xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`,
	"xl/_rels/workbook.xml.rels": `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
	// 49: text; 2: two decimals. A quoted cell is one that somebody wrote an apostrophe in front of.
	"xl/styles.xml": `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/><xf numFmtId="2" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1" fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
};

/** The heading stays in sight. */
const sheetBegin = `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15" defaultColWidth="16"/><sheetData>`;
const sheetEnd = "</sheetData></worksheet>";

const mostCharacters = 32_767; // of a cell, by Excel's limits

/** The first row is the heading. */
export function workbookWriter(): TableWriter {
	const ready: Uint8Array[] = [];
	const zip = new Zip((err, bytes) => {
		if (err) throw err;
		ready.push(bytes);
	});
	for (const [name, text] of Object.entries(parts)) part(zip, name).push(strToU8(head + text), true);
	const sheet = part(zip, "xl/worksheets/sheet1.xml");
	let begun = false;

	function push(xml: string, last: boolean): Uint8Array[] {
		const before = begun ? "" : head + sheetBegin;
		begun = true;
		sheet.push(strToU8(before + xml), last);
		return ready.splice(0);
	}
	let row = 0;
	return {
		write(rows) {
			const xml = rows.map((cells) => {
				row += 1;
				const cell = row === 1 ? headingCell : cellXml;
				return `<row r="${row}">${cells.map((each, at) => cell(each, letters(at) + row)).join("")}</row>`;
			});
			return push(xml.join(""), false);
		},
		end() {
			const last = push(sheetEnd, true);
			zip.end();
			return [...last, ...ready.splice(0)];
		},
	};
}

function part(zip: Zip, name: string): ZipDeflate {
	const file = new ZipDeflate(name, { level: 1 }); // more costs time and hardly makes it smaller
	zip.add(file);
	return file;
}

/** 0 -> "A", 26 -> "AA" */
function letters(column: number): string {
	const last = String.fromCharCode(65 + (column % 26));
	return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

const headingCell = (cell: Cell, at: string): string => textCell(String(cell), at, styles.heading);

function cellXml(cell: Cell, at: string): string {
	if (typeof cell === "number") return `<c r="${at}"><v>${cell}</v></c>`;
	if (typeof cell === "object") return `<c r="${at}" s="${styles.money}"><v>${yuan(cell.fen)}</v></c>`;
	if (cell === "") return "";
	return textCell(cell, at, /^\s*[=+\-@＝＋－＠]/.test(cell) ? styles.quoted : styles.text);
}

const textCell = (text: string, at: string, style: number): string =>
	`<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, mostCharacters))}</t></is></c>`;

/** What XML cannot say (control characters, halves of a character) is left out. */
const escaped = (text: string): string =>
	text
		.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;");
