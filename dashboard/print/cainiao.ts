/**
 * The component of 菜鸟 and its relatives: one protocol, small differences. Sources: CAINIAO 打印组件 protocol; 快手, 小红书
 * 打印组件; for 拼多多 and 抖店 what third-party clients send.
 */
import { isRecord, type JsonRecord, membersOf, recordIn, recordsOf, textOf, textsOf } from "./json.ts";
import type { LabelDocument, Outcome, PrintProtocol, PrintTask, Reading } from "./protocol.ts";

/** What one of the family says that others do not. */
interface Relative {
	head: object; // of every request, beside cmd, requestID and version
	task: object; // beside taskID, preview, printer and the documents
	numbered: boolean; // a task says how many documents it has
	document: object; // beside documentID and contents
	pushes: string; // the cmd by which results come
	asked: boolean; // knows getTaskStatus
}

const relatives = {
	cainiao: {
		head: {},
		task: { previewType: "pdf", notifyType: ["print"] },
		numbered: true,
		document: {},
		pushes: "notifyPrintResult",
		asked: true,
	},
	pdd: {
		head: { ERPId: "10001" }, // which system prints; its own choice
		task: {},
		numbered: false,
		document: {},
		pushes: "PrintResultNotify",
		asked: false,
	},
	douyin: {
		head: {},
		task: { previewType: "pdf" },
		numbered: true,
		document: {},
		pushes: "notifyPrintResult",
		asked: false,
	},
	kuaishou: {
		head: {},
		task: {},
		numbered: true,
		document: { ksOrderFlag: true }, // an order of 快手 itself
		pushes: "notifyPrintResult",
		asked: false,
	},
	xiaohongshu: {
		head: {},
		task: { previewType: "pdf" },
		numbered: false,
		document: {},
		pushes: "notifyPrintResult",
		asked: false,
	},
} as const satisfies Record<string, Relative>;

export type CainiaoRelative = keyof typeof relatives;

export function cainiaoProtocol(name: CainiaoRelative): PrintProtocol {
	const relative: Relative = relatives[name];
	const { head, task, numbered, document, pushes, asked } = relative;
	const headOf = (cmd: string, requestID: string): object => ({ cmd, requestID, version: "1.0", ...head });
	const documentText = ({ documentId, printData }: LabelDocument): string =>
		`{${membersOf({ documentID: documentId, ...document })},"contents":${contentsOf(printData)}}`;

	function print({ id, printer, documents }: PrintTask, preview: boolean): string {
		const numbers = numbered && { firstDocumentNumber: 1, totalDocumentCount: documents.length };
		const members = membersOf({ taskID: id, preview, printer, ...task, ...numbers });
		const texts = documents.map(documentText).join(",");
		return `{${membersOf(headOf("print", id))},"task":{${members},"documents":[${texts}]}}`;
	}

	return {
		carries: (printData) => recordIn(`{"contents":${contentsOf(printData)}}`) !== null,
		printers: (id) => JSON.stringify(headOf("getPrinters", id)),
		print: (wished) => print(wished, false),
		preview: (wished) => print(wished, true),
		askAbout: asked ? (id, taskId) => JSON.stringify({ ...headOf("getTaskStatus", id), taskID: [taskId] }) : null,
		read(frame) {
			const said = recordIn(frame);
			if (!said) return null;
			if (said.cmd === pushes) return readPush(said);
			return readAnswer(said);
		},
	};
}

/** One content, or the list of all that the platform made. */
const contentsOf = (printData: string): string =>
	printData.trimStart().startsWith("[") ? printData : `[${printData}]`;

function readAnswer(said: JsonRecord): Reading | null {
	const id = textOf(said.requestID);
	if (said.status === "failed") return { kind: "refused", id, reason: reasonOf(said) };
	if (said.cmd === "getPrinters") {
		const printers = recordsOf(said.printers).map(({ name }) => textOf(name));
		return { kind: "printers", id, printers, preferred: textOf(said.defaultPrinter) };
	}
	if (said.cmd === "getTaskStatus") return readStatus(said);
	if (said.cmd !== "print") return null;
	const url = textOf(said.previewURL);
	const images = textsOf(said.previewImage);
	if (url !== "" || images.length) return { kind: "preview", id, preview: { url, images } };
	return { kind: "taken", id };
}

/** `rendered` is not printed yet. */
function readPush(said: JsonRecord): Reading | null {
	const { taskStatus, printStatus } = said;
	if (taskStatus !== "printed" && taskStatus !== "failed") return null;
	const all: Outcome =
		taskStatus === "printed" ? { state: "printed", reason: "" } : { state: "failed", reason: reasonOf(said) };
	const each = outcomesOf(printStatus);
	// Some name only the labels that changed.
	return { kind: "results", id: textOf(said.taskID), each, all: each.size ? null : all };
}

function readStatus(said: JsonRecord): Reading | null {
	const [task] = recordsOf(said.printStatus);
	return task
		? { kind: "results", id: textOf(said.requestID), each: outcomesOf(task.detailStatus), all: null }
		: { kind: "refused", id: textOf(said.requestID), reason: reasonOf(said) };
}

const states: ReadonlyMap<unknown, Outcome["state"]> = new Map([
	["success", "printed"],
	["printed", "printed"],
	["failed", "failed"],
	["canceled", "failed"],
]);

function outcomesOf(printStatus: unknown): Map<string, Outcome> {
	const outcomes = new Map<string, Outcome>();
	for (const row of recordsOf(printStatus)) {
		const state = states.get(row.status);
		if (!state) continue;
		outcomes.set(textOf(row.documentID), { state, reason: state === "printed" ? "" : reasonOf(row) });
	}
	return outcomes;
}

function reasonOf(said: JsonRecord): string {
	const { detail } = said;
	return textOf(said.msg) || (isRecord(detail) ? "" : textOf(detail)) || textOf(said.status);
}
