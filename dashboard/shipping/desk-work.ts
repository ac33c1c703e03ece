/** What is done to many orders or numbers from this desk, row by row. */
import { path, post } from "../api.ts";
import { oneByOne } from "../one-by-one.ts";
import { type RowWork, rowWork } from "../row-work.ts";
import { failureWords, type RowAnswer } from "../words/failure.ts";
import { takingWish } from "./desk-settings.ts";
import type { Parcel } from "./label.ts";
import type { ShipmentRow, WaybillRow } from "./waybill.ts";

/** One call may hold so many; few enough for progress to be seen. */
const takenAtOnce = 20;
const givenBackAtOnce = 20;
const shippedAtOnce = 5;

interface Named {
	_id: string;
	orderNo: string;
}

const labelled = <Row extends Named>(rows: readonly Row[]) =>
	rows.map(({ _id, orderNo }) => ({ id: _id, label: orderNo }));

export const parcelOf = ({ _id: id, orderId, orderNo, carrier, trackingNo }: WaybillRow): Parcel => ({
	...{ id, orderId, orderNo, carrier, trackingNo },
});

/** A number for the first parcel of each order; `taken` hears of those that have one. */
export function takeNumbers(
	title: string,
	orders: readonly Named[],
	{ shopId, carrier, taken }: { shopId: string; carrier: string; taken: (parcels: Parcel[]) => void },
): RowWork {
	const byId = new Map(orders.map((order) => [order._id, order]));
	return rowWork(
		title,
		labelled(orders),
		async (ids) => {
			const wish = { ...takingWish(shopId), orders: ids.map((orderId) => ({ orderId })) };
			type Taken = RowAnswer & { orderId: string; trackingNo: string };
			const { results } = await post<{ results: Taken[] }>("/waybills/batch", wish);
			const done = results.filter(({ ok }) => ok);
			taken(
				done.map(({ id, orderId, trackingNo }) => {
					return { id, orderId, orderNo: byId.get(orderId)?.orderNo ?? "", carrier, trackingNo };
				}),
			);
			return new Map(results.filter(({ ok }) => !ok).map((row) => [row.orderId, failureWords(row)]));
		},
		takenAtOnce,
	);
}

export function giveBack(title: string, waybills: readonly WaybillRow[]): RowWork {
	return rowWork(
		title,
		labelled(waybills),
		async (ids) => {
			const { results } = await post<{ results: RowAnswer[] }>("/waybills/batch-recycle", { ids });
			return new Map(results.filter(({ ok }) => !ok).map((row) => [row.id, failureWords(row)]));
		},
		givenBackAtOnce,
	);
}

export function shipAll(title: string, waybills: readonly WaybillRow[]): RowWork {
	const byId = new Map(waybills.map((waybill) => [waybill._id, waybill]));
	const ship = async (id: string): Promise<void> => {
		const waybill = byId.get(id);
		if (waybill) await shipParcel(waybill);
	};
	return rowWork(title, labelled(waybills), oneByOne(ship), shippedAtOnce);
}

/** The platform is told that it left. @throws Problem */
export const shipParcel = ({ orderId, carrier, trackingNo }: Omit<Parcel, "id" | "orderNo">): Promise<unknown> =>
	post(path`/orders/${orderId}/ship`, { parcels: [{ carrier, trackingNo }] });

/** Parcels whose platform is to be told once more. */
export function tellAgain(title: string, shipments: readonly ShipmentRow[]): RowWork {
	const rows = shipments.map(({ _id, trackingNo }) => ({ id: _id, label: trackingNo }));
	return rowWork(
		title,
		rows,
		oneByOne((id) => post(path`/shipments/${id}/retry`)),
		shippedAtOnce,
	);
}
