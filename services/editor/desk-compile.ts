/** From Vue components and TypeScript to the JavaScript that a browser runs. */
import { createHash } from "node:crypto";
import { stripTypeScriptTypes } from "node:module";
import { compileScript, compileStyle, parse, type SFCDescriptor } from "@vue/compiler-sfc";
import * as vue from "vue";

/** The JavaScript of a component or of a module. @throws Error with the file and what is wrong in it */
export function toModule(name: string, source: string): string {
	const typed = name.endsWith(".vue") ? ofComponent(name, source) : source;
	const plain = stripTypeScriptTypes(typed, { mode: "strip" });
	const top = "../".repeat(name.split("/").length - 1); // where the modules start
	return plain.replaceAll(/\bfrom\s*(["'])(vue|echarts)\1/g, `from "${top}$2.js"`);
}

function ofComponent(name: string, source: string): string {
	const { descriptor, errors } = parse(source, { filename: name });
	if (errors.length) throw new Error(`${name}: ${errors.map(({ message }) => message).join("; ")}`);
	const id = createHash("sha256").update(name).digest("hex").slice(0, 8);
	const scoped = descriptor.styles.some((style) => style.scoped);
	const { content } = compileScript(descriptor, {
		id: `data-v-${id}`,
		inlineTemplate: true,
		isProd: true,
		genDefaultAs: "component",
		templateOptions: { id: `data-v-${id}`, filename: name, scoped, compilerOptions: { scopeId: `data-v-${id}` } },
	});
	const end = scoped ? `component.__scopeId = "data-v-${id}";\n` : "";
	return `${content}\n${styleOf(name, descriptor, `data-v-${id}`)}${end}export default component;\n`;
}

/** Put into the page when the module is loaded, once. */
function styleOf(name: string, { styles }: SFCDescriptor, id: string): string {
	const texts = styles.map(({ content, scoped = false }) => {
		const { code, errors } = compileStyle({ source: content, filename: name, id, scoped });
		if (errors.length) throw new Error(`${name}: ${errors.map(({ message }) => message).join("; ")}`);
		return code;
	});
	if (!texts.length) return "";
	return `document.head.append(Object.assign(document.createElement("style"), { textContent: ${JSON.stringify(texts.join("\n"))} }));\n`;
}

const vueNames = Object.keys(vue).filter((name) => /^[a-zA-Z]\w*$/.test(name) && name !== "default");

/** The Vue that the dashboard's own page runs: a second one would not work with it. */
export const sharedVue = `const { ${vueNames.map((name) => `${name}: _${name}`).join(", ")} } = window.Vue;
export { ${vueNames.map((name) => `_${name} as ${name}`).join(", ")} };
`;
