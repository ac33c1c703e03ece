/** The vendors' print components of this desk: where they listen, whether they run, and their printers. */
import { reactive } from "vue";
import type { PrintClient as Entry, PrintClientName } from "../../config/print-clients.ts";
import { get } from "../api.ts";
import { PrintProblem } from "../print/link.ts";
import { PrintClient } from "../print/print-client.ts";
import type { Words } from "../print/protocol.ts";
import { type LinkState, printWords } from "../print/words.ts";
import { settings } from "./desk-settings.ts";

export interface Component extends Entry {
	url: string;
	link: LinkState;
	printers: readonly string[];
	preferred: string;
	problem: Words | null; // why it cannot be used now
}

export const components = reactive(new Map<PrintClientName, Component>());
const clients = new Map<PrintClientName, PrintClient>();
let read: Promise<void> | undefined;

/** Which components there are, once for the page. @throws Problem */
export function readComponents(): Promise<void> {
	read ??= get<{ items: Entry[] }>("/print-clients").then(
		({ items }) => {
			for (const entry of items)
				components.set(entry.name, {
					...{ ...entry, url: addressOf(entry), link: "closed" as const },
					...{ printers: [], preferred: "", problem: null },
				});
		},
		(err: unknown) => {
			read = undefined;
			throw err;
		},
	);
	return read;
}

/** A page that came over TLS may be kept from a bare socket. */
const addressOf = ({ ws, wss }: Entry): string => (location.protocol === "https:" && wss ? wss : ws || wss);

export function clientOf(name: PrintClientName): PrintClient {
	const known = clients.get(name);
	if (known) return known;
	const url = components.get(name)?.url ?? "";
	const client = new PrintClient({
		...{ client: name, url },
		onLink(link) {
			const component = components.get(name);
			if (component) component.link = link;
		},
	});
	clients.set(name, client);
	return client;
}

/** Connects and asks for the printers; what is wrong stands in `problem`. */
export async function lookAt(name: PrintClientName): Promise<void> {
	const component = components.get(name);
	if (!component) return;
	try {
		const { names, preferred } = await clientOf(name).printers();
		Object.assign(component, { printers: names, preferred, problem: names.length ? null : noPrinter });
	} catch (err) {
		if (!(err instanceof PrintProblem)) throw err;
		component.problem = err.words;
	}
}

const noPrinter: Words = { zh: "打印组件没有可用的打印机", en: "The print component has no printer" };

/** The printer that was chosen, or the component's own first choice. @throws PrintProblem where there is none */
export async function printerOf(name: PrintClientName): Promise<string> {
	await readComponents();
	if (components.get(name)?.link !== "open") await lookAt(name);
	const component = components.get(name);
	const chosen = component && shownPrinter(component);
	if (!chosen) throw new PrintProblem(component?.problem ?? printWords.unreachable);
	return chosen;
}

export function shownPrinter({ name, printers, preferred }: Component): string {
	const chosen = settings.printers[name] ?? "";
	if (printers.includes(chosen)) return chosen;
	return preferred || (printers[0] ?? "");
}
