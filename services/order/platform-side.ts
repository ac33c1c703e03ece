/** What the platform says of an order at this moment; where it says nothing, what it said last. */
import { type ErrorType, errorTypes, typeOf } from "../../config/errors.ts";
import { outageOf } from "../../config/outage.ts";
import type { HubContext } from "../../mixins/actor.ts";
import { kept } from "../../mixins/kept.ts";
import type { Reading } from "../platform/document-actions.ts";
import { isManual } from "./manual.ts";
import type { Order, OrderLine, PlatformOrder } from "./order.ts";

export interface PlatformSide {
	status: Order["status"];
	rawStatus: string;
	refund: OrderLine["refund"]; // of its lines, what goes furthest in stopping it
	modifiedAt: Date;
	readAt: Date; // when the platform said so; where it was not reached, when the hub stored it
	fresh: boolean; // read now; else what is stored
	failed: { type: ErrorType; zh: string; en: string } | null; // why it is not fresh
}

/** Both beside each other. `now`: null where the platform could not be asked. */
export interface AskedPlatform {
	side: PlatformSide;
	now: PlatformOrder | null;
}

const readMs = 8_000;
/** A drawer that is opened twice asks the platform once. */
const readings = kept<Reading<PlatformOrder>>(5_000);

/** Null for an order that no platform knows. */
export async function askPlatform(ctx: HubContext<unknown>, order: Order): Promise<AskedPlatform | null> {
	if (isManual(order)) return null;
	try {
		const { document: now, fetchedAt } = await readings(order._id, () => read(ctx, order));
		const side = { ...sideOf(now), readAt: new Date(fetchedAt), fresh: true, failed: null };
		return { side: { ...side, modifiedAt: new Date(now.modifiedAt) }, now };
	} catch (err) {
		const type = typeOf(err) ?? outageOf(err);
		if (!type) throw err;
		const { zh, en } = errorTypes[type];
		const side = { ...sideOf(order), readAt: order.updatedAt, fresh: false, failed: { type, zh, en } };
		return { side, now: null };
	}
}

const read = (ctx: HubContext<unknown>, { platform, shopId, orderNo }: Order): Promise<Reading<PlatformOrder>> =>
	ctx.call<Reading<PlatformOrder>, object>(
		`platform.${platform}.orders.get`,
		{ shopId, id: orderNo },
		{ timeout: readMs },
	);

const sideOf = ({
	status,
	rawStatus,
	modifiedAt,
	lines,
}: Pick<Order, "status" | "rawStatus" | "modifiedAt"> & {
	lines: readonly OrderLine[];
}) => ({ status, rawStatus, refund: refundOf(lines), modifiedAt });

export function refundOf(lines: readonly Pick<OrderLine, "refund">[]): OrderLine["refund"] {
	const states = lines.map(({ refund }) => refund);
	return states.includes("APPLIED") ? "APPLIED" : states.includes("DONE") ? "DONE" : "NONE";
}
