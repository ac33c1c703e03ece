/** Values that no honest caller sends, and ones that fit a rule so that what is wrong beside them is reached. */
import type { Random } from "../../sandbox/random.ts";

/** MongoDB operators, as an attacker puts them where a text belongs. */
export const operators: readonly object[] = [
	{ $gt: "" },
	{ $ne: null },
	{ $regex: ".*" },
	{ $where: "sleep(10000)" },
	{ $in: [""] },
	{ $expr: { $function: { body: "while(1){}", args: [], lang: "js" } } },
];

const hostileTexts: readonly string[] = [
	"",
	" ",
	"\0",
	"a\0b",
	"\ud800",
	"\udfff\ud800",
	"../../../etc/passwd",
	"..%2f..%2f",
	"$where",
	"$[]",
	"a.$.b",
	"__proto__",
	"constructor.prototype",
	"' OR 1=1 --",
	"<script>alert(1)</script>",
	"{{7*7}}<%= 7*7 %>",
	"(a+)+$",
	"\u202e\u200b\ufeff",
	"𠮷👩‍👩‍👧‍👦",
	"1e999",
	"NaN",
	"-0",
	"2026-02-30T25:61:61Z",
	"+275760-09-13T00:00:00.001Z",
	"eyJhIjoxfQ",
	"W251bGwsMV0",
	"x".repeat(3_000),
];
const hostileNumbers = ["1e400", "-1e400", "9007199254740993", "-1", "0.1", "1e-400", `1${"0".repeat(400)}`];

/** JSON text of something that is no honest value; lone surrogates and numbers beyond a double stay as they are. */
export function hostileJson(random: Random): string {
	switch (random.int(0, 7)) {
		case 0:
			return JSON.stringify(random.pick(operators));
		case 1:
			return random.pick(hostileNumbers);
		case 2:
			return random.pick(["null", "true", "[]", "{}", "[[]]", "[null]", '[""]']);
		case 3:
			return `{"__proto__":${random.pick(['{"admin":true}', "null", "[]"])},"constructor":{"prototype":{"admin":1}}}`;
		case 4:
			return '"\\ud800"';
		case 5:
			return "null"; // optional fields let it through
		default:
			return JSON.stringify(hostileText(random));
	}
}

export const hostileText = (random: Random): string => random.pick(hostileTexts);

type Rule = { type?: string; [limit: string]: unknown };

/** A rule of the parameter validator in its long form: "number|min:0" is {type: "number", min: "0"}. */
export function ruleFrom(given: unknown): Rule {
	if (Array.isArray(given)) return ruleFrom(given[0]);
	if (typeof given !== "string") return given as Rule;
	const [type = "any", ...limits] = given.split("|");
	const entries = limits.map((limit) => limit.split(":") as [string, string?]);
	const rule: Rule = Object.fromEntries(entries.map(([name, value]) => [name, value ?? true]));
	return type.endsWith("[]") ? { ...rule, type: "array", items: type.slice(0, -2) } : { ...rule, type };
}

/** The fields of an action's params or of an object's props, without the validator's own settings. */
export const fieldsOf = (params: object): [name: string, rule: Rule][] =>
	Object.entries(params)
		.filter(([name]) => !name.startsWith("$$"))
		.map(([name, rule]) => [name, ruleFrom(rule)]);

/** A value that the rule lets through, as far as the rule alone says what it lets through. */
export function fitting(rule: Rule): unknown {
	switch (rule.type) {
		case "string":
			return Array.isArray(rule.enum) ? rule.enum[0] : "x".repeat(Math.max(3, Number(rule.min ?? 0)));
		case "enum":
			return (rule.values as unknown[])[0];
		case "equal":
			return rule.value;
		case "url":
			return "https://erp.example/";
		case "number":
			return Math.max(1, Number(rule.min ?? 1));
		case "boolean":
			return true;
		case "date":
			return "2026-01-02T03:04:05Z";
		case "array":
			return [fitting(ruleFrom(rule.items ?? "string"))];
		case "record":
			return { x: fitting(ruleFrom(rule.value ?? "string")) };
		case "object":
			return fittingObject((rule.props ?? rule.properties ?? {}) as object);
		default:
			return "x";
	}
}

export const fittingObject = (props: object): Record<string, unknown> =>
	Object.fromEntries(fieldsOf(props).map(([name, rule]) => [name, fitting(rule)]));

/** The object and its variants in which one text, however deep, is an operator. */
export function withOperators(params: object, operator: object): Record<string, unknown>[] {
	return fieldsOf(params).flatMap(([name, rule]) =>
		variantsOf(rule, operator).map((value) => ({ ...fittingObject(params), [name]: value })),
	);
}

function variantsOf(rule: Rule, operator: object): unknown[] {
	if (rule.type === "object") return withOperators((rule.props ?? rule.properties ?? {}) as object, operator);
	if (rule.type === "array")
		return [operator, ...variantsOf(ruleFrom(rule.items ?? "string"), operator).map((v) => [v])];
	return [operator];
}
