/** Links are made here, and what follows from them is waited for. */
import { get, path, put } from "../api.ts";
import { type RowWork, rowWork } from "../row-work.ts";
import { keyOf, type LinkPart, type SkuJob, type Target } from "./shapes.ts";

const lookEveryMs = 700;

/** Until the job is done; `see` is told of each step. @throws Problem */
export async function follow(begun: SkuJob, see: (job: SkuJob) => void): Promise<SkuJob> {
	let job = begun;
	see(job);
	while (!job.done) {
		await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
		job = await get<SkuJob>(path`/sku-jobs/${begun.id}`);
		see(job);
	}
	return job;
}

export interface Wish {
	target: Target;
	parts: readonly LinkPart[];
	effectiveFrom?: string | null; // ISO; orders placed from then on
}

/** @throws Problem */
export async function makeLink({ target, parts, effectiveFrom }: Wish): Promise<SkuJob> {
	const { platform, shopId, platformSkuId, outerSku } = target;
	const wanted = { platform, shopId, platformSkuId, outerSku, parts, effectiveFrom: effectiveFrom ?? null };
	const { job } = await put<{ job: SkuJob }>("/sku-links", wanted);
	return job;
}

/** Several links, one after the other, each with its own outcome. */
export function linkAll(title: string, wishes: readonly Wish[]): RowWork {
	const byKey = new Map(wishes.map((wish) => [keyOf(wish.target), wish]));
	const rows = [...byKey].map(([id, { target }]) => ({ id, label: target.outerSku || target.platformSkuId }));
	const one = async ([id = ""]: string[]): Promise<Map<string, string>> => {
		const wish = byKey.get(id);
		if (wish) await makeLink(wish);
		return new Map();
	};
	return rowWork(title, rows, one, 1);
}
