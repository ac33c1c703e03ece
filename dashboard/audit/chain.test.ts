import { describe, expect, it } from "vitest";
import type { Query } from "../api.ts";
import { type ChainPage, chainCheck, isNote, noteOf } from "./chain.ts";

const mac = "m".repeat(43);
const page = (seq: number, more = false, broken: ChainPage["broken"] = []): ChainPage => ({
	rows: 1_000,
	broken,
	head: { seq, mac },
	more,
});

describe("checking the audit's chain", () => {
	it("goes on behind the head of each page, and asks for the noted end once", async () => {
		const asked: Query[] = [];
		const pages = [{ ...page(1_000, true), noted: true }, page(2_000, false, [{ seq: 1_500, why: "changed" }])];
		const check = chainCheck(async (query) => {
			asked.push(query);
			return pages[asked.length - 1] as ChainPage;
		});
		const note = noteOf({ seq: 700, mac });
		await check.run(note);
		expect(asked).toEqual([
			{ after: 0, mac: "", noted: note },
			{ after: 1_000, mac },
		]);
		expect(check).toMatchObject({ state: "done", rows: 2_000, noted: true, broken: [{ seq: 1_500, why: "changed" }] });
	});

	it("stops where it is told to, and where nothing answers", async () => {
		const stopped = chainCheck(async () => {
			stopped.stop();
			return page(1_000, true);
		});
		await stopped.run("");
		expect(stopped).toMatchObject({ state: "stopped", rows: 1_000, noted: undefined });
		const failed = chainCheck(() => Promise.reject(new Error("away")));
		await failed.run("");
		expect(failed).toMatchObject({ state: "stopped", problem: { message: "away" } });
	});

	it("keeps the first of very many breaks", async () => {
		const broken = Array.from({ length: 150 }, (_, at) => ({ seq: at + 1, why: "missing" as const }));
		const check = chainCheck(async () => page(1_000, false, broken));
		await check.run("");
		expect(check.broken).toHaveLength(100);
	});

	it.each([
		[`7:${mac}`, true],
		["7:short", false],
		[mac, false],
	])("%s as a noted end: %s", (text, is) => {
		expect(isNote(text)).toBe(is);
	});
});
