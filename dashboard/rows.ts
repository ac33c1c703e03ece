/** A list of the gateway, read page by page as somebody scrolls, its first page kept true while he looks. */
import { computed, type Ref, ref, shallowRef, watch } from "vue";
import { get, type Page, type Problem, type Query } from "./api.ts";
import { useLive } from "./live.ts";

export interface Rows<Row> {
	rows: Ref<readonly Row[]>;
	problem: Ref<Problem | undefined>;
	loading: Ref<boolean>;
	more: Ref<boolean>;
	readMore(): Promise<void>;
	again(): Promise<void>;
}

/**
 * `query` is read anew whenever it changes. Rows that were scrolled to stay; what changed on the first page, or came
 * new, is put in its place.
 */
export function useRows<Row extends { _id: string }>(
	path: string,
	query: () => Query,
	{ limit = 100, everyMs = 3_000 } = {},
): Rows<Row> {
	const later = shallowRef<readonly Row[]>([]); // below the first page
	const cursor = ref<string | null>(null); // undefined place: where `later` ends
	const readingMore = ref(false);
	const text = computed(() => JSON.stringify(query()));

	const first = useLive<Page<Row>>((signal) => get(path, { ...query(), limit }, signal), everyMs);
	watch(text, () => {
		later.value = [];
		cursor.value = null;
		first.data.value = undefined;
		void first.again();
	});

	const rows = computed<readonly Row[]>(() => {
		const page = first.data.value?.items ?? [];
		if (!later.value.length) return page;
		const known = new Set(page.map(({ _id }) => _id));
		return [...page, ...later.value.filter(({ _id }) => !known.has(_id))];
	});
	const next = computed(() => (later.value.length ? cursor.value : (first.data.value?.nextCursor ?? null)));

	async function readMore(): Promise<void> {
		const from = next.value;
		const asked = text.value;
		if (!from || readingMore.value) return;
		readingMore.value = true;
		try {
			const page = await get<Page<Row>>(path, { ...query(), limit, cursor: from });
			if (asked !== text.value) return;
			// What a new order pushed from the first page onto the second stays in sight.
			const start = later.value.length ? later.value : (first.data.value?.items ?? []);
			later.value = [...start, ...page.items];
			cursor.value = page.nextCursor;
		} catch (err) {
			first.problem.value = err as Problem;
		} finally {
			readingMore.value = false;
		}
	}
	return {
		rows,
		problem: first.problem,
		loading: computed(() => first.loading.value || readingMore.value),
		more: computed(() => next.value !== null),
		readMore,
		again: first.again,
	};
}
