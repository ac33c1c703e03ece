/** 菜鸟's component and its relatives: the same commands, each with its own conditions. */
import type { PlatformSimulator } from "../platforms/platform.ts";
import {
	type Fields,
	fieldsIn,
	neededText,
	outOfPaper,
	type PrintDesk,
	type PrintDialect,
	PrintRefusal,
	printerOf,
	text,
} from "./dialect.ts";
import { type Label, notesIn } from "./label.ts";
import { signatureOf } from "./seal.ts";

/** What one of them wants and says that others do not. */
interface Relative {
	client: string;
	platform: PlatformSimulator["name"];
	pushes: string; // the cmd of results
	saysStatus: boolean; // in the list of printers
	asked: boolean; // knows getTaskStatus
	agentInfo: boolean; // knows getAgentInfo
	head: readonly string[]; // needed in every request beside requestID and version
	content: readonly string[]; // needed in the platform's content
	cipher: string; // before the ciphertext
	signature: string | null; // before the signature; null: there is none
	templateName: string;
	template: RegExp; // addresses it can load
	customData: string; // where the seller's own part has its data
	signedCall: boolean; // the content carries a call by which the shop's key is fetched
	mostDocuments: number;
}

const usual = {
	pushes: "notifyPrintResult",
	saysStatus: true,
	asked: false,
	agentInfo: false,
	head: [],
	content: [],
	cipher: "",
	signature: "",
	templateName: "templateURL",
	customData: "data",
	signedCall: false,
	mostDocuments: 100,
} as const;

export const relatives: readonly Relative[] = [
	{
		...usual,
		client: "cainiao",
		platform: "taobao",
		saysStatus: false,
		asked: true,
		agentInfo: true,
		content: ["ver"],
		cipher: "AES:",
		signature: "MD:",
		template: /^https?:\/\/cloudprint\.cainiao\.com\/template\//,
	},
	{
		...usual,
		client: "pdd",
		platform: "pdd",
		pushes: "PrintResultNotify",
		head: ["ERPId"],
		content: ["ver"],
		templateName: "templateUrl",
		template: /^https:\/\/file-link\./,
	},
	{
		...usual,
		client: "douyin",
		platform: "douyin",
		content: ["params"],
		template: /^https:\/\/print\.example\/douyin\//,
		signedCall: true,
	},
	{
		...usual,
		client: "kuaishou",
		platform: "kuaishou",
		content: ["key", "ver"],
		template: /^https:\/\/templates\.example\//,
		customData: "customData",
		mostDocuments: 10,
	},
	{
		...usual,
		client: "xiaohongshu",
		platform: "xiaohongshu",
		saysStatus: false,
		agentInfo: true,
		content: ["ver"],
		cipher: "AES:",
		signature: null,
		template: /^https:\/\/cloudprint\.xiaohongshu\.com\/template\//,
	},
];

interface Printable {
	documentID: string;
	label: Label;
}

interface DocumentStatus {
	documentID: string;
	status: "success" | "failed";
	msg: string;
	detail: string;
}

export function cainiaoDialect(relative: Relative): PrintDialect {
	/** Every task that was taken; what became of it once that is known. */
	const tasks = new Map<string, DocumentStatus[]>();

	const commands: Readonly<Record<string, (request: Fields, desk: PrintDesk) => object>> = {
		getPrinters: (_request, { printers }) => ({
			...(relative.saysStatus && { status: "success", msg: "" }),
			defaultPrinter: printers[0],
			printers: printers.map((name) => ({ name })),
		}),
		print: (request, desk) => print(relative, tasks, fieldsIn(request.task), desk),
		...(relative.asked && { getTaskStatus: (request: Fields) => ({ printStatus: statusOf(tasks, request.taskID) }) }),
		...(relative.agentInfo && { getAgentInfo: () => ({ status: "success", version: "1.5.3.0" }) }),
	};

	return {
		client: relative.client,
		platform: relative.platform,
		answer(request, desk) {
			const cmd = neededText(request, "cmd");
			const requestID = neededText(request, "requestID");
			if (request.version !== "1.0") throw new PrintRefusal("version应为1.0");
			for (const name of relative.head) neededText(request, name);
			const command = Object.hasOwn(commands, cmd) ? commands[cmd] : undefined;
			if (!command) throw new PrintRefusal(`不支持的命令${cmd}`);
			return { cmd, requestID, ...command(request, desk) };
		},
		refused: (request, msg) => ({
			cmd: text(request?.cmd),
			requestID: text(request?.requestID),
			status: "failed",
			msg,
		}),
		reset: () => tasks.clear(),
	};
}

