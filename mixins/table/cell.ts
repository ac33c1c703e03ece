/** What a table that the hub writes has in a cell. Text stays text, however much like a number or a formula it looks. */
export type Cell = string | number | { fen: number };

/** Fen -> "12.30" */
export const yuan = (fen: number): string => {
	const digits = String(Math.abs(fen)).padStart(3, "0");
	return `${fen < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

export const contentTypes = {
	csv: "text/csv; charset=utf-8",
	xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

/** Writes a table as it grows: each call gives the bytes that are ready. */
export interface TableWriter {
	write(rows: readonly (readonly Cell[])[]): Uint8Array[];
	end(): Uint8Array[];
}
