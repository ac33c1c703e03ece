/** The labels of this browser: its print components, the gateway, and what is kept over a reload. */
import { reactive, shallowRef } from "vue";
import type { PrintClientName } from "../../config/print-clients.ts";
import { Problem, post } from "../api.ts";
import { said } from "../print/words.ts";
import { failureWords, type RowAnswer } from "../words/failure.ts";
import { clientOf, printerOf } from "./components.ts";
import { shipParcel } from "./desk-work.ts";
import type { DeskLabel } from "./label.ts";
import { type DeskParts, LabelDesk, type Printable } from "./label-desk.ts";
import { wordsOf } from "./words-of.ts";

const kept = "hub.labels";

type PrintAnswer = RowAnswer & { printClient: PrintClientName; printData: string; printedBefore: boolean };

const parts: DeskParts = {
	async printData(ids) {
		const { results } = await post<{ results: PrintAnswer[] }>("/waybills/batch-print-data", { ids });
		return results.map((row): Printable => {
			const { id, printClient, printData, printedBefore } = row;
			if (!row.ok) return { id, ok: false, reason: said(failureWords(row)) };
			return { id, ok: true, printClient, printData, printedBefore };
		});
	},
	async print(client, wishes, onChange) {
		const printer = await printerOf(client);
		return clientOf(client).print(wishes, printer, onChange);
	},
	async note(ids) {
		const { results } = await post<{ results: RowAnswer[] }>("/waybills/batch-printed", { ids });
		return new Map(results.filter(({ ok }) => !ok).map((row) => [row.id, said(failureWords(row))]));
	},
	async ship(label) {
		try {
			await shipParcel(label);
			return null;
		} catch (err) {
			if (err instanceof Problem && err.status > 0 && err.status < 500) return wordsOf(err);
			throw err; // it is told again
		}
	},
	wordsOf,
	store: {
		read: () => JSON.parse(localStorage.getItem(kept) ?? "[]") as DeskLabel[],
		write: (labels) => localStorage.setItem(kept, JSON.stringify(labels)),
	},
};

/** null: another window of this browser has the labels; this one's turn comes when that is closed. */
export const labelDesk = shallowRef<LabelDesk | null>(null);
let asked = false;

/**
 * Two windows would each take what the other sends for lost, so one has the labels at a time. Once for the page; a
 * browser without locks, on a page that is neither local nor over TLS, lets every window have them.
 */
export function openLabelDesk(): void {
	if (asked) return;
	asked = true;
	const open = (): void => {
		labelDesk.value = new LabelDesk(reactive<DeskLabel[]>([]), parts);
	};
	if (!navigator.locks) {
		open();
		return;
	}
	void navigator.locks.request("hub.labels", () => {
		open();
		return new Promise<never>(() => {}); // as long as the window is there
	});
}
