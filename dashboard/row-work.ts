/** Something done to many rows: what came out of it for each, and once more for those that failed. */
import { reactive } from "vue";

export interface RowResult {
	id: string;
	label: string; // what people call the row: an order's number
	state: "waiting" | "done" | "failed";
	reason: string; // why it failed, in words
}

export interface RowWork {
	title: string;
	rows: RowResult[];
	running: boolean;
	start(): Promise<void>;
	retry(): Promise<void>; // those that failed
	cancel(): void; // those not begun
}

/** Done to up to `atOnce` rows in one call; answers the reason for each that failed. */
type Act = (ids: string[]) => Promise<Map<string, string>>;

export function rowWork(title: string, rows: readonly { id: string; label: string }[], act: Act, atOnce = 50): RowWork {
	let stopped = false;
	const work: RowWork = reactive({
		title,
		rows: rows.map(({ id, label }): RowResult => ({ id, label, state: "waiting", reason: "" })),
		running: false,
		async start() {
			stopped = false;
			work.running = true;
			for (;;) {
				const part = work.rows.filter(({ state }) => state === "waiting").slice(0, atOnce);
				if (stopped || !part.length) break;
				const failed = await act(part.map(({ id }) => id)).catch(
					(err: Error) => new Map(part.map(({ id }) => [id, err.message])),
				);
				for (const row of part) {
					row.reason = failed.get(row.id) ?? "";
					row.state = failed.has(row.id) ? "failed" : "done";
				}
			}
			work.running = false;
		},
		retry() {
			for (const row of work.rows) if (row.state === "failed") row.state = "waiting";
			return work.start();
		},
		cancel() {
			stopped = true;
		},
	});
	return work;
}
