import { describe, expect, it, vi } from "vitest";
import type { LabelWish, QueuedLabel } from "../print/label-queue.ts";
import type { DeskLabel } from "./label.ts";
import { type DeskParts, LabelDesk } from "./label-desk.ts";

const parcel = (n: number) => ({
	...{ id: `o${n}:1`, orderId: `o${n}`, orderNo: `${n}`, carrier: "ZTO", trackingNo: `T${n}` },
});
const parcels = (count: number) => Array.from({ length: count }, (_, n) => parcel(n));
const words = (text: string) => ({ zh: text, en: text });

/** A desk whose printer does as `outcome` says, and what came of it. */
function bed({ outcome = () => "printed" as QueuedLabel["state"], handedOut = [] as string[] } = {}) {
	let kept: DeskLabel[] = [];
	const paper: string[] = [];
	const noted: string[] = [];
	const shipped: string[] = [];
	const before = new Set(handedOut);
	const parts: DeskParts = {
		async printData(ids) {
			return ids.map((id) => {
				const printedBefore = before.has(id);
				before.add(id);
				if (id === "o99:1") return { id, ok: false, reason: words("held") };
				return { id, ok: true, printClient: "cainiao", printData: "{}", printedBefore };
			});
		},
		async print(_client, wishes, onChange) {
			let cancelled = false;
			const cancel = (): void => {
				cancelled = true;
			};
			return { done: run(wishes, onChange), cancel };
			async function run(all: readonly LabelWish[], tell: (label: QueuedLabel) => void): Promise<QueuedLabel[]> {
				const ended: QueuedLabel[] = [];
				for (const { id, trackingNo } of all) {
					await Promise.resolve();
					const stopped = cancelled || ended.some(({ state }) => state === "unknown");
					if (!stopped) tell({ id, trackingNo, state: "sent", reason: null });
					const state = stopped ? ("cancelled" as const) : outcome();
					if (state === "printed") paper.push(trackingNo);
					const label = { id, trackingNo, state, reason: null };
					ended.push(label);
					tell(label);
				}
				return ended;
			}
		},
		async note(ids) {
			noted.push(...ids);
			return new Map();
		},
		async ship({ trackingNo }) {
			shipped.push(trackingNo);
			return trackingNo === "T1" ? words("refused") : null;
		},
		wordsOf: (err) => words(String(err)),
		store: {
			read: () => structuredClone(kept),
			write(labels) {
				kept = structuredClone([...labels]);
			},
		},
	};
	return { open: () => new LabelDesk([], parts), parts, paper, noted, shipped, kept: () => kept };
}

const settled = (desk: LabelDesk) => vi.waitFor(() => expect(desk.running).toBe(false), { timeout: 10_000 });
const states = ({ labels }: LabelDesk) => labels.map(({ state }) => state);

describe("the labels of a desk", () => {
	it("are printed in their order, each once, told to the hub and shipped where that is wanted", async () => {
		const { open, paper, noted, shipped } = bed();
		const desk = open();
		desk.print(parcels(25), { ship: true });
		expect(desk.print(parcels(3))).toHaveLength(3); // pressed twice
		await vi.waitFor(() => expect(shipped).toHaveLength(25), { timeout: 10_000 });
		expect(paper).toEqual(parcels(25).map(({ trackingNo }) => trackingNo));
		expect(noted.toSorted()).toEqual(
			parcels(25)
				.map(({ id }) => id)
				.sort(),
		);
		await vi.waitFor(() => expect(desk.labels.filter(({ ship }) => ship === "failed")).toHaveLength(1));
		desk.clear();
		expect(desk.labels).toEqual([]);
	});

	it("that were printed before are printed again only when somebody says so", async () => {
		const { open, paper } = bed({ handedOut: ["o0:1", "o1:1"] });
		const desk = open();
		desk.print(parcels(3));
		await settled(desk);
		expect(paper).toEqual(["T2"]);
		desk.decide(["o0:1"], true);
		desk.decide(["o1:1"], false);
		await settled(desk);
		expect(paper).toEqual(["T2", "T0"]);
		expect(desk.labels.find(({ id }) => id === "o1:1")?.state).toBe("cancelled");
	});

	it("are unknown in the page that is opened after one that was closed in the middle, and wait for a person", async () => {
		const { open, parts, paper, noted, kept } = bed();
		const first = new LabelDesk([], {
			...parts,
			print: async (_client, [wish], onChange) => {
				if (wish) onChange({ ...wish, state: "sent", reason: null });
				return { done: new Promise(() => {}), cancel: () => {} };
			},
		});
		first.print(parcels(12));
		await vi.waitFor(() => expect(kept().filter(({ state }) => state === "sent")).toHaveLength(1));

		const desk = open();
		expect(states(desk)).toEqual(["unknown", ...Array(11).fill("cancelled")]);
		expect(desk.print(parcels(1))).toEqual([parcel(0)]); // not before somebody has looked
		expect(paper).toEqual([]);
		desk.settle(["o0:1"], true);
		await vi.waitFor(() => expect(noted).toEqual(["o0:1"]));
		expect(paper).toEqual([]);
	});

	it("stop behind one whose fate is not known; one that did not come out is printed without a question", async () => {
		let times = 0;
		const { open, paper } = bed({ outcome: () => (times++ === 1 ? "unknown" : "printed") });
		const desk = open();
		desk.print(parcels(15));
		await settled(desk);
		expect(states(desk)).toEqual(["printed", "unknown", ...Array(13).fill("cancelled")]);
		desk.settle(["o1:1"], false);
		expect(desk.print(parcels(15).slice(1))).toEqual([]);
		await settled(desk);
		expect(paper).toHaveLength(15);
		expect(new Set(paper).size).toBe(15);
	});

	it("that failed are printed once more without a question, as they did not come out", async () => {
		let times = 0;
		const { open, paper } = bed({ outcome: () => (times++ === 0 ? "failed" : "printed") });
		const desk = open();
		desk.print(parcels(2));
		await settled(desk);
		expect(states(desk)).toEqual(["failed", "printed"]);
		desk.retry();
		await settled(desk);
		expect(paper).toEqual(["T1", "T0"]);
	});

	it("say why there is nothing to print, each its own", async () => {
		const { open, paper } = bed();
		const desk = open();
		desk.print([parcel(99), parcel(1)]);
		await settled(desk);
		expect(desk.labels.map(({ state, reason }) => [state, reason?.en])).toEqual([
			["failed", "held"],
			["printed", undefined],
		]);
		expect(paper).toEqual(["T1"]);
	});
});
