/** 微信小店打印组件: one answer that names each label. */
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
import type { Label } from "./label.ts";

const commands: Readonly<Record<string, (request: Fields, desk: PrintDesk) => object>> = {
	getPrinterList: (_request, { printers }) => ({
		printerList: printers.map((name, at) => ({ name, isDefault: at === 0 })),
	}),
	getAppInfo: () => ({ version: "2.1.0" }),
	print,
};

export function weixinDialect(): PrintDialect {
	return {
		client: "weixin",
		platform: "weixin",
		answer(request, desk) {
			const command = neededText(request, "command");
			const requestID = neededText(request, "requestID");
			const run = Object.hasOwn(commands, command) ? commands[command] : undefined;
			if (!run) throw new PrintRefusal(`不支持的命令${command}`);
			return { command, requestID, ...run(request, desk) };
		},
		refused: (request, errMsg) => ({ command: text(request?.command), requestID: text(request?.requestID), errMsg }),
		reset() {},
	};
}

function print(request: Fields, desk: PrintDesk): object {
	if (request.version !== "2.0") throw new PrintRefusal("version应为2.0");
	if (request.printType !== 1) throw new PrintRefusal("printType不支持");
	const printer = printerOf(desk, request.printer);
	const { taskList } = request;
	if (!Array.isArray(taskList) || taskList.length === 0) throw new PrintRefusal("taskList不能为空");
	const noPaper = desk.isOutOfPaper();
	const results = taskList.map(fieldsIn).map((task) => {
		const taskID = text(task.taskID);
		const label = labelOf(text(task.printInfo), desk);
		if (noPaper) return { taskID, success: false, failureReason: outOfPaper };
		if (!label || taskID === "") return { taskID, success: false, failureReason: "printInfo解析失败" };
		desk.print(printer, taskID, label);
		return { taskID, success: true, failureReason: "" };
	});
	return { results };
}

/** print_info: base64 of the URI-encoded JSON. */
function labelOf(printInfo: string, desk: PrintDesk): Label | null {
	try {
		const info = fieldsIn(JSON.parse(decodeURIComponent(Buffer.from(printInfo, "base64").toString("latin1"))));
		return desk.ofNumber(text(fieldsIn(info.printData).waybillId));
	} catch {
		return null; // not what a platform gave
	}
}
