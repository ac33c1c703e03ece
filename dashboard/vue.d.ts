/** What the compiler of types knows of a component; its template and properties are checked when it runs. */
declare module "*.vue" {
	import type { DefineComponent } from "vue";

	const component: DefineComponent<Record<string, unknown>>;
	export default component;
}
