/**
 * 微信小店打印组件, version 2.0. A task of its list is one label, and its answer names each. It knows no preview of a
 * waybill: its printType 2 prints a page that the caller has drawn.
 */
import { recordIn, recordsOf, textOf } from "./json.ts";
import type { Outcome, PrintProtocol, PrintTask } from "./protocol.ts";

const waybillPrintType = 1;

/** Also a second print of the same number is a task of its own. */
const labelOf = (task: string, documentId: string): string => `${task}:${documentId}`;

function print({ id, printer, documents }: PrintTask): string {
	const taskList = documents.map(({ documentId, printData }, at) => ({
		taskID: labelOf(id, documentId),
		printInfo: printData,
		printNum: { curNum: at + 1, sumNum: documents.length },
		splitControl: 0,
		showDeliveryLogo: 0,
	}));
	return JSON.stringify({
		command: "print",
		version: "2.0",
		requestID: id,
		taskList,
		printType: waybillPrintType,
		printer,
	});
}

export const weixinProtocol: PrintProtocol = {
	carries: (printData) => /^[\w+/=-]+$/.test(printData),
	printers: (id) => JSON.stringify({ command: "getPrinterList", requestID: id }),
	print,
	preview: null,
	askAbout: null,
	read(frame) {
		const said = recordIn(frame);
		if (!said) return null;
		const id = textOf(said.requestID);
		if (said.command === "getPrinterList" && Array.isArray(said.printerList)) {
			const list = recordsOf(said.printerList);
			const preferred = list.find(({ isDefault }) => isDefault === true);
			return {
				kind: "printers",
				id,
				printers: list.map(({ name }) => textOf(name)),
				preferred: textOf(preferred?.name),
			};
		}
		if (said.command === "print" && Array.isArray(said.results)) {
			const outcomes = recordsOf(said.results).map(({ taskID, success, failureReason }): [string, Outcome] => [
				textOf(taskID).slice(labelOf(id, "").length),
				success === true ? { state: "printed", reason: "" } : { state: "failed", reason: textOf(failureReason) },
			]);
			return { kind: "results", id, each: new Map(outcomes), all: null };
		}
		const reason = textOf(said.errMsg) || textOf(said.failureReason);
		return reason === "" ? null : { kind: "refused", id, reason };
	},
};
