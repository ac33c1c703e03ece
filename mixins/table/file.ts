/** A table that somebody uploads: CSV or an Excel workbook. */
import { hubError } from "../../config/errors.ts";
import { csvRows, textOf } from "./csv.ts";
import { xlsxRows } from "./xlsx.ts";

export interface TableFile {
	format: "csv" | "xlsx";
	content: string; // base64 of the file
}

export const maxTableBytes = 5 * 1024 * 1024;

/** A TableFile among the parameters of an action. */
export const tableFileParams = {
	format: { type: "enum", values: ["csv", "xlsx"] },
	content: "string|min:1|max:7000000", // 5 MB in base64
} as const;

/**
 * Its rows, the heading first, each with its cells as text. `maxRows`: below the heading.
 * @throws INVALID for a file that cannot be read or is too large
 */
export async function tableOf({ format, content }: TableFile, maxRows: number): Promise<string[][]> {
	const bytes = Buffer.from(content, "base64");
	if (bytes.length > maxTableBytes) throw hubError("INVALID", "the file is larger than 5 MB", { field: "content" });
	return format === "csv" ? csvRows(textOf(bytes), maxRows + 1) : xlsxRows(bytes, maxRows + 1);
}
