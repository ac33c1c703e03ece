/**
 * 京东打印组件, protocol version 2. Its answer is about the request as a whole, and it is not known to tell more: what it
 * accepts counts as printed. `printData` is what the adapter made: `{tempUrl, printData: […]}`.
 */
import { membersOf, recordIn, textOf } from "./json.ts";
import type { PrintProtocol, PrintTask } from "./protocol.ts";

const protocolVersion = "2";
const codes = { print: "2", printers: "6", preview: "8" } as const;

function request(orderType: string, key: string, parameters: string): string {
	return `{${membersOf({ orderType, key, version: protocolVersion })},"parameters":{${parameters}}}`;
}

/** One label: the answer could not say which of several failed. */
function parametersOf({ printer, documents }: PrintTask): string {
	const [document] = documents;
	return [membersOf({ printName: printer }), ...(document ? [innerOf(document.printData)] : [])].join(",");
}

const innerOf = (printData: string): string => printData.trim().slice(1, -1);

export const jdProtocol: PrintProtocol = {
	carries(printData) {
		const given = recordIn(printData);
		return given !== null && Array.isArray(given.printData) && textOf(given.tempUrl) !== "";
	},
	printers: (id) => request("GET_Printers", id, ""),
	print: (task) => request("PRINT", task.id, parametersOf(task)),
	preview: (task) => request("PRE_View", task.id, parametersOf(task)),
	askAbout: null,
	read(frame) {
		const said = recordIn(frame);
		if (!said) return null;
		const id = textOf(said.key);
		if (String(said.success) !== "true") return { kind: "refused", id, reason: textOf(said.message) };
		switch (textOf(said.code)) {
			case codes.printers: {
				const detail = recordIn(JSON.stringify(said.detailinfo ?? null));
				const printers = Array.isArray(detail?.printers) ? detail.printers.map(textOf) : [];
				return { kind: "printers", id, printers, preferred: printers[0] ?? "" };
			}
			case codes.preview:
				return { kind: "preview", id, preview: previewOf(textOf(said.content)) };
			case codes.print:
				return { kind: "results", id, each: new Map(), all: { state: "printed", reason: "" } };
			default:
				return null;
		}
	},
};

/** An address, or the picture itself as base64. */
function previewOf(content: string): { url: string; images: string[] } {
	return /^https?:/.test(content)
		? { url: content, images: [] }
		: { url: "", images: content ? [content.startsWith("data:") ? content : `data:image/png;base64,${content}`] : [] };
}
