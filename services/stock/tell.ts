/** Tells a platform how many of one SKU are for sale: one call at a time, and always the newest number. */
import { createHash } from "node:crypto";
import { typeOf } from "../../config/errors.ts";
import type { LinkPart } from "../sku/sku-link.ts";
import { type Hub, partsOf, sellable } from "./offers.ts";
import { ToldModel, type ToldState, type ToldStock } from "./told.model.ts";

/** LATER: somebody else is at it, who sees that it is wanted once more. */
export type Outcome = { is: "TOLD" | "UNCHANGED" | "LATER" | "WAITING" } | { is: "FAILED"; reason: string };

/** Longer than a platform service goes on with one call, with all its tries. */
export const leaseMs = 90_000;

const firstPauseMs = 2_000;
const longestPauseMs = 3_600_000;
const waitingMs = 10 * 60_000; // a link or a shop that is switched on is told to nobody here
const mostTries = 24; // about half a day; after that it waits for the next number

interface Step {
	state: ToldState;
	reason: string;
	parts?: LinkPart[];
	quantity?: number; // the platform has it now
	at?: Date; // when the hub looks at it again by itself; none: when it is wanted
}

/** Works on the record as it was found: whoever changed it since is at it. */
export async function tell(hub: Hub, found: ToldStock): Promise<Outcome> {
	const told = await take(found);
	if (!told) return { is: "LATER" };
	const step = await work(hub, told).catch((err: unknown) => failed(told, err));
	if (!step || !(await finish(told, step))) return { is: "LATER" };
	if (step.state === "OK") return { is: step.quantity === undefined ? "UNCHANGED" : "TOLD" };
	return step.state === "WAITING" ? { is: "WAITING" } : { is: "FAILED", reason: step.reason };
}

function take({ _id, turn }: ToldStock): Promise<ToldStock | null> {
	const busy = { busy: true, nextAt: new Date(Date.now() + leaseMs) };
	return ToldModel.findOneAndUpdate(
		{ _id, turn },
		{ $set: busy, $inc: { turn: 1 } },
		{ returnDocument: "after" },
	).lean<ToldStock>();
}

/** @returns null when the record went on without us */
async function work(hub: Hub, told: ToldStock): Promise<Step | null> {
	const { platform, shopId, productNo, platformSkuId } = told;
	const { status } = await hub.call<{ status: string }>("shop.get", { id: shopId });
	if (status === "DISABLED") return waiting("the shop is switched off", told.parts);
	const parts = await partsOf(hub, told);
	if (!parts.length) return waiting("no ERP SKU is known of it", parts);
	const level = await sellable(parts);
	if ("unknown" in level) return waiting(`the ERP has told no stock of ${level.unknown.join(", ")}`, parts);
	const { quantity } = level;
	if (told.state === "OK" && told.quantity === quantity) return { state: "OK", reason: "", parts };
	const requestId = await startCall(told, quantity);
	if (!requestId) return null;
	await hub.call(`platform.${platform}.stock.set`, { shopId, productNo, platformSkuId, quantity, requestId });
	return { state: "OK", reason: "", parts, quantity };
}

const waiting = (reason: string, parts: LinkPart[]): Step => ({
	state: "WAITING",
	reason,
	parts,
	at: new Date(Date.now() + waitingMs),
});

/** Written before the call, so that a repeated one has the number of the first, after a crash too. */
async function startCall({ _id, turn, state, asked }: ToldStock, quantity: number): Promise<string | null> {
	const no = !asked.done && asked.quantity === quantity ? asked.no : asked.no + 1;
	const { matchedCount } = await ToldModel.updateOne(
		{ _id, turn },
		// Until it is known to be done the platform may have the old number or this one.
		{ $set: { asked: { quantity, no, done: false }, state: state === "OK" ? "FAILED" : state } },
	);
	return matchedCount ? createHash("sha256").update(`${_id}:${no}`).digest("hex").slice(0, 32) : null;
}

function failed({ tries }: ToldStock, err: unknown): Step {
	const reason = (err as Error).message;
	if (typeOf(err) === "PLATFORM_UNSUPPORTED") return { state: "UNSUPPORTED", reason };
	if (tries >= mostTries) return { state: "FAILED", reason };
	const waitMs = (err as { data?: { waitMs?: number } }).data?.waitMs ?? 0;
	const pauseMs = Math.min(firstPauseMs * 2 ** tries, longestPauseMs);
	return { state: "FAILED", reason, at: new Date(Date.now() + Math.max(waitMs, pauseMs)) };
}

/** @returns false when the record went on without us */
async function finish({ _id, turn, wish, tries }: ToldStock, step: Step): Promise<boolean> {
	const { state, reason, parts, quantity, at } = step;
	const $set = {
		state,
		reason,
		busy: false,
		tries: state === "FAILED" && at ? tries + 1 : 0,
		...(parts && { parts }),
		...(quantity !== undefined && { quantity, toldAt: new Date(), "asked.done": true }),
	};
	const asWished = at ? { $set: { ...$set, nextAt: at } } : { $set, $unset: { nextAt: 1 } };
	const atRest = await ToldModel.updateOne({ _id, turn, wish }, { ...asWished, $inc: { turn: 1 } });
	if (atRest.matchedCount) return true;
	// It was wanted once more meanwhile: the stock may have changed after we looked.
	const again = { $set: { ...$set, nextAt: new Date() }, $inc: { turn: 1 } };
	return (await ToldModel.updateOne({ _id, turn }, again)).matchedCount > 0;
}
