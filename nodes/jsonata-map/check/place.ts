/** The traps of a value that goes into a field of the document as it is. */
import type { Words } from "../../../services/erp/format.ts";
import type { AstNode } from "./ast.ts";
import type { Findings } from "./finding.ts";
import type { MappingProblem, ProblemCode } from "./problem.ts";
import type { Shape } from "./shape.ts";

export function place(node: AstNode, shape: Shape, path: string, findings: Findings): void {
	const add = (code: ProblemCode, words: Words, level: MappingProblem["level"] = "error"): void =>
		findings.add({ level, code, node, path, words });
	if (path.startsWith("$")) return; // an object of the mapping's own, which it goes on with
	switch (shape.is) {
		case "list":
			if (!shape.kept) add("COLLAPSE", collapse);
			break;
		case "time":
			add("TIME_ZONE", rawTime);
			break;
		case "fen":
			add("MONEY", rawFen, "warning");
			break;
		case "cipher":
			add("PEOPLE", rawCipher);
			break;
		case "function":
			add("FAILED", noCall);
			break;
	}
}

const collapse: Words = {
	zh: "只有一行时列表会变成单个对象，没有行时会消失：请用 […] 括起来",
	en: "with one line it is no list, with none it is not there: put […] around it",
};
const rawTime: Words = {
	zh: "时间是 UTC：请用 $day、$time 或 $iso 转成北京时间",
	en: "times are UTC: use $day, $time or $iso for Beijing time",
};
const rawFen: Words = {
	zh: "金额以分为单位：请用 $yuan(…Fen) 或 $yuanText(…Fen) 换算成元",
	en: "the amount is in fen: use $yuan(…Fen) or $yuanText(…Fen) for yuan",
};
const rawCipher: Words = {
	zh: "密文只有平台能解：请用脱敏的姓名、电话、地址，和 receiver.platformKey",
	en: "only the platform can read ciphertext: use the masked name, phone and address, and receiver.platformKey",
};
const noCall: Words = {
	zh: "这是函数本身，不是它的结果：请加上 (…)",
	en: "this is the function, not what it gives: call it with (…)",
};
