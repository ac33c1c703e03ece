/** Carries out what follows from a changed link or ERP SKU: see job.model.ts. */
import { randomUUID } from "node:crypto";
import type { ServiceBroker } from "moleculer";
import { hubError } from "../../config/errors.ts";
import type { Rematched, Waiting } from "../order/rematch.ts";
import type { ProductSkus } from "../product/skus.ts";
import { linkByCode } from "./auto-link.ts";
import { type SkuJob, SkuJobModel } from "./job.model.ts";
import type { SkuRef } from "./sku-link.ts";

/** Nobody else takes a job for so long after each page of it. */
export const leaseMs = 30_000;

/** So long the one who asked waits for it; then it goes on by itself. */
const waitMs = 3_000;

type Work = Partial<Pick<SkuJob, "products" | "orders">>;

/** What became of a job so far. `done` false: it goes on; GET /sku-jobs/:id tells. */
export interface JobState {
	id: string;
	linked: number;
	released: number;
	done: boolean;
}

const stateOf = ({ _id, linked, released, stage }: SkuJob): JobState => ({
	id: _id,
	linked,
	released,
	done: stage === "done",
});

/**
 * Writes down what is to be done, before that is stored which makes it necessary: whoever dies in between leaves a job
 * that finds nothing to do, not orders that nobody looks at again. Taken by others after the lease.
 */
export async function planJob({ products = null, orders = null }: Work, by: string): Promise<SkuJob> {
	const createdAt = new Date();
	const job: SkuJob = {
		_id: randomUUID(),
		products,
		orders,
		by,
		stage: products ? "products" : "orders",
		cursor: "",
		linked: 0,
		released: 0,
		createdAt,
		nextAt: new Date(createdAt.getTime() + leaseMs),
		turn: 0,
	};
	await SkuJobModel.create(job);
	return job;
}

/** Makes a planned job due at once. */
export async function leaveToOthers({ _id, turn }: SkuJob): Promise<void> {
	await SkuJobModel.updateOne({ _id, turn }, { $set: { nextAt: new Date() } });
}

/** Works while the caller may wait, and leaves the rest due. */
export async function workAWhile(broker: ServiceBroker, job: SkuJob): Promise<JobState> {
	const last = await workOff(broker, job, Date.now() + waitMs);
	if (last.stage !== "done") await leaveToOthers(last);
	return stateOf(last);
}

/** Page by page until it is done, the time is over or somebody else took the job. */
export async function workOff(broker: ServiceBroker, job: SkuJob, until = Number.POSITIVE_INFINITY): Promise<SkuJob> {
	let now = job;
	while (now.stage !== "done" && Date.now() < until) {
		const change = await (now.stage === "products" ? productsPage(broker, now, until) : ordersPage(broker, now));
		const next: SkuJob = { ...now, ...change };
		if (!(await saved(next))) return next;
		now = next;
	}
	return now;
}

type Step = Pick<SkuJob, "stage" | "cursor" | "linked" | "released">;

async function saved({ _id, turn, stage, cursor, linked, released }: SkuJob): Promise<boolean> {
	const now = Date.now();
	const rest =
		stage === "done"
			? { $set: { stage, cursor, linked, released, doneAt: new Date(now) }, $unset: { nextAt: 1 } }
			: { $set: { stage, cursor, linked, released, nextAt: new Date(now + leaseMs) } };
	const { matchedCount } = await SkuJobModel.updateOne({ _id, turn }, rest);
	return matchedCount === 1;
}

/** Links the SKUs of a page of products, and releases what waited for them. Out of time it stays at this page. */
async function productsPage(broker: ServiceBroker, job: SkuJob, until: number): Promise<Step> {
	const { items, after } = await broker.call<{ items: ProductSkus[]; after: string | null }, object>("product.skus", {
		...job.products,
		after: job.cursor,
	});
	let { linked, released } = job;
	for (const [first, ...others] of Map.groupBy(items, ({ platform, shopId }) => `${platform}:${shopId}`).values()) {
		if (!first) continue;
		const { platform, shopId } = first;
		const found = await linkByCode({ platform, shopId, skus: [first, ...others].flatMap(({ skus }) => skus) }, job.by);
		linked += found.created;
		const waited = await releaseAll(broker, { platform, shopId }, found.linked, job.by, until);
		released += waited.released;
		if (!waited.done) return { stage: "products", cursor: job.cursor, linked, released };
	}
	if (after !== null) return { stage: "products", cursor: after, linked, released };
	return { stage: job.orders ? "orders" : "done", cursor: "", linked, released };
}

/** How an order's line names a SKU. */
export const waitingFor = ({ platformSkuId, outerSku }: SkuRef): Pick<Waiting, "field" | "values"> =>
	platformSkuId ? { field: "platformSkuId", values: [platformSkuId] } : { field: "outerSku", values: [outerSku] };

/** Matches the orders of the shop anew that wait for one of the SKUs, until the time is over. */
export async function releaseAll(
	broker: ServiceBroker,
	shop: { platform: string; shopId: string },
	skus: readonly SkuRef[],
	by: string,
	until: number,
): Promise<{ released: number; done: boolean }> {
	let released = 0;
	for (const [field, ofField] of Map.groupBy(skus.map(waitingFor), (each) => each.field)) {
		const waiting = { ...shop, field, values: ofField.flatMap(({ values }) => values) };
		for (let from: string | null = ""; from !== null; ) {
			const page: Rematched = await rematch(broker, waiting, from, by);
			released += page.released;
			from = page.after;
			if (from !== null && Date.now() >= until) return { released, done: false };
		}
	}
	return { released, done: true };
}

async function ordersPage(broker: ServiceBroker, job: SkuJob): Promise<Step> {
	const { linked, released } = job;
	if (!job.orders) return { stage: "done", cursor: "", linked, released };
	const { shop, field, values } = job.orders;
	const page = await rematch(broker, { ...shop, field, values }, job.cursor, job.by);
	const goesOn = page.after !== null;
	return { stage: goesOn ? "orders" : "done", cursor: page.after ?? "", linked, released: released + page.released };
}

const rematch = (broker: ServiceBroker, waiting: Waiting, after: string, by: string): Promise<Rematched> =>
	broker.call<Rematched, object>("order.rematchWaiting", { ...waiting, after }, { meta: { actor: by } });

export async function jobState(id: string): Promise<JobState> {
	const job = await SkuJobModel.findById(id).lean<SkuJob>();
	if (!job) throw hubError("NOT_FOUND", "no such job", { id });
	return stateOf(job);
}
