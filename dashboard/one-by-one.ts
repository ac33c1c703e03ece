/** For work on many rows (row-work.ts) where the hub takes one row a call. */
import type { Problem } from "./api.ts";

/** The hub's words for it, and what it says beside them. */
export const reasonOf = ({ message, detail }: Problem): string => (detail ? `${message} · ${detail}` : message);

/** Each id alone, all at once; answers the reason for each that failed. */
export const oneByOne =
	(call: (id: string) => Promise<unknown>) =>
	async (ids: string[]): Promise<Map<string, string>> => {
		const failed = new Map<string, string>();
		const each = async (id: string): Promise<void> => {
			try {
				await call(id);
			} catch (err) {
				failed.set(id, reasonOf(err as Problem));
			}
		};
		await Promise.all(ids.map(each));
		return failed;
	};
