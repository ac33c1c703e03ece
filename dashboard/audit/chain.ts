/** Checks the audit's chain from its beginning to its end, a page at a time. Pages as services/audit/chain.ts makes them. */
import { reactive } from "vue";
import type { Problem, Query } from "../api.ts";

interface Head {
	seq: number;
	mac: string;
}

export interface Break {
	seq: number;
	why: "missing" | "changed";
}

/** What one call of GET /audit/verify answers. */
export interface ChainPage {
	rows: number;
	broken: Break[];
	head: Head;
	more: boolean;
	noted?: boolean;
}

/** What stands in the field: "<number>:<proof>", as the page shows it for noting down. */
export const isNote = (text: string): boolean => /^\d{1,15}:[A-Za-z0-9_-]{43}$/.test(text);

export const noteOf = ({ seq, mac }: Head): string => `${seq}:${mac}`;

export interface Check {
	state: "idle" | "running" | "done" | "stopped";
	rows: number;
	broken: Break[];
	head: Head;
	noted: boolean | undefined; // whether the end that was noted down is still there; undefined: none was given
	problem: Problem | undefined;
	run(note: string): Promise<void>;
	stop(): void;
}

/** Of a chain that is broken everywhere the first places are enough. */
const breaksKept = 100;

/** @param read reads a page */
export function chainCheck(read: (query: Query) => Promise<ChainPage>): Check {
	const check: Check = reactive<Check>({
		state: "idle",
		rows: 0,
		broken: [],
		head: { seq: 0, mac: "" },
		noted: undefined,
		problem: undefined,
		async run(note) {
			Object.assign(check, { state: "running", rows: 0, broken: [], head: { seq: 0, mac: "" } });
			Object.assign(check, { noted: undefined, problem: undefined });
			try {
				for (let more = true; more && check.state === "running"; ) {
					const { seq: after, mac } = check.head;
					const page = await read({ after, mac, ...(check.rows === 0 && note && { noted: note }) });
					check.rows += page.rows;
					check.broken.push(...page.broken.slice(0, breaksKept - check.broken.length));
					check.head = page.head;
					if (page.noted !== undefined) check.noted = page.noted;
					more = page.more;
				}
				if (check.state === "running") check.state = "done";
			} catch (err) {
				check.problem = err as Problem;
				check.state = "stopped";
			}
		},
		stop() {
			if (check.state === "running") check.state = "stopped";
		},
	});
	return check;
}
