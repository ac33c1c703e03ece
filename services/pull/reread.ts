import { noteReread } from "./cursor.ts";
import type { PullKind } from "./kinds.ts";
import type { Run } from "./run.ts";
import { takeAll } from "./take.ts";

interface OpenPage {
	items: (Record<string, unknown> & { modifiedAt: Date })[];
	nextCursor: string | null;
}

/** What of each kind is open, and by which field of it the platform knows it. */
const open: Readonly<Partial<Record<PullKind, { list: string; statuses: readonly string[]; id: string }>>> = {
	orders: { list: "order.list", statuses: ["WAIT_SHIP", "PART_SHIPPED"], id: "orderNo" },
	aftersales: {
		list: "aftersale.list",
		statuses: [
			"APPLIED",
			"WAIT_BUYER_RETURN",
			"WAIT_SELLER_RECEIVE",
			"WAIT_SELLER_SHIP",
			"WAIT_BUYER_CONFIRM",
			"PLATFORM_HANDLING",
			"REFUSED",
		],
		id: "aftersaleNo",
	},
};
const pageSize = 100;

/**
 * Some platforms move no time when a memo or an address changes, so no list tells of it. What is still open is read
 * again now and then. A new list begins to count from its first run: what it has read until then is fresh.
 */
export async function rereadOpen(run: Run, rereadAt: Date | null): Promise<void> {
	const { key, by, rules, now, going } = run;
	const wanted = open[key.kind];
	if (!wanted || rules.rereadOpenMs === null) return;
	const startedAt = now();
	if (rereadAt && startedAt.getTime() - rereadAt.getTime() < rules.rereadOpenMs) return;
	if (rereadAt) for (const status of wanted.statuses) await rereadAll(run, wanted, status, startedAt);
	if (going()) await noteReread(key, by, startedAt);
}

async function rereadAll(
	{ puller, going, result }: Run,
	{ list, id }: { list: string; id: string },
	status: string,
	startedAt: Date,
): Promise<void> {
	for (let cursor: string | null = ""; cursor !== null && going(); ) {
		// Orders entered by hand are of the shop too, and of no platform.
		const query = {
			platform: puller.platform,
			shopId: puller.shopId,
			status,
			limit: pageSize,
			...(cursor && { cursor }),
		};
		const page: OpenPage = await puller.broker.call<OpenPage, object>(list, query);
		const rows = page.items.map((item) => ({
			id: String(item[id]),
			modifiedAt: new Date(item.modifiedAt), // text between processes
			kept: false,
		}));
		const outcome = await takeAll(puller, rows, startedAt, going);
		result.taken += outcome.taken;
		result.parked += outcome.parked;
		const [first] = outcome.failures;
		if (first) throw first.error;
		cursor = page.nextCursor;
	}
}
