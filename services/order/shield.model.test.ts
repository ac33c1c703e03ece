/**
 * A model of the refund shield: every actor is a row of atomic steps (one read or one conditional write each), and all
 * interleavings of them are walked. The decisions are the code's own; only the store is a variable.
 */
import { describe, expect, it } from "vitest";
import { forbids } from "./change.ts";
import { isClaimed } from "./claim.ts";
import type { OrderDocument } from "./order.model.ts";
import { platformOrder } from "./order.sample.ts";
import { givenBack, withRecall } from "./recall.ts";
import { whyNotShip } from "./shipping-claim.ts";

interface World {
	order: OrderDocument;
	log: string[];
	/** What each actor has read, and where it is. */
	actors: { at: number; seen: OrderDocument | null }[];
}

/** A step says where its actor goes on; null: it cannot be taken now; "end": the actor is done. */
type Step = (world: World, actor: World["actors"][number]) => number | null | "end";

const epoch = new Date(0);
const now = new Date(1_000);
const inTime = new Date(2_000); // of a claim that lasts

const read: Step = (world, actor) => {
	actor.seen = world.order;
	return actor.at + 1;
};

/** Writes only what was worked out from the stored version, and no hold beside a ship call: as change.ts does. */
const write =
	(change: (order: OrderDocument) => OrderDocument, said: string): Step =>
	(world, actor) => {
		const seen = actor.seen as OrderDocument;
		const next = change(seen);
		if (forbids(seen, next) && isClaimed(seen, now)) return world.order === seen ? null : 0;
		if (world.order.version !== seen.version) return 0;
		world.order = { ...next, shipping: world.order.shipping, version: seen.version + 1 };
		world.log.push(said);
		return "end";
	};

const hold = (reason: "REFUND_APPLIED" | "MANUAL") => (order: OrderDocument) =>
	withRecall({
		...order,
		holds: [...order.holds, { reason, at: now, by: "platform" }],
		fence: order.fence + 1,
	}) as OrderDocument;

const refund: Step[] = [read, write(hold("REFUND_APPLIED"), "held")];
const manualHold: Step[] = [read, write(hold("MANUAL"), "held")];

/** prepare → claim → call → end, as shipment/ship.ts and platform ship do. `dies`: in the middle of the call. */
const ship = (parcel: string, dies = false): Step[] => [
	(world, actor) => {
		actor.seen = world.order;
		return whyNotShip(world.order, world.order.fence) ? "end" : actor.at + 1;
	},
	(world, actor) => {
		const fence = (actor.seen as OrderDocument).fence;
		if (whyNotShip(world.order, fence) || isClaimed(world.order, now)) return "end";
		const shipping = { by: parcel, until: inTime };
		world.order = { ...world.order, shipping, version: world.order.version + 1 };
		return actor.at + 1;
	},
	(world, actor) => {
		world.log.push(`call ${parcel}`);
		return dies ? "end" : actor.at + 1;
	},
	(world) => {
		if (world.order.shipping?.by === parcel) world.order = { ...world.order, shipping: null };
		return "end";
	},
];

/** A claim whose holder died ends when its time is over, and its call with it. */
const expiry: Step[] = [
	(world) => {
		if (!world.order.shipping || !isClaimed(world.order, now)) return null;
		if (!world.log.some((said) => said === `call ${world.order.shipping?.by}`)) return null;
		world.order = { ...world.order, shipping: { ...world.order.shipping, until: epoch } };
		return "end";
	},
];

const pushed: Step[] = [
	read,
	write((order) => withRecall({ ...order, erp: { ...order.erp, state: "OK" } }) as OrderDocument, "pushed"),
];
const cancelled: Step[] = [
	read,
	(world, actor) =>
		actor.seen?.erp.recall.state === "WANTED" ? actor.at + 1 : world.log.includes("pushed") ? 0 : "end",
	write((order) => givenBack(order, now) as OrderDocument, "cancelled"),
];

function firstWorld(actors: number): World {
	const { lines, platformHolds: _, ...order } = platformOrder();
	const stored = {
		...order,
		_id: "o",
		lines: lines.map((line) => ({ ...line, erpSku: line.outerSku, shippedQty: 0 })),
		holds: [],
		ready: true,
		erp: {
			state: "NONE",
			connectionId: "",
			docNo: "",
			reason: "",
			at: null,
			revision: 1,
			recall: { state: "NONE", why: "", reason: "" },
		},
		aftersales: [],
		parcels: [],
		fence: 0,
		version: 1,
		shipping: null,
		contentHash: "",
		outbox: [],
		createdAt: epoch,
		updatedAt: epoch,
	} as unknown as OrderDocument;
	return { order: stored, log: [], actors: Array.from({ length: actors }, () => ({ at: 0, seen: null })) };
}

/** Walks every interleaving; the same world reached by another way is walked once. @returns every log there can be */
function walk(programs: readonly Step[][]): string[][] {
	const logs = new Map<string, string[]>();
	const known = new Set<string>();
	const visit = (world: World): void => {
		const key = JSON.stringify(world);
		if (known.has(key)) return;
		known.add(key);
		let moved = false;
		programs.forEach((program, index) => {
			const { at, seen } = world.actors[index] as World["actors"][number];
			const step = program[at];
			if (!step) return;
			const next: World = { ...world, log: [...world.log], actors: world.actors.map((actor) => ({ ...actor })) };
			const actor = next.actors[index] as World["actors"][number];
			actor.seen = seen;
			const goesTo = step(next, actor);
			if (goesTo === null) return;
			actor.at = goesTo === "end" ? program.length : goesTo;
			moved = true;
			visit(next);
		});
		if (!moved) logs.set(JSON.stringify(world.log), world.log);
	};
	visit(firstWorld(programs.length));
	return [...logs.values()];
}

describe("in every interleaving of its atomic steps", () => {
	it.each([
		["a refund and a shipment", [refund, ship("p1")]],
		["a refund and two parcels", [refund, ship("p1"), ship("p2")]],
		["a refund, a hold by hand and a shipment", [refund, manualHold, ship("p1")]],
		["a refund, a shipment and a push", [refund, ship("p1"), pushed]],
		["a refund, a shipment, a push and its cancel", [refund, ship("p1"), pushed, cancelled]],
		["a refund and a shipment whose sender dies", [refund, ship("p1", true), expiry, expiry, ship("p2")]],
	])("of %s: no ship call is sent after the hold was stored", (_what, programs) => {
		const logs = walk(programs);
		expect(logs.length).toBeGreaterThan(1);
		for (const log of logs) {
			const heldAt = log.indexOf("held");
			const calls = log.flatMap((said, at) => (said.startsWith("call") ? [at] : []));
			expect(heldAt, "every hold is stored in the end").toBeGreaterThanOrEqual(0);
			for (const at of calls) expect(at, log.join(" → ")).toBeLessThan(heldAt);
		}
		expect(logs.some((log) => log.some((said) => said.startsWith("call")))).toBe(true);
		expect(logs.some((log) => !log.some((said) => said.startsWith("call")))).toBe(true);
	});

	it("the walk finds the mistake in a shipment that only looks before it calls", () => {
		const careless: Step[] = [ship("p1")[0] as Step, ship("p1")[2] as Step];
		const wrong = walk([refund, [...careless, () => "end"]]).filter(
			(log) => log.indexOf("held") < log.indexOf("call p1") && log.includes("held"),
		);
		expect(wrong.length).toBeGreaterThan(0);
	});
});
