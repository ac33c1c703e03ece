/** Short words about what was just done, at the edge of the page for a few seconds. */
import { ref } from "vue";

export interface Notice {
	id: number;
	kind: "done" | "failed";
	text: string;
}

export const notices = ref<Notice[]>([]);
const shownMs = { done: 4_000, failed: 10_000 };
let last = 0;

export function notify(kind: Notice["kind"], text: string): void {
	last += 1;
	const id = last;
	notices.value.push({ id, kind, text });
	setTimeout(() => {
		notices.value = notices.value.filter((notice) => notice.id !== id);
	}, shownMs[kind]);
}
