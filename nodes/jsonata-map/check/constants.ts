/** People's data and secrets that were written into a mapping. */
import type { Words } from "../../../services/erp/format.ts";
import type { AstNode } from "./ast.ts";
import type { Findings } from "./finding.ts";

const people = [
	/(?<!\d)1[3-9]\d{9}(?!\d)/, // a mobile number
	/(?<!\d)\d{17}[\dXx](?![\dA-Za-z])/, // an identity card
	/[\w.+-]+@[\w-]+\.\w/,
];
/** Long, of letters and digits mixed, without words in it. */
const key = /^(?=(?:.*\d){4})(?=(?:.*[A-Za-z]){4})[A-Za-z0-9+/=_-]{20,}$/;
const keyNames = /(^|[._])(app_?key|app_?secret|secret|password|passwd|access_?token|token|api_?key)$/i;

export function constantTrap(node: AstNode, path: string, findings: Findings): void {
	const text = String(node.value);
	const add = (code: "CONSTANT", words: Words): void => findings.add({ level: "error", code, node, path, words });
	if (people.some((pattern) => pattern.test(text))) add("CONSTANT", ofPeople);
	else if (key.test(text) || (keyNames.test(path) && text !== "")) add("CONSTANT", secret);
}

const ofPeople: Words = {
	zh: "映射中写了个人信息（手机号、身份证号或邮箱）：请放到连接的设置，用 cfg 读取",
	en: "a person's number or address is written into the mapping: put it into the connection's settings and read it from cfg",
};
const secret: Words = {
	zh: "映射中写了密钥：请放到连接的密钥（secrets），映射不需要它",
	en: "a secret is written into the mapping: put it into the connection's secrets, no mapping needs it",
};
