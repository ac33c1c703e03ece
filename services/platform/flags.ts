/** What is special about an order, in one word for all platforms. */
export type OrderFlag =
	| "presale"
	| "group" // is not full yet
	| "virtual" // no parcel
	| "cod" // cash on delivery
	| "gift-to-friend"
	| "forbid-consign" // held by the platform
	| "risk-check" // under review by the platform
	| "customs" // waits for clearance
	| "locked" // the buyer wants something else first
	| "exchange" // sent again for an after-sale
	| "read-only"; // not shipped by this seller

/** The flags that are set. */
export const flagsOf = (set: Readonly<Partial<Record<OrderFlag, boolean>>>): OrderFlag[] =>
	(Object.keys(set) as OrderFlag[]).filter((flag) => set[flag]);
