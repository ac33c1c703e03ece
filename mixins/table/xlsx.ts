/** The first sheet of an Excel workbook, read in a thread of its own: what somebody uploads holds nothing up. */
import { Worker } from "node:worker_threads";
import { unzipSync } from "fflate";
import { hubError } from "../../config/errors.ts";
import type { Read } from "./xlsx-worker.ts";

/** A workbook is a ZIP, and a small one may be a very large one. */
const maxUnpackedBytes = 100 * 1024 * 1024;
const limitMs = 20_000;
const memoryMb = 512;

/**
 * Cells as text. Formulas are not worked out: what the file says they were counts.
 * @throws INVALID for what is no workbook, or too large a one
 */
export async function xlsxRows(bytes: Uint8Array, maxRows: number): Promise<string[][]> {
	if (unpackedBytes(bytes) > maxUnpackedBytes) throw invalid("the workbook is too large");
	const worker = new Worker(new URL("./xlsx-worker.ts", import.meta.url), {
		workerData: { bytes, maxRows },
		resourceLimits: { maxOldGenerationSizeMb: memoryMb },
	});
	const { promise, resolve, reject } = Promise.withResolvers<Read>();
	const timer = setTimeout(() => reject(invalid(`reading it takes more than ${limitMs / 1_000} s`)), limitMs);
	worker.once("message", resolve);
	worker.once("error", (err) => reject(invalid(err.message)));
	worker.once("exit", () => reject(invalid("it cannot be read")));
	try {
		const read = await promise;
		if ("problem" in read) throw invalid(read.problem);
		return read.rows;
	} finally {
		clearTimeout(timer);
		await worker.terminate();
	}
}

const invalid = (detail: string): Error => hubError("INVALID", detail, { field: "content" });

/** As its directory says; nothing is unpacked, and what is longer than it says is cut off there. */
function unpackedBytes(bytes: Uint8Array): number {
	let total = 0;
	try {
		unzipSync(bytes, {
			filter({ originalSize }) {
				total += originalSize;
				return false;
			},
		});
	} catch {
		throw invalid("it is no Excel workbook (.xlsx)");
	}
	return total;
}
