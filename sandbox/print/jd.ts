/** 京东打印组件, protocol version 2: one answer for a request, and nothing after it. */
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

const template = /^https:\/\/template\.example\/jd\//;

/** orderType -> the code of its answer, and what it does. */
const commands: Readonly<Record<string, [code: string, run: (parameters: Fields, desk: PrintDesk) => object]>> = {
	GET_Printers: ["6", (_parameters, { printers }) => ({ detailinfo: { printers } })],
	PRINT: ["2", print],
	PRE_View: ["8", preview],
};

export function jdDialect(): PrintDialect {
	return {
		client: "jd",
		platform: "jd",
		answer(request, desk) {
			const key = neededText(request, "key");
			const orderType = neededText(request, "orderType");
			if (request.version !== "2") throw new PrintRefusal("version应为2");
			const command = Object.hasOwn(commands, orderType) ? commands[orderType] : undefined;
			if (!command) throw new PrintRefusal(`不支持的指令${orderType}`);
			const [code, run] = command;
			const nothing = { content: "", status: "", detailinfo: {} };
			return { code, success: "true", message: "", key, ...nothing, ...run(fieldsIn(request.parameters), desk) };
		},
		refused(request, message) {
			const code = commands[text(request?.orderType)]?.[0] ?? "";
			return { code, success: "false", message, key: text(request?.key), content: "", status: "", detailinfo: {} };
		},
		reset() {},
	};
}

function print(parameters: Fields, desk: PrintDesk): object {
	const { printer, labels } = wishOf(parameters, desk);
	if (desk.isOutOfPaper()) throw new PrintRefusal(outOfPaper);
	for (const label of labels) desk.print(printer, label.trackingNo, label);
	return {};
}

function preview(parameters: Fields, desk: PrintDesk): object {
	const { printer, labels } = wishOf(parameters, desk);
	const [first] = labels;
	return { content: first ? desk.preview(printer, first) : "" };
}

function wishOf(parameters: Fields, desk: PrintDesk): { printer: string; labels: Label[] } {
	const printer = printerOf(desk, neededText(parameters, "printName"));
	if (!template.test(neededText(parameters, "tempUrl"))) throw new PrintRefusal("模板下载失败");
	const { printData, customData } = parameters;
	if (!Array.isArray(printData) || printData.length === 0) throw new PrintRefusal("printData不能为空");
	const notes = notesIn(customData);
	const labels = printData.map((sealed) => {
		const label = desk.unsealed(text(sealed));
		if (!label) throw new PrintRefusal("打印数据解密失败");
		return { ...label, notes };
	});
	return { printer, labels };
}
