/** What an ERP tells by itself, in its own format: parcels that left, goods that came back. */
import { hubError, typeOf } from "../../config/errors.ts";
import { isPassing, outageOf } from "../../config/outage.ts";
import { takeArrival } from "./arrival.ts";
import { driverOf } from "./dialects.ts";
import type { Callback, Connection, ErpCall, ErpReply } from "./driver.ts";
import type { Hub } from "./look.ts";
import { addresseeOf, offer } from "./offer.ts";

export interface CallbackResult {
	reply: ErpReply;
	refused: string; // the type of the error; "" when all was taken
	strays: string[]; // why parcels were put aside
}

/**
 * Safe to repeat, in any order and twice at once. A refusal that the dialect can put in words is an answer, not an error.
 * @throws NOT_FOUND for a dialect that does not call, CONNECTION_MISSING, CONFLICT for a connection that is switched off
 */
export async function takeCallback(hub: Hub, connectionId: string, call: ErpCall): Promise<CallbackResult> {
	const connection = await hub.call<Connection>("connection.open", { id: connectionId });
	const { callbacks } = driverOf(connection.dialect);
	if (!callbacks) throw hubError("NOT_FOUND", `${connection.dialect} does not call`);
	const refuse = (err: unknown, message: string): CallbackResult => {
		const code = outageOf(err) ?? typeOf(err);
		if (!code) throw err;
		return { reply: callbacks.answer({ code, message }), refused: code, strays: [] };
	};
	try {
		callbacks.verify(call, connection, new Date());
	} catch (err) {
		return refuse(err, ""); // it may be anybody
	}
	try {
		const strays = await takeTold(hub, connection, callbacks.read(call));
		return { reply: callbacks.answer(null), refused: "", strays };
	} catch (err) {
		return refuse(err, isPassing(err) ? "" : (err as Error).message);
	}
}

/** @returns why parcels were put aside: they are kept, and a person sees them. @throws NOT_FOUND for a number not ours */
async function takeTold(hub: Hub, connection: Connection, told: Callback): Promise<string[]> {
	if ("arrival" in told) {
		await takeArrival(hub, connection, told.arrival);
		return [];
	}
	for (const { number } of told.parcels) await addresseeOf(hub, connection.id, number);
	const strays: string[] = [];
	for (const parcel of told.parcels) {
		const { stray } = await offer(hub, connection.id, parcel);
		if (stray) strays.push(stray);
	}
	return strays;
}
