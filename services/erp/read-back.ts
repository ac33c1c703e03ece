/**
 * Reads back the parcels of ERPs that tell nobody by themselves, and gives them to the shipments. Those that no order could
 * take are offered again, be they read or told.
 */
import { dialects } from "./dialects.ts";
import type { Connection, ErpDriver } from "./driver.ts";
import { timeoutMs } from "./http.ts";
import type { Hub } from "./look.ts";
import { offer } from "./offer.ts";
import { type ParcelCursor, ParcelCursorModel, type StrayParcel, StrayParcelModel } from "./read-back.model.ts";
import { type Errand, newWalk, walk } from "./walk.ts";

const leaseMs = 5 * 60_000;
const pagesAtOnce = 20;
const straysAtOnce = 50;
const strayKeptMs = 30 * 86_400_000;

/** What `connection.all` tells of each. */
interface Listed {
	_id: string;
	dialect: string;
	status: string;
	createdAt: Date | string;
}

/** @returns how many parcels were taken; and of which connections the reading failed, with the reason */
export async function readParcelsBack(
	hub: Hub,
	drivers: Readonly<Record<string, ErpDriver>> = dialects,
): Promise<{ taken: number; failed: Record<string, string> }> {
	const { items } = await hub.call<{ items: Listed[] }>("connection.all", {});
	const failed: Record<string, string> = {};
	let taken = 0;
	for (const { _id, dialect, status, createdAt } of items) {
		const driver = Object.hasOwn(drivers, dialect) ? drivers[dialect] : undefined;
		if (status !== "ACTIVE" || !(driver?.parcels || driver?.callbacks)) continue;
		try {
			taken += await readBack(hub, driver, _id, new Date(createdAt));
		} catch (err) {
			failed[_id] = (err as Error).message; // the others are read all the same; this one again the next time
		}
	}
	return { taken, failed };
}

/**
 * One process reads an ERP at a time. `from`: where to begin the first time. The place to go on from is moved once all
 * parcels before it were taken, or put aside with the reason: so a repeat does no harm, and none is left out.
 */
export async function readBack(hub: Hub, driver: ErpDriver, connectionId: string, from: Date): Promise<number> {
	const cursor = await take(connectionId, from);
	if (!cursor) return 0;
	const since = performance.now();
	try {
		const connection = await hub.call<Connection>("connection.open", { id: connectionId });
		const by = since + leaseMs - timeoutMs - 2_000;
		const errand = { driver, connection, startBy: by, endBy: by };
		return (await offerStrays(hub, connectionId)) + (await readPages(hub, errand, cursor));
	} finally {
		await ParcelCursorModel.updateOne(
			{ _id: connectionId, leaseUntil: cursor.leaseUntil },
			{ $set: { leaseUntil: new Date(0) } },
		);
	}
}

async function take(_id: string, from: Date): Promise<ParcelCursor | null> {
	const now = new Date();
	const leaseUntil = new Date(now.getTime() + leaseMs);
	try {
		return await ParcelCursorModel.findOneAndUpdate(
			{ _id, leaseUntil: { $lte: now } },
			{ $set: { leaseUntil }, $setOnInsert: { since: from } },
			{ upsert: true, returnDocument: "after" },
		).lean<ParcelCursor>();
	} catch (err) {
		if ((err as { code?: number }).code === 11000) return null; // somebody has the lease
		throw err;
	}
}

async function readPages(hub: Hub, errand: Errand, { _id, since, leaseUntil }: ParcelCursor): Promise<number> {
	let taken = 0;
	let from = since;
	for (let page = 0; page < pagesAtOnce && performance.now() < errand.endBy; page += 1) {
		const steps = errand.driver.parcels?.(from);
		if (!steps) break;
		const { parcels, until } = await walk(errand, newWalk("FIND"), steps);
		for (const parcel of parcels) if ((await offer(hub, _id, parcel)).news) taken += 1;
		if (until <= from) break;
		await ParcelCursorModel.updateOne({ _id, leaseUntil }, { $set: { since: until } });
		from = until;
	}
	return taken;
}

async function offerStrays(hub: Hub, connectionId: string): Promise<number> {
	await StrayParcelModel.deleteMany({ connectionId, createdAt: { $lt: new Date(Date.now() - strayKeptMs) } });
	const strays = await StrayParcelModel.find({ connectionId })
		.sort({ triedAt: 1 })
		.limit(straysAtOnce)
		.lean<StrayParcel[]>();
	let taken = 0;
	for (const stray of strays) if ((await offer(hub, connectionId, stray)).news) taken += 1;
	return taken;
}
