/** Which columns of a table somebody chose: the same for whoever asks, kept in the browser. */
import { type Ref, ref, watch } from "vue";
import type { Column } from "./table.ts";

const tables = new Map<string, Ref<string[]>>();

/** Keys of the columns of the table `name`: those it has by itself, until somebody chooses. */
export function shownColumns(name: string, columns: readonly Column[]): Ref<string[]> {
	const known = tables.get(name);
	if (known) return known;
	const kept = `hub.columns.${name}`;
	const usual = columns.filter(({ off }) => !off).map(({ key }) => key);
	const keys = ref<string[]>(JSON.parse(localStorage.getItem(kept) ?? "null") ?? usual);
	watch(keys, (now) => localStorage.setItem(kept, JSON.stringify(now)), { deep: true });
	tables.set(name, keys);
	return keys;
}
