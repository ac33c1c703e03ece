import { errorTypes, typeOf } from "../../../config/errors.ts";
import type { MappingProblem } from "./problem.ts";

interface Failure {
	message: string;
	data?: { code?: string; line?: number; column?: number };
}

/** A mapping that ended in an error, of what `Mapper.run` throws. `when`: for which orders; "" for the one at hand. */
export function failureOf(err: unknown, when = { zh: "", en: "" }): MappingProblem {
	const type = typeOf(err);
	if (type !== "MAPPING_FAILED" && type !== "MAPPING_TIMEOUT") throw err;
	const { data = {} } = err as Failure;
	const message = reasonIn(err as Failure, type);
	const { code = "", line = null, column = null } = data;
	const place = { level: "error" as const, field: "", line, column };
	if (type === "MAPPING_TIMEOUT") {
		const words = { zh: `${when.zh}运行超时：${message}`, en: `${when.en}it takes too long: ${message}` };
		return { ...place, code: "TIMEOUT", words };
	}
	if (code === "REGEX") return { ...place, code, words: regexWords };
	const syntax = code.startsWith("S0");
	return {
		...place,
		code: syntax ? "SYNTAX" : "FAILED",
		words: syntax
			? { zh: `JSONata 语法错误：${message}`, en: `This is not JSONata: ${message}` }
			: { zh: `${when.zh}映射执行出错：${message}`, en: `${when.en}it fails: ${message}` },
	};
}

/** Without the words of the error's type, and without the place, which stands beside it. */
const reasonIn = ({ message }: Failure, type: "MAPPING_FAILED" | "MAPPING_TIMEOUT"): string =>
	message.slice(errorTypes[type].en.length).replace(/^: (line \d+, column \d+: )?/, "");

export const regexWords = {
	zh: "映射中不允许正则表达式：请改用纯文本的 $contains、$split 或 $replace",
	en: "Regular expressions are not allowed in mappings: use $contains, $split or $replace with plain text",
};
