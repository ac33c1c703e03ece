/** What JSONata's functions and the hub's helpers give, and the traps in how they are called. */
import { helpers } from "../../../config/mappings/helpers.ts";
import type { Words } from "../../../services/erp/format.ts";
import type { AstNode } from "./ast.ts";
import type { ProblemCode } from "./problem.ts";
import { any, either, entryOf, listOf, type Plain, plain, type Shape } from "./shape.ts";

export interface Call {
	args: readonly Shape[];
	nodes: readonly AstNode[];
	path: string;
	trap(code: ProblemCode, words: Words, level?: "error" | "warning"): void;
}

type Give = (call: Call) => Shape;

const gives =
	(is: Plain): Give =>
	() =>
		plain(is);
const arg = ({ args }: Call, at = 0): Shape => args[at] ?? any;
const isA = (shape: Shape, ...kinds: Shape["is"][]): boolean => kinds.includes(entryOf(shape).is);

const halfToEven: Words = {
	zh: "$round、$formatNumber 是四舍六入五成双（0.125 → 0.12）：请用 $halfUp、$fixed，金额请用 $yuan、$yuanText、$pieceYuan",
	en: "$round and $formatNumber round halves to even (0.125 -> 0.12): use $halfUp or $fixed, for amounts $yuan, $yuanText or $pieceYuan",
};
const dividedFirst: Words = {
	zh: "对已换算成元的金额再计算会有误差：请先以分相加，最后用 $yuan 或 $yuanText 换算一次",
	en: "it reckons with what was divided already: add whole fen first, and divide once with $yuan or $yuanText",
};
const cutTime: Words = {
	zh: "时间是 UTC，截取会错 8 小时：请用 $day、$time 或 $iso 转成北京时间",
	en: "times are UTC, what is cut out of them is eight hours off: use $day, $time or $iso for Beijing time",
};
const noZone: Words = {
	zh: '$fromMillis 未给时区 "+0800"：请用 $day、$time 或 $iso',
	en: '$fromMillis without the zone "+0800": use $day, $time or $iso',
};
const lostDigits: Words = {
	zh: "编号转成数字会丢失位数（19 位）：请保留为文本",
	en: "an id turned into a number loses digits (it may have 19): leave it as text",
};
const unstable: Words = {
	zh: "重复推送必须得到相同单据，$now、$millis、$random、$shuffle 每次不同：请用订单自身的时间",
	en: "a repeat must make the same document, and $now, $millis, $random and $shuffle differ each time: use a time of the order",
};
const notFen: Words = {
	zh: "$yuan、$yuanText 的参数必须是分（…Fen），且只换算一次",
	en: "$yuan and $yuanText want whole fen (…Fen), and once only",
};
const notTime: Words = {
	zh: "$day、$time、$iso 的参数必须是时间（…At、shipDeadline）",
	en: "$day, $time and $iso want a time (…At, shipDeadline)",
};

const neverIs = (never: readonly string[], values: readonly string[]): Words => ({
	zh: `$lookup 中的 ${never.join("、")} 不会出现，可为 ${values.join("、")}`,
	en: `${never.join(", ")} in $lookup never occurs; it may be ${values.join(", ")}`,
});

const text: Give = (call) => {
	if (isA(arg(call), "time")) call.trap("TIME_ZONE", cutTime);
	return plain("text");
};
const added: Give = (call) => {
	if (isA(arg(call), "yuan")) call.trap("ROUNDING", dividedFirst);
	return isA(arg(call), "fen", "yuan", "count") ? entryOf(arg(call)) : plain("number");
};
const rounded: Give = (call) => {
	call.trap("ROUNDING", halfToEven, isA(arg(call), "count") ? "warning" : "error");
	return entryOf(arg(call));
};
const cut: Give = (call) => {
	if (isA(arg(call), "yuan")) call.trap("ROUNDING", dividedFirst);
	return entryOf(arg(call));
};
const differs: Give = (call) => {
	call.trap("UNSTABLE", unstable);
	return plain("text");
};
const inYuan =
	(is: Plain): Give =>
	(call) => {
		if (isA(arg(call), "yuan", "count", "id", "time", "text")) call.trap("MONEY", notFen);
		return plain(is);
	};
