import type { MarketLine, MarketOrder, Parcel } from "./market-order.ts";

/** An order as the journal may hold it: sandboxes up to 0.1 shipped lines whole and counted no pieces. */
export type StoredOrder = Omit<MarketOrder, "lines" | "parcels"> & {
	lines: (Omit<MarketLine, "shippedQty"> & Partial<Pick<MarketLine, "shippedQty">>)[];
	parcels: (Omit<Parcel, "lines"> & Partial<Pick<Parcel, "lines">>)[];
};

export function fromStored(stored: StoredOrder): MarketOrder {
	const quantities = new Map(stored.lines.map(({ lineId, quantity }) => [lineId, quantity]));
	return {
		...stored,
		lines: stored.lines.map((line) => ({ ...line, shippedQty: line.shippedQty ?? (line.shipped ? line.quantity : 0) })),
		parcels: stored.parcels.map((parcel) => ({
			...parcel,
			lines: parcel.lines ?? parcel.lineIds.map((lineId) => ({ lineId, quantity: quantities.get(lineId) ?? 0 })),
		})),
	};
}
