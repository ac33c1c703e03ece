/** What operators give, and the traps in amounts and states. */
import { nearest } from "../../../config/nearest.ts";
import type { AstNode } from "./ast.ts";
import type { Findings } from "./finding.ts";
import { entryOf, listOf, plain, type Shape } from "./shape.ts";

const tens = new Set([10, 100, 1_000, 10_000, 0.1, 0.01, 0.001, 0.0001]);
const isTen = (node: unknown): boolean =>
	(node as AstNode).type === "number" && tens.has(Number((node as AstNode).value));

export function operate(node: AstNode, lhs: Shape, rhs: Shape, path: string, findings: Findings): Shape {
	const [left, right] = [entryOf(lhs), entryOf(rhs)];
	const sides = [left, right];
	const hasA = (...kinds: Shape["is"][]): boolean => sides.some(({ is }) => kinds.includes(is));
	switch (node.value) {
		case "+":
		case "-":
		case "*":
		case "/":
		case "%":
			return reckon();
		case "&":
			if (hasA("time"))
				trap("TIME_ZONE", {
					zh: "时间是 UTC：拼接前请用 $day、$time 或 $iso 转成北京时间",
					en: "times are UTC: use $day, $time or $iso before they become text",
				});
			if (hasA("fen", "yuan"))
				trap("MONEY", {
					zh: "金额拼成文本时位数不定：请用 $yuanText(…Fen)",
					en: "an amount becomes text with any number of digits: use $yuanText(…Fen)",
				});
			return plain("text");
		case "..":
			return listOf(plain("count"));
		default:
			compare();
			return plain("flag");
	}

	function reckon(): Shape {
		if (hasA("fen") && (isTen(node.lhs) || isTen(node.rhs)) && node.value !== "+" && node.value !== "-") {
			trap("MONEY", {
				zh: "不要手工乘除换算金额，会有误差：请用 $yuan(…Fen)、$yuanText(…Fen)",
				en: "amounts are not to be multiplied or divided by hand, which is not exact: use $yuan(…Fen) or $yuanText(…Fen)",
			});
			return plain("yuan");
		}
		if (hasA("yuan")) {
			trap("ROUNDING", {
				zh: "对已换算成元的金额再计算会有误差：请先以分计算，最后用 $yuan 或 $yuanText 换算一次",
				en: "it reckons with what was divided already: reckon in whole fen, and divide once with $yuan or $yuanText",
			});
			return plain("yuan");
		}
		if (hasA("id"))
			trap("ID_AS_NUMBER", {
				zh: "编号不能参与计算，会丢失位数（19 位）：请保留为文本",
				en: "an id is no number and loses digits (it may have 19): leave it as text",
			});
		if (hasA("fen")) return plain(node.value === "%" ? "number" : "fen"); // what is left over are pieces, too
		return sides.every(({ is }) => is === "count") && node.value !== "/" ? plain("count") : plain("number");
	}

	/** States that there are not are never equal, and nobody notices. */
	function compare(): void {
		for (const [shape, other] of [
			[left, node.rhs],
			[right, node.lhs],
		] as const) {
			if (!("values" in shape) || !shape.values) continue;
			const others = other && "expressions" in (other as AstNode) ? (other as AstNode).expressions : [other];
			for (const each of others ?? []) {
				const constant = each as AstNode;
				if (constant?.type !== "string" || shape.values.includes(String(constant.value))) continue;
				const meant = nearest(String(constant.value), shape.values);
				findings.add({
					level: "error",
					code: "INPUT_FIELD",
					node: constant,
					path,
					words: {
						zh: `比较的字段没有值 "${constant.value}"：${meant ? `是否应为 "${meant}"？` : `可为 ${shape.values.join("、")}`}`,
						en: `what it is compared with is never "${constant.value}": ${meant ? `did you mean "${meant}"?` : `it may be ${shape.values.join(", ")}`}`,
					},
				});
			}
		}
	}

	function trap(code: "MONEY" | "ROUNDING" | "TIME_ZONE" | "ID_AS_NUMBER", words: { zh: string; en: string }): void {
		findings.add({ level: "error", code, node, path, words });
	}
}
