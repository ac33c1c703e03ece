/** Orders that somebody names by their numbers, as he pastes them. */
import type { Page } from "../api.ts";

/** A number a line, or parted by spaces and commas. */
export const numbersIn = (text: string): string[] => [...new Set(text.split(/[\s,，;；、]+/).filter(Boolean))];

export interface Chosen {
	ids: string[];
	missing: string[]; // numbers that no order has
}

export interface Numbered {
	_id: string;
	orderNo: string;
}

const atOnce = 5;

/** One number may be that of orders of two shops: both are meant. @throws what `find` does */
export async function chosenOrders(
	numbers: readonly string[],
	find: (no: string) => Promise<Page<Numbered>>,
): Promise<Chosen> {
	const chosen: Chosen = { ids: [], missing: [] };
	for (let at = 0; at < numbers.length; at += atOnce) {
		const part = numbers.slice(at, at + atOnce);
		const pages = await Promise.all(part.map(find));
		for (const [place, { items }] of pages.entries()) {
			const no = part[place] as string;
			const own = items.filter(({ orderNo, _id }) => orderNo === no || _id === no);
			if (own.length) chosen.ids.push(...own.map(({ _id }) => _id));
			else chosen.missing.push(no);
		}
	}
	return { ...chosen, ids: [...new Set(chosen.ids)] };
}
