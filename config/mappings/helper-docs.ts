/** What each function of helpers.ts is for, as the mapping editor shows and completes it. */
import type { helpers } from "./helpers.ts";

export interface HelperDoc {
	args: string; // as in a call, without the brackets
	zh: string;
	en: string;
	example: string; // a whole JSONata expression
	result: unknown; // what the example gives
}

export const helperDocs: Readonly<Record<keyof typeof helpers, HelperDoc>> = {
	yuan: {
		args: "fen",
		zh: "分换算成元，数字",
		en: "fen to yuan, as a number",
		example: "$yuan(1990)",
		result: 19.9,
	},
	yuanText: {
		args: "fen",
		zh: "分换算成元，两位小数的文本",
		en: "fen to yuan, as text with two decimals",
		example: "$yuanText(1990)",
		result: "19.90",
	},
	pieceYuan: {
		args: "totalFen, quantity",
		zh: "每件单价（元，最多 6 位小数）：单价 × 数量四舍五入后，与总额一分不差",
		en: "price of one piece in yuan, up to 6 decimals: price × quantity, rounded, is the total to the fen",
		example: "$pieceYuan(10000, 3)",
		result: "33.333333",
	},
	share: {
		args: "totalFen, weights",
		zh: "按权重分摊金额（分），尾差按最大余数分配，合计不变",
		en: "splits fen by weights; what rounding leaves goes to the largest remainders, so the parts add up",
		example: "$share(1000, [1, 2])",
		result: [333, 667],
	},
	halfUp: {
		args: "value, digits",
		zh: "四舍五入到若干位小数，数字（JSONata 的 $round 是银行家舍入）",
		en: "rounds half up to that many decimals, as a number ($round rounds half to even)",
		example: "$halfUp(1.005, 2)",
		result: 1.01,
	},
	fixed: {
		args: "value, digits",
		zh: "四舍五入，并写足小数位的文本",
		en: "rounds half up, as text with all its decimals",
		example: "$fixed(19.9, 2)",
		result: "19.90",
	},
	day: {
		args: "at",
		zh: "时刻对应的北京日期",
		en: "the Beijing date of an instant",
		example: '$day("2026-01-01T19:04:05Z")',
		result: "2026-01-02",
	},
	iso: {
		args: "at",
		zh: "北京时间，ISO 格式并带时区",
		en: "Beijing time in ISO form, with its offset",
		example: '$iso("2026-01-01T19:04:05Z")',
		result: "2026-01-02T03:04:05+08:00",
	},
	time: {
		args: "at",
		zh: "北京时间，年月日时分秒",
		en: "Beijing date and time",
		example: '$time("2026-01-01T19:04:05Z")',
		result: "2026-01-02 03:04:05",
	},
};
