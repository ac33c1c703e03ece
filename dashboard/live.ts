/** Data that stays true while somebody looks at it: read again every few seconds, as long as the page is in sight. */
import { onBeforeUnmount, onMounted, type Ref, ref, shallowRef } from "vue";
import { Problem } from "./api.ts";

export interface Live<T> {
	data: Ref<T | undefined>; // the last that was read, also while the hub does not answer
	problem: Ref<Problem | undefined>; // why it was not read the last time
	loading: Ref<boolean>; // for the first time, or after `again`
	/** Reads now. Whatever is being read for older wishes is dropped. */
	again(): Promise<void>;
}

/**
 * `read` gets a signal that ends it when it is no longer wanted.
 * @param everyMs 0: once only
 */
export function useLive<T>(read: (signal: AbortSignal) => Promise<T>, everyMs = 3_000): Live<T> {
	const data = shallowRef<T>();
	const problem = shallowRef<Problem>();
	const loading = ref(true);
	let timer: ReturnType<typeof setTimeout> | undefined;
	let turn = new AbortController();
	let gone = false;

	async function look(): Promise<void> {
		clearTimeout(timer);
		turn.abort();
		turn = new AbortController();
		const { signal } = turn;
		try {
			const answer = await read(signal);
			if (signal.aborted) return;
			data.value = answer;
			problem.value = undefined;
		} catch (err) {
			if (signal.aborted) return;
			problem.value = err instanceof Problem ? err : new Problem({ title: String(err) });
		}
		loading.value = false;
		if (!gone && everyMs) timer = setTimeout(tick, everyMs);
	}

	const tick = (): void => {
		if (document.visibilityState === "visible") void look();
		else timer = setTimeout(tick, everyMs);
	};
	const seen = (): void => {
		if (document.visibilityState === "visible" && everyMs) void look();
	};

	onMounted(() => {
		document.addEventListener("visibilitychange", seen);
		void look();
	});
	onBeforeUnmount(() => {
		gone = true;
		clearTimeout(timer);
		turn.abort();
		document.removeEventListener("visibilitychange", seen);
	});
	return {
		data,
		problem,
		loading,
		again: () => {
			loading.value = true;
			return look();
		},
	};
}
