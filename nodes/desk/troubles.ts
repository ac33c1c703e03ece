/** What waits for a person, whatever it is about, as rows of one shape. */

/** Dates are text when they come from another process. */
type At = Date | string;

export interface Trouble {
	_id: string; // of the shop, push, order or shipment
	at: At;
	subject: string; // the shop's name, or the order's number
	where: string; // where it should have gone: platform, connection, "flow", or carrier and tracking number
	state: "TOKEN_EXPIRED" | "DISABLED" | "REJECTED" | "IN_DOUBT" | "PARKED" | "SHIP_FAILED";
	reason: string;
	times: number | null; // how often it was sent; null where nothing is sent
}

/** What the lists of the services answer, as far as it is read here. */
export interface Seen {
	shops: {
		_id: string;
		platform: string;
		name: string;
		status: "ACTIVE" | "TOKEN_EXPIRED" | "DISABLED";
		reason: string;
		updatedAt: At;
	}[];
	pushes: {
		_id: string;
		orderNo: string;
		connectionId: string;
		state: "REJECTED" | "IN_DOUBT" | "PARKED";
		reason: string;
		sends: number;
		updatedAt: At;
	}[];
	parkedOrders: { _id: string; orderNo: string; erp: { connectionId: string; reason: string; at: At } }[];
	failedShipments: {
		_id: string;
		orderNo: string;
		carrier: string;
		trackingNo: string;
		reason: string;
		attempts: unknown[]; // the last 20
		updatedAt: At;
	}[];
}

/** Shops first: one without a token stops all of its orders. Within a kind the newest first. */
export function troublesOf({ shops, pushes, parkedOrders, failedShipments }: Seen): Trouble[] {
	const kinds: Trouble[][] = [
		shops.flatMap(({ _id, updatedAt, name, platform, status, reason }) =>
			status === "ACTIVE"
				? []
				: { _id, at: updatedAt, subject: name, where: platform, state: status, reason, times: null },
		),
		pushes.map(({ _id, updatedAt, orderNo, connectionId, state, reason, sends }) => {
			return { _id, at: updatedAt, subject: orderNo, where: connectionId, state, reason, times: sends };
		}),
		parkedOrders
			.filter(({ erp }) => erp.connectionId === "") // with a connection it is among the pushes
			.map(({ _id, orderNo, erp: { at, reason } }) => {
				return { _id, at, subject: orderNo, where: "flow", state: "PARKED", reason, times: null };
			}),
		failedShipments.map(({ _id, updatedAt, orderNo, carrier, trackingNo, reason, attempts }) => {
			const where = `${carrier} ${trackingNo}`.trim();
			return { _id, at: updatedAt, subject: orderNo, where, state: "SHIP_FAILED", reason, times: attempts.length };
		}),
	];
	return kinds.flatMap((rows) => rows.sort((a, b) => new Date(b.at).getTime() - new Date(a.at).getTime()));
}
