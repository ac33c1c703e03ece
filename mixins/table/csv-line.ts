/** CSV for spreadsheets. Source: RFC 4180; a spreadsheet runs what begins like a formula: OWASP, "CSV Injection". */

/** Excel and WPS read UTF-8 only where the file begins with it. */
export const csvMark = "\uFEFF";

/** One line, with its end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(",")}\r\n`;

const cell = (text: string): string => `"${harmless(text).replaceAll('"', '""')}"`;

/** With an apostrophe in front a spreadsheet shows a text as it is. */
const harmless = (text: string): string => (/^\s*[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text);
