/** Reads one workbook and ends: see xlsx.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { readSheet } from "read-excel-file/universal";

export type Read = { rows: string[][] } | { problem: string };

const { bytes, maxRows } = workerData as { bytes: Uint8Array<ArrayBuffer>; maxRows: number };

/** Numbers as they are written: the library's own would lose digits of a long code. */
const parseNumber = (written: string): string => (/[eE]/.test(written) ? String(Number(written)) : written);

function textOf(cell: unknown): string {
	if (cell === null || cell === undefined) return "";
	return cell instanceof Date ? wallClock(cell) : String(cell);
}

/** A spreadsheet knows no zone: what its cell shows, which the library tells as if it were UTC. */
const wallClock = (at: Date): string => at.toISOString().slice(0, 19).replace("T", " ").replace(" 00:00:00", "");

async function read(): Promise<Read> {
	try {
		const sheet = await readSheet(new Blob([bytes]), { parseNumber });
		if (sheet.length > maxRows) return { problem: `more than ${maxRows} rows` };
		return { rows: sheet.map((row) => row.map(textOf)) };
	} catch (err) {
		return { problem: (err as Error).message };
	}
}

parentPort?.postMessage(await read());
