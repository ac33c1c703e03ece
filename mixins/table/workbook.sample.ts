import { strToU8, zipSync } from "fflate";

const relations = "http://schemas.openxmlformats.org/package/2006/relationships";
const types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** A cell: text, a number as it is written in the file, a time in days since 1899-12-30, or a formula with its value. */
export type Cell = string | { number: string } | { days: number } | { formula: string; value: string };

/** An Excel workbook of one sheet, for tests. */
export function workbook(rows: readonly (readonly Cell[])[]): Buffer {
	const sheet = rows
		.map(
			(cells, at) =>
				`<row r="${at + 1}">${cells.map((cell, column) => cellOf(cell, `${String.fromCharCode(65 + column)}${at + 1}`)).join("")}</row>`,
		)
		.join("");
	const files = {
		"[Content_Types].xml": `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels": `${head}<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${types}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `${head}<workbook xmlns="${main}" xmlns:r="${types}"><sheets><sheet name="SKU" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `${head}<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${types}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${types}/styles" Target="styles.xml"/></Relationships>`,
		"xl/styles.xml": `${head}<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml": `${head}<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
	};
	return Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))));
}

function cellOf(cell: Cell, at: string): string {
	if (typeof cell === "string") return `<c r="${at}" t="inlineStr"><is><t>${cell}</t></is></c>`;
	if ("days" in cell) return `<c r="${at}" s="1"><v>${cell.days}</v></c>`;
	if ("number" in cell) return `<c r="${at}"><v>${cell.number}</v></c>`;
	return `<c r="${at}" t="str"><f>${cell.formula}</f><v>${cell.value}</v></c>`;
}
