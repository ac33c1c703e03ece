import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import vectors from "../services/platform/taobao/vectors.json" with { type: "json" };
import { runVectors } from "./vectors.ts";

let folder: string;
const printed = vi.spyOn(console, "log").mockImplementation(() => {});
const lines = (): string[] => printed.mock.calls.map(([line]) => String(line));

async function fileOf(content: unknown): Promise<string> {
	const file = path.join(folder, "vectors.json");
	await writeFile(file, JSON.stringify(content));
	return file;
}

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), "vectors-"));
});
afterEach(() => printed.mockClear());
afterAll(async () => {
	printed.mockRestore();
	await rm(folder, { recursive: true });
});

describe("runVectors", () => {
	it("passes what is right, without a line for each", async () => {
		expect(await runVectors([await fileOf(vectors)])).toEqual({ passed: vectors.length, failed: 0 });
		expect(lines()).toEqual([]);
	});

	it("prints one line for each failure: a wrong value, an algorithm nobody has, an input that cannot be read", async () => {
		const [first, second, third] = vectors;
		const file = await fileOf([
			{ ...first, expected: "WRONG" },
			{ ...second, algorithm: "rot13" },
			{ ...third, params: undefined },
		]);
		expect(await runVectors([file])).toEqual({ passed: 0, failed: 3 });
		expect(lines()).toHaveLength(3);
		expect(lines()[1]).toContain("rot13");
	});
});
