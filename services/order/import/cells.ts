/** What people write into the cells of a table of orders, in the hub's terms. null: it is not that. */
import { fromBeijing } from "../../../config/beijing.ts";

/** "¥1,299.5" -> 129950. Of what a spreadsheet worked out ("19.899999999999999") the nearest fen. */
export function fenOf(cell: string): number | null {
	const plain = cell.replaceAll(/[¥￥,，元\s]/g, "");
	if (!/^\d{1,9}(\.\d+)?$/.test(plain)) return null;
	const fen = Number(plain) * 100;
	const nearest = Math.round(fen);
	return Math.abs(fen - nearest) < 1e-4 ? nearest : null;
}

export const wholeOf = (cell: string): number | null => (/^\d{1,9}(\.0+)?$/.test(cell) ? Number(cell) : null);

const yes = ["是", "y", "yes", "true", "1", "赠品"];
const no = ["", "否", "n", "no", "false", "0"];

export function flagOf(cell: string): boolean | null {
	const word = cell.toLowerCase();
	if (yes.includes(word)) return true;
	return no.includes(word) ? false : null;
}

const timePattern = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** Beijing's wall clock: "2026-03-18 08:47:10", "2026/3/18 8:47", "2026-03-18". */
export function timeOf(cell: string): Date | null {
	const [, year, ...rest] = timePattern.exec(cell) ?? [];
	if (!year) return null;
	const [month, day, hour, minute, second] = rest.map((part) => (part ?? "0").padStart(2, "0"));
	return fromBeijing(`${year}-${month}-${day} ${hour}:${minute}:${second}`);
}
