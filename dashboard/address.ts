/** What is chosen on a page stands in its address, so that it can be sent to somebody and found with the back button. */
import { computed, getCurrentInstance } from "vue";

interface Router {
	currentRoute: { value: { path: string; query: Record<string, unknown> } };
	push(to: string | { path?: string; query: Record<string, string> }): Promise<unknown>;
	replace(to: { query: Record<string, string> }): Promise<unknown>;
}

/** Dashboard 2's. Only while a component is being set up. */
export function useRouter(): Router {
	const router = getCurrentInstance()?.appContext.config.globalProperties.$router as Router | undefined;
	if (!router) throw new Error("no router here");
	return router;
}

export type Address<Name extends string> = Record<Name, string>;

/**
 * The page's part of the address: a reactive record whose values are texts; what equals its default is left out.
 * `set` changes several at once. `push: true` makes a step for the back button.
 */
export function useAddress<Name extends string>(
	defaults: Record<Name, string>,
): { at: Address<Name>; set(change: Partial<Record<Name, string>>, how?: { push?: boolean }): void; clear(): void } {
	const router = useRouter();
	const query = computed(() => router.currentRoute.value.query);
	const read = (name: Name): string => {
		const found = query.value[name];
		return typeof found === "string" ? found : defaults[name];
	};
	function set(change: Partial<Record<Name, string>>, { push = false } = {}): void {
		const all = Object.entries({ ...query.value, ...change }) as [Name, string][];
		const kept = all.filter(([name, value]) => value !== defaults[name] && value !== "");
		const next = { query: Object.fromEntries(kept) };
		void (push ? router.push(next) : router.replace(next));
	}
	const at = {} as Address<Name>;
	for (const name of Object.keys(defaults) as Name[]) {
		Object.defineProperty(at, name, {
			enumerable: true,
			get: () => read(name),
			set: (value: string) => set({ [name]: value } as Partial<Record<Name, string>>),
		});
	}
	return { at, set, clear: () => set(defaults) };
}
