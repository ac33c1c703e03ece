import { describe, expect, it } from "vitest";
import type { Listed } from "../platform/adapter.ts";
import { type ListSource, listWindow } from "./list-window.ts";

const window = { from: new Date(0), to: new Date(1_000_000) };
const at = new Date(2_000_000);
const pageSize = 3;
const row = (id: number): Listed => ({ id: String(id), modifiedAt: new Date(id * 1_000) });

/** A platform that lists the newest first. `before` runs before each page, with the list to change. */
function platform(rows: Listed[], before: (rows: Listed[], page: number, call: number) => void = () => {}) {
	const pages: number[] = [];
	const source: ListSource = {
		count: async () => ({ total: rows.length, at }),
		async list(_window, page) {
			pages.push(page);
			before(rows, page, pages.length);
			return rows.slice((page - 1) * pageSize, page * pageSize);
		},
	};
	return { source, pages };
}

const newestFirst = (count: number): Listed[] => Array.from({ length: count }, (_, index) => row(count - index));
const ids = (rows: readonly Listed[]): string[] => rows.map(({ id }) => id).sort();

describe("listWindow", () => {
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
			rows.splice(rows.indexOf(rows.find(({ id }) => id === "4") as Listed), 1);
			rows.unshift({ id: "4", modifiedAt: new Date(9_000) });
		});
		const listing = await listWindow(source, window, pageSize);
		expect(ids(listing.rows)).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
		expect(listing.rows.at(-1)).toEqual({ id: "4", modifiedAt: new Date(9_000) });
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
		const repeating: ListSource = { ...source, list: (asked) => source.list(asked, 1) };
		await expect(listWindow(repeating, window, pageSize)).rejects.toMatchObject({ type: "PLATFORM_BAD_RESPONSE" });
	});

	it("has the same hash for the same records in any order, and another for any change", async () => {
		const hash = async (rows: Listed[]) => (await listWindow(platform(rows).source, window, pageSize)).hash;
		const first = await hash([row(2), row(1)]);
		expect(await hash([row(1), row(2)])).toBe(first);
		expect(await hash([row(1), { ...row(2), modifiedAt: new Date(9_000) }])).not.toBe(first);
	});
});