function print(relative: Relative, tasks: Map<string, DocumentStatus[]>, task: Fields, desk: PrintDesk): object {
	const taskID = neededText(task, "taskID");
	if (tasks.has(taskID)) throw new PrintRefusal("taskID重复");
	const printer = printerOf(desk, task.printer);
	const { documents } = task;
	if (!Array.isArray(documents) || documents.length < 1 || documents.length > relative.mostDocuments) {
		throw new PrintRefusal(`documents应为1-${relative.mostDocuments}个`);
	}
	const printables = documents.map((document) => printableOf(relative, fieldsIn(document), desk));
	const done = { taskID, status: "success", msg: "" };
	if (task.preview === true) {
		const [first] = printables;
		return { ...done, previewURL: first ? desk.preview(printer, first.label) : "", previewImage: [] };
	}
	tasks.set(taskID, []);
	desk.later(() => {
		const noPaper = desk.isOutOfPaper();
		const printStatus = printables.map(({ documentID, label }): DocumentStatus => {
			if (noPaper) return { documentID, status: "failed", msg: outOfPaper, detail: "" };
			desk.print(printer, documentID, label);
			return { documentID, status: "success", msg: "", detail: "" };
		});
		tasks.set(taskID, printStatus);
		const taskStatus = noPaper ? "failed" : "printed";
		return { cmd: relative.pushes, printer, taskID, taskStatus, allDocumentsFinished: true, printStatus };
	});
	return { ...done, previewURL: "" };
}

function statusOf(tasks: ReadonlyMap<string, DocumentStatus[]>, wanted: unknown): object[] {
	const ids = Array.isArray(wanted) ? wanted.map(text) : [];
	return ids.flatMap((taskID) => {
		const detailStatus = tasks.get(taskID);
		return detailStatus ? [{ taskID, detailStatus }] : [];
	});
}

function printableOf(relative: Relative, document: Fields, desk: PrintDesk): Printable {
	const documentID = neededText(document, "documentID");
	const contents = Array.isArray(document.contents) ? document.contents.map(fieldsIn) : [];
	const [content, ...own] = contents;
	if (!content) throw new PrintRefusal(`${documentID}: 缺少contents`);
	const label = labelOf(relative, content, desk);
	for (const each of own) neededText(each, "templateURL");
	return { documentID, label: { ...label, notes: own.flatMap((each) => notesIn(each[relative.customData])) } };
}

function labelOf(relative: Relative, content: Fields, desk: PrintDesk): Label {
	const encryptedData = neededText(content, "encryptedData");
	for (const name of relative.content) neededText(content, name);
	if (!relative.template.test(neededText(content, relative.templateName))) throw new PrintRefusal("模板加载失败");
	const { cipher, signature } = relative;
	if (signature !== null && content.signature !== `${signature}${signatureOf(encryptedData)}`) {
		throw new PrintRefusal("打印数据签名校验失败");
	}
	if (relative.signedCall && !desk.mayAsk(neededText(content, "params"))) throw new PrintRefusal("获取店铺密钥失败");
	const label = encryptedData.startsWith(cipher) ? desk.unsealed(encryptedData.slice(cipher.length)) : null;
	if (!label) throw new PrintRefusal("打印数据解密失败");
	return label;
}
