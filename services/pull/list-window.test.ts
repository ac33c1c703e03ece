import { describe, expect, it } from "vitest";
import type { PulledRow } from "../platform/document-actions.ts";
import { listWindow } from "./list-window.ts";
import type { ListSource } from "./source.ts";

const window = { from: new Date(0), to: new Date(1_000_000) };
const at = new Date(2_000_000);
const pageSize = 3;
const row = (id: number): PulledRow => ({ id: String(id), modifiedAt: new Date(id * 1_000), kept: false });

/** A platform that lists the newest first. `before` runs before each page, with the list to change. */
function platform(rows: PulledRow[], before: (rows: PulledRow[], page: number, call: number) => void = () => {}) {
	const pages: number[] = [];
	const source: ListSource = {
		way: "numbered",
		count: async () => ({ total: rows.length, at }),
		async page(_window, asked) {
			const page = "page" in asked ? asked.page : 0;
			pages.push(page);
			before(rows, page, pages.length);
			return { rows: rows.slice((page - 1) * pageSize, page * pageSize), next: null, at };
		},
	};
	return { source, pages };
}

const newestFirst = (count: number): PulledRow[] => Array.from({ length: count }, (_, index) => row(count - index));
const ids = (rows: readonly PulledRow[]): string[] => rows.map(({ id }) => id).sort();

describe("a list whose pages have numbers", () => {
	it("reads from the last page to the first", async () => {
		const { source, pages } = platform(newestFirst(7));
		const listing = await listWindow(source, window, pageSize);
		expect(pages).toEqual([3, 2, 1]);
		expect(listing).toMatchObject({ total: 7, pages: 3, rechecks: 0, at });
		expect(listing.rows.map(({ id }) => id)).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
	});

	it("asks for no page when nothing changed", async () => {
		const { source, pages } = platform([]);
		expect(await listWindow(source, window, pageSize)).toMatchObject({ rows: [], total: 0, pages: 0 });
		expect(pages).toEqual([]);
	});

	it("misses nothing when a record leaves the window between two pages", async () => {
		const { source } = platform(newestFirst(7), (rows, _page, call) => {
			if (call === 2) rows.shift();
		});
		const listing = await listWindow(source, window, pageSize);
		expect(ids(listing.rows)).toEqual(expect.arrayContaining(["1", "2", "3", "4", "5", "6"]));
		expect(listing.rechecks).toBe(1);
	});

	it("misses nothing when a record moves to the first page between two pages", async () => {
		const { source } = platform(newestFirst(7), (rows, _page, call) => {
			if (call !== 2) return;
			rows.splice(rows.indexOf(rows.find(({ id }) => id === "4") as PulledRow), 1);
			rows.unshift({ ...row(4), modifiedAt: new Date(9_000) });
		});
		const listing = await listWindow(source, window, pageSize);
		expect(ids(listing.rows)).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
		expect(listing.rows.at(-1)).toMatchObject({ id: "4", modifiedAt: new Date(9_000) });
	});

	it("reads again when records are listed late and push others onto pages read before", async () => {
		const { source } = platform(newestFirst(9), (rows, _page, call) => {
			if (call === 2) rows.splice(1, 0, row(100), row(101));
		});
		const listing = await listWindow(source, window, pageSize);
		expect(ids(listing.rows)).toEqual(["1", "100", "101", "2", "3", "4", "5", "6", "7", "8", "9"]);
		expect(listing.rechecks).toBe(1);
	});

	it("takes what it reached when records never stop leaving", async () => {
		const { source } = platform(newestFirst(30), (rows) => void rows.shift());
		const listing = await listWindow(source, window, pageSize);
		expect(listing.rows.length).toBeGreaterThanOrEqual(listing.total);
		expect(listing.rechecks).toBe(3);
	});

	it("refuses a platform that keeps answering a wrong page", async () => {
		const { source } = platform(newestFirst(7));
		const repeating: ListSource = { ...source, page: (asked) => source.page(asked, { page: 1 }) };
		await expect(listWindow(repeating, window, pageSize)).rejects.toMatchObject({ type: "PLATFORM_BAD_RESPONSE" });
	});

	it("has the same hash for the same records in any order, and another for any change", async () => {
		const hash = async (rows: PulledRow[]) => (await listWindow(platform(rows).source, window, pageSize)).hash;
		const first = await hash([row(2), row(1)]);
		expect(await hash([row(1), row(2)])).toBe(first);
		expect(await hash([row(1), { ...row(2), modifiedAt: new Date(9_000) }])).not.toBe(first);
	});
});

describe("a list with a cursor", () => {
	/** Three pages, chained by "", "2" and "3"; `answers` says which page is sent for the nth call instead. */
	function chained(answers: Record<number, string> = {}): ListSource {
		const next: Record<string, string | null> = { "": "2", 2: "3", 3: null };
		let calls = 0;
		return {
			way: "cursor",
			count: () => Promise.reject(new Error("it cannot be counted")),
			async page(_window, asked) {
				calls += 1;
				const cursor = answers[calls] ?? ("cursor" in asked ? asked.cursor : "");
				const page = Number(cursor || 1);
				return { rows: [row(page * 2), row(page * 2 - 1)], next: next[cursor] ?? null, at };
			},
		};
	}

	it("is read to its end", async () => {
		const listing = await listWindow(chained(), window, pageSize);
		expect(ids(listing.rows)).toEqual(["1", "2", "3", "4", "5", "6"]);
		expect(listing).toMatchObject({ total: 6, pages: 3, rechecks: 0, at });
	});

	it("misses nothing when a page comes for a second time", async () => {
		const listing = await listWindow(chained({ 2: "" }), window, pageSize);
		expect(ids(listing.rows)).toEqual(["1", "2", "3", "4", "5", "6"]);
	});

	it("that goes in circles is refused", async () => {
		const circle: ListSource = { ...chained(), page: async () => ({ rows: [row(1)], next: "", at }) };
		await expect(listWindow(circle, window, pageSize)).rejects.toMatchObject({ type: "PLATFORM_BAD_RESPONSE" });
	});
});
