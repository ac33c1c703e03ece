/** Numbers for many parcels, and their labels, in one call: each row has its own outcome. */
import type { Service } from "moleculer";
import { eachRow, type RowFailure, type RowResults } from "../../mixins/rows.ts";
import { type Contract, contractOf, type Hub } from "./account.ts";
import type { PrintData } from "./desk.ts";
import type { Who } from "./events.ts";
import { takeWaybill, type Wish } from "./take.ts";
import { waybillId } from "./waybill.model.ts";

export const batchMost = 200;
/** Platforms take numbers one by one; more at once only wait for their turn. */
const atOnce = 8;

export interface BatchWish extends Omit<Wish, "orderId" | "parcelNo" | "anew"> {
	orders: { orderId: string; parcelNo: number }[];
}

type Row<Done> = { id: string } & (({ ok: true } & Done) | RowFailure);
export type TakenRow = Row<{ trackingNo: string }> & { orderId: string; parcelNo: number };
export type PrintRow = Row<PrintData>;
export type DoneRow = Row<object>;

/**
 * A number for each parcel, as `takeWaybill` takes it: what is in doubt stays so, and is told as a failure. Repeating the
 * call is harmless: parcels that have a number keep it.
 */
export function takeBatch(
	service: Service,
	hub: Hub,
	{ orders, ...wish }: BatchWish,
	who: Who,
): Promise<RowResults<TakenRow>> {
	const contracts = rememberedContracts();
	const known = ({ orderId, parcelNo }: BatchWish["orders"][number]) => {
		return { id: waybillId(orderId, parcelNo), orderId, parcelNo };
	};
	return eachRow(orders, rowParts(service, known), async (row) => {
		const { trackingNo } = await takeWaybill(hub, { ...wish, ...row, anew: false }, who, contracts);
		return { trackingNo };
	});
}

/** The action on each waybill, as if it were called for that one alone. */
export function doToEach<Done extends object>(
	service: Service,
	hub: Hub,
	ids: readonly string[],
	action: "waybill.printData" | "waybill.printed" | "waybill.recycle",
	told: (answer: Done) => object = () => ({}),
): Promise<RowResults<Row<object>>> {
	const known = (id: string) => ({ id });
	return eachRow(ids, rowParts(service, known), async (id) => told(await hub.call<Done>(action, { id })));
}

const rowParts = <Given, Known extends { id: string }>(service: Service, known: (row: Given) => Known) => ({
	atOnce,
	known,
	unforeseen: (row: Given, { message: reason }: Error) =>
		service.logger.error("waybill row failed", { waybillId: known(row).id, reason }),
});

/** Within one call all parcels of a shop go by the same contract: it is asked for once. */
function rememberedContracts(): typeof contractOf {
	const asked = new Map<string, Promise<Contract>>();
	return (hub, given) => {
		const known = asked.get(given.shopId) ?? contractOf(hub, given);
		asked.set(given.shopId, known);
		return known;
	};
}
