/** One thing that is looked at to change it: what somebody else changed since then is told, not overwritten. */
import { onBeforeUnmount, onMounted, type Ref, ref, shallowRef } from "vue";
import { getTagged, type Problem, patch } from "./api.ts";

export interface Edited<Thing> {
	thing: Ref<Thing | undefined>; // as it was read
	problem: Ref<Problem | undefined>; // of reading or of the last change
	busy: Ref<boolean>;
	read(): Promise<void>;
	/** False when it was refused: `problem` says why. */
	save(change: object): Promise<boolean>;
}

/** @param path of the thing: GET shows it, PATCH changes it */
export function useEdited<Thing>(path: string): Edited<Thing> {
	const thing = shallowRef<Thing>();
	const problem = shallowRef<Problem>();
	const busy = ref(false);
	const gone = new AbortController();
	let etag = "";

	async function read(): Promise<void> {
		problem.value = undefined;
		try {
			const tagged = await getTagged<Thing>(path, gone.signal);
			etag = tagged.etag;
			thing.value = tagged.answer;
		} catch (err) {
			if (!gone.signal.aborted) problem.value = err as Problem;
		}
	}

	async function save(change: object): Promise<boolean> {
		busy.value = true;
		problem.value = undefined;
		try {
			await patch(path, change, etag);
			return true;
		} catch (err) {
			problem.value = err as Problem;
			return false;
		} finally {
			busy.value = false;
		}
	}

	onMounted(read);
	onBeforeUnmount(() => gone.abort());
	return { thing, problem, busy, read, save };
}
