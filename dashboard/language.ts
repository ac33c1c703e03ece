/** What people read, in the language they chose: their browser's, until they chose another. */
import { ref } from "vue";

export type Language = "zh" | "en";
/** Chinese, then English. */
export type Words = readonly [string, string];

const kept = "hub.language";

const chosen = (): Language => {
	const stored = localStorage.getItem(kept);
	if (stored === "zh" || stored === "en") return stored;
	return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
};

export const language = ref<Language>(chosen());
mark();

export function choose(wanted: Language): void {
	language.value = wanted;
	localStorage.setItem(kept, wanted);
	mark();
}

/** For screen readers, and for how the browser breaks lines. */
function mark(): void {
	document.documentElement.lang = language.value === "zh" ? "zh-CN" : "en-US";
}

/** The text of today's language, with `{name}` filled in. */
export function inWords([zh, en]: Words, values: Record<string, string | number> = {}): string {
	const text = language.value === "zh" ? zh : en;
	return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** The row's own two texts: `{zh, en}` is how the server writes them. */
export const told = ({ zh, en }: { zh: string; en: string }): string => (language.value === "zh" ? zh : en);

/**
 * A page's words: `const say = speak({title: ["订单", "Orders"]})`, then `say("title")`. A name that is not in the
 * table is an error, so that no key is ever shown to anybody.
 */
export function speak<Name extends string>(
	table: Record<Name, Words>,
): (name: Name, values?: Record<string, string | number>) => string {
	return (name, values) => {
		const words: Words | undefined = table[name];
		if (!words) throw new Error(`no words for "${name}"`);
		return inWords(words, values);
	};
}
