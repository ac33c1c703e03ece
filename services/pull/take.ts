import type { ServiceBroker } from "moleculer";
import { typeOf } from "../../config/errors.ts";
import { orderId } from "../order/order.ts";
import type { Listed } from "../platform/adapter.ts";
import type { OrderReading } from "../platform/platform-service.ts";
import { pooled } from "./pool.ts";
import { failedAmong, noteParked, noteTaken, type Taken } from "./readings.ts";

export interface PulledShop {
	broker: ServiceBroker;
	platform: string;
	shopId: string;
}

export interface Outcome {
	taken: number;
	parked: number;
	failures: { row: Listed; error: Error }[]; // they may succeed later
}

const kind = "orders";
const concurrency = 16;
const chunkSize = 100;
/** So many failures without a success between them are no matter of single records. */
const giveUpAfter = 5;

/**
 * Takes these orders: asks the platform for each and gives it to `order.save`. One that can never be taken as it is
 * is parked, and the rest go on. Ends early when `going` says so or when nothing succeeds any more.
 */
export async function takeOrders(
	shop: PulledShop,
	rows: readonly Listed[],
	seenAt: Date,
	going: () => boolean,
): Promise<Outcome> {
	const outcome: Outcome = { taken: 0, parked: 0, failures: [] };
	let failuresInARow = 0;
	for (let start = 0; start < rows.length && failuresInARow < giveUpAfter; start += chunkSize) {
		const taken: Taken[] = [];
		await pooled(rows.slice(start, start + chunkSize), concurrency, async (row) => {
			try {
				taken.push(await takeOrder(shop, row.id));
				failuresInARow = 0;
			} catch (err) {
				const error = err as Error;
				if (isOfRecord(error)) {
					await parkOrder(shop, { ...row, fetchedAt: seenAt }, error);
					outcome.parked += 1;
				} else {
					outcome.failures.push({ row, error });
					failuresInARow += 1;
				}
			}
			return going() && failuresInARow < giveUpAfter;
		});
		await settle(shop, taken);
		outcome.taken += taken.length;
		if (!going()) break;
	}
	return outcome;
}

/** One order, whatever is known of it already. @throws whatever the platform or `order.save` answered */
export async function takeOrder({ broker, platform, shopId }: PulledShop, orderNo: string): Promise<Taken> {
	const reading = await broker.call<OrderReading, object>(`platform.${platform}.orders.get`, { shopId, orderNo });
	await broker.call("order.save", reading.order, { meta: { actor: `platform:${platform}` } });
	// Between processes dates travel as text.
	const modifiedAt = new Date(reading.order.modifiedAt);
	return { id: orderNo, modifiedAt, fetchedAt: new Date(reading.fetchedAt) };
}

/** Puts an order aside for a person, and for another try later. Its raw document is kept. */
export async function parkOrder(shop: PulledShop, row: Taken, err: Error): Promise<void> {
	const { broker, platform, shopId } = shop;
	const id = orderId(platform, shopId, row.id);
	const ref = { shopId, kind, orderNo: row.id, orderId: id };
	await broker.call("event.park", { id, source: "pull", ref, reason: err.message });
	await noteParked({ shopId, kind }, row);
	const facts = { shopId, orderId: id, type: typeOf(err), reason: err.message };
	broker.getLogger("pull").warn("order parked", facts);
}

/** Notes what was taken, and takes off the list of parked things what had been put there. */
export async function settle({ broker, platform, shopId }: PulledShop, taken: readonly Taken[]): Promise<void> {
	if (!taken.length) return;
	const pulled = { shopId, kind } as const;
	const ids = taken.map(({ id }) => id);
	for (const id of await failedAmong(pulled, ids)) {
		const meta = { actor: "rule:read-again" };
		try {
			await broker.call("event.discard", { id: `pull:${orderId(platform, shopId, id)}` }, { meta });
		} catch (err) {
			if (typeOf(err) !== "NOT_FOUND") throw err; // a person settled it already
		}
	}
	await noteTaken(pulled, taken);
}

/** 422 says that the record itself is at fault: asking again gives the same. */
const isOfRecord = (err: unknown): boolean => (err as { code?: number }).code === 422;