const inBeijing: Give = (call) => {
	if (!isA(arg(call), "time", "any", "nothing")) call.trap("TIME_ZONE", notTime);
	return plain("text");
};
const callWith = (call: Call, at: number, args: readonly Shape[]): Shape => {
	const given = arg(call, at);
	return given.is === "function" ? given.call(args, call.path) : any;
};

export const functions: Readonly<Record<string, Give>> = {
	...all("string", text),
	...all("substring substringBefore substringAfter replace pad trim uppercase lowercase", text),
	...all("length", gives("count")),
	...all("split", (call) => listOf(text(call))),
	...all("join formatBase formatInteger base64encode base64decode type", gives("text")),
	...all("encodeUrl encodeUrlComponent decodeUrl decodeUrlComponent", gives("text")),
	...all("contains exists not boolean assert", gives("flag")),
	...all("match eval error clone parseInteger", () => any),
	number: (call) => {
		if (isA(arg(call), "id")) call.trap("ID_AS_NUMBER", lostDigits);
		return plain("number");
	},
	...all("abs", cut),
	...all("floor ceil", cut),
	...all("power sqrt toMillis", gives("number")),
	...all("round", rounded),
	formatNumber: (call) => {
		rounded(call);
		return plain("text");
	},
	...all("sum max min average", added),
	count: gives("count"),
	...all("now millis random", differs),
	shuffle: (call) => {
		differs(call);
		return arg(call);
	},
	fromMillis: (call) => {
		const zone = call.nodes[2];
		if (zone?.type !== "string" || zone.value !== "+0800") call.trap("TIME_ZONE", noZone);
		return plain("text");
	},
	append: ({ args: [a = any, b = any] }) => {
		const kept = [a, b].some((each) => each.is === "list" && each.kept);
		return listOf(either(entryOf(a), entryOf(b)), kept);
	},
	map: (call) => listOf(entryOf(callWith(call, 1, [entryOf(arg(call)), plain("count"), arg(call)]))),
	filter: (call) => {
		callWith(call, 1, [entryOf(arg(call)), plain("count"), arg(call)]);
		return listOf(entryOf(arg(call)));
	},
	single: (call) => {
		callWith(call, 1, [entryOf(arg(call)), plain("count"), arg(call)]);
		return entryOf(arg(call));
	},
	reduce: (call) => {
		const first = arg(call, 2);
		const start = call.args.length > 2 ? first : entryOf(arg(call));
		const once = callWith(call, 1, [start, entryOf(arg(call)), plain("count"), arg(call)]);
		return start.is === "list" && start.kept && once.is === "list" ? { ...once, kept: true } : once;
	},
	sort: (call) => {
		callWith(call, 1, [entryOf(arg(call)), entryOf(arg(call))]);
		return listOf(entryOf(arg(call)), true);
	},
	...all("reverse distinct", (call) => listOf(entryOf(arg(call)), true)),
	...all("each sift zip spread keys", () => any),
	lookup: (call) => {
		const [table, key] = [arg(call), arg(call, 1)];
		if (table.is === "object" && "values" in key && key.values) {
			const never = Object.keys(table.fields).filter((name) => name !== "*" && !key.values?.includes(name));
			if (never.length) call.trap("INPUT_FIELD", neverIs(never, key.values));
		}
		return table.is === "object" ? Object.values(table.fields).reduce(either, { is: "nothing" }) : any;
	},
	merge: (call) => entryOf(arg(call)),

	yuan: inYuan("yuan"),
	yuanText: inYuan("text"),
	pieceYuan: gives("text"),
	share: () => listOf(plain("fen"), true),
	halfUp: (call) => entryOf(arg(call)),
	fixed: gives("text"),
	...all("day iso time", inBeijing),
};

function all(names: string, give: Give): Record<string, Give> {
	return Object.fromEntries(names.split(" ").map((name) => [name, give]));
}

/** Every function a mapping may call. */
export const functionNames: readonly string[] = [...new Set([...Object.keys(functions), ...Object.keys(helpers)])];
