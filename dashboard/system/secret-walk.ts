/** A walk through all secrets that the hub keeps, part by part and page by page: to count them, or to bring them to the new master key. */
import { reactive } from "vue";
import { Problem, post } from "../api.ts";

/** One page, as mixins/reseal.ts answers it. */
interface ResealPage {
	documents: number;
	changed: number;
	old: number;
	unreadable: string[];
	after: string | null;
}

export interface PartState {
	part: string;
	documents: number; // looked at so far
	changed: number; // secrets that were brought to the new key
	old: number; // secrets that are not of it
	unreadable: string[]; // documents with a secret that no key opens
	done: boolean;
}

export interface SecretWalk {
	parts: PartState[];
	running: boolean;
	problem: Problem | undefined;
	start(): Promise<void>;
	stop(): void;
}

export function secretWalk(names: readonly string[], change: boolean): SecretWalk {
	let stopped = false;
	const walk: SecretWalk = reactive({
		parts: names.map((part) => ({ part, documents: 0, changed: 0, old: 0, unreadable: [] as string[], done: false })),
		running: false,
		problem: undefined as Problem | undefined,
		async start() {
			walk.running = true;
			try {
				for (const state of walk.parts) await walkPart(state);
			} catch (err) {
				walk.problem = err instanceof Problem ? err : new Problem({ title: String(err) });
			}
			walk.running = false;
		},
		stop() {
			stopped = true;
		},
	});

	async function walkPart(state: PartState): Promise<void> {
		for (let after: string | null = ""; after !== null && !stopped; ) {
			const page: ResealPage = await post<ResealPage>("/secrets/rotate", { part: state.part, after, change });
			state.documents += page.documents;
			state.changed += page.changed;
			state.old += page.old;
			state.unreadable.push(...page.unreadable);
			after = page.after;
		}
		state.done = !stopped;
	}
	return walk;
}
