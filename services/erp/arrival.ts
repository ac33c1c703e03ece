/** Goods that came back to an ERP's warehouse become the after-sale's receipt. */
import { hubError } from "../../config/errors.ts";
import { type Arrivals, ArrivalsModel } from "./arrival.model.ts";
import { driverOf } from "./dialects.ts";
import type { Arrival, Connection, Pieces } from "./driver.ts";
import type { Hub } from "./look.ts";
import { type Push, PushModel } from "./push.model.ts";
import { inTurn } from "./turn.ts";

/**
 * Adds up what was told of the after-sale, each telling once, and gives it to the after-sale.
 * @throws NOT_FOUND for a number not ours; as `aftersale.result`
 */
export async function takeArrival(hub: Hub, connection: Connection, arrival: Arrival): Promise<void> {
	const { number, ...part } = arrival;
	const push = await PushModel.findOne({ connectionId: connection.id, kind: "aftersale", number }).lean<Push>();
	if (!push) throw hubError("NOT_FOUND", `no after-sale of the number ${number}`);
	await inTurn(`arrival:${push._id}`, async () => {
		const { parts } = await note(push._id, part);
		const expected = driverOf(connection.dialect).callbacks?.expected(push.document) ?? [];
		const { lines } = await hub.call<{ lines: { quantity: number }[] }>("aftersale.get", { id: push.aftersaleId });
		const sold = lines.reduce((sum, { quantity }) => sum + quantity, 0);
		const receipt = receiptOf(parts, expected, sold);
		await hub.call("aftersale.result", { id: push.aftersaleId, action: "received", ...receipt });
	});
}

async function note(_id: string, part: Arrivals["parts"][number]): Promise<Arrivals> {
	await ArrivalsModel.updateOne({ _id }, { $setOnInsert: { parts: [] } }, { upsert: true });
	await ArrivalsModel.updateOne({ _id, "parts.part": { $ne: part.part } }, { $push: { parts: part } });
	const kept = await ArrivalsModel.findById(_id).lean<Arrivals>();
	if (!kept) throw hubError("NOT_FOUND", `arrivals of ${_id}`);
	return kept;
}

/**
 * `quantity` is left out where all is back. Else it is the after-sale's share of what was expected, rounded down: of a combo
 * the ERP counts the parts. One defective piece makes the receipt defective, which no money goes back for by itself.
 */
export function receiptOf(
	parts: Arrivals["parts"],
	expected: readonly Pieces[],
	sold: number,
): { quantity?: number; condition: "good" | "defective"; note: string } {
	const back = totals(parts.flatMap(({ good, defective }) => [...good, ...defective]));
	const wanted = totals(expected);
	const broken = parts.flatMap(({ defective }) => defective).some(({ quantity }) => quantity > 0);
	const others = [...back].filter(([sku, quantity]) => quantity > 0 && !wanted.has(sku)).map(([sku]) => sku);
	const note = others.length ? `not of this return: ${others.join(", ")}`.slice(0, 500) : "";
	const rest = { condition: broken ? ("defective" as const) : ("good" as const), note };
	let [arrived, planned] = [0, 0];
	for (const [sku, quantity] of wanted) {
		planned += quantity;
		arrived += Math.min(quantity, back.get(sku) ?? 0);
	}
	if (planned && arrived === planned) return rest;
	return { ...rest, quantity: planned ? Math.floor((sold * arrived) / planned) : 0 };
}

function totals(pieces: readonly Pieces[]): Map<string, number> {
	const sums = new Map<string, number>();
	for (const { sku, quantity } of pieces) sums.set(sku, (sums.get(sku) ?? 0) + quantity);
	return sums;
}
