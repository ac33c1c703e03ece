/** How the fields of ERP documents must be written. Pure; the dialects' `form.ts` say which field is which. */
import { fromBeijing } from "../../config/beijing.ts";
import { chars } from "./kind-of-value.ts";

export interface Words {
	zh: string;
	en: string;
}

/** `fits` is asked of values that are there: not absent, not null, not "". */
export interface Format {
	fits(value: unknown): boolean;
	words: Words; // what is wanted, and the helper that makes it
}

const isWritten =
	(pattern: RegExp) =>
	(value: unknown): boolean =>
		(typeof value === "string" || typeof value === "number") && pattern.test(String(value));

/** Yuan, not negative. ERPs take it as a number or as text. */
export const money: Format = {
	fits: isWritten(/^\d{1,12}(\.\d{1,2})?$/),
	words: {
		zh: "应为元，最多两位小数：用 $yuan(…Fen) 或 $yuanText(…Fen)",
		en: "must be yuan with at most two decimals: use $yuan(…Fen) or $yuanText(…Fen)",
	},
};

export const signedMoney: Format = { ...money, fits: isWritten(/^-?\d{1,12}(\.\d{1,2})?$/) };

/** Of one piece, times the quantity rounded half up. */
export const price: Format = {
	fits: isWritten(/^\d{1,12}(\.\d{1,6})?$/),
	words: {
		zh: "应为单价（元），最多六位小数：用 $pieceYuan(…Fen, 数量)",
		en: "must be a price in yuan with at most six decimals: use $pieceYuan(…Fen, quantity)",
	},
};

export const pieces: Format = {
	fits: isWritten(/^[1-9]\d{0,6}$/),
	words: { zh: "应为大于零的整数件数", en: "must be a whole number of pieces above zero" },
};

/** Of a return, where the ERP counts them down. */
export const piecesBack: Format = {
	fits: isWritten(/^-[1-9]\d{0,6}$/),
	words: { zh: "退货件数应为小于零的整数", en: "must be a whole number of pieces below zero: they come back" },
};

export const count: Format = {
	fits: isWritten(/^\d{1,9}$/),
	words: { zh: "应为不小于零的整数", en: "must be a whole number, zero or more" },
};

export const percent: Format = {
	fits: isWritten(/^(\d{1,2}(\.\d+)?|100)$/),
	words: { zh: "应为 0 到 100 的百分数", en: "must be a percentage, 0 to 100" },
};

/** Beijing's wall clock. */
export const time: Format = {
	fits: (value) => typeof value === "string" && fromBeijing(value) !== null,
	words: {
		zh: "应为北京时间 YYYY-MM-DD HH:mm:ss：用 $time(…At)",
		en: "must be Beijing time, YYYY-MM-DD HH:mm:ss: use $time(…At)",
	},
};

export const day: Format = {
	fits: (value) => typeof value === "string" && fromBeijing(`${value} 00:00:00`) !== null,
	words: {
		zh: "应为北京日期 YYYY-MM-DD：用 $day(…At)",
		en: "must be a date in Beijing, YYYY-MM-DD: use $day(…At)",
	},
};

export const dayOrTime: Format = {
	fits: (value) => day.fits(value) || time.fits(value),
	words: {
		zh: "应为北京日期或时间：用 $day(…At) 或 $time(…At)",
		en: "must be a date or a time in Beijing: use $day(…At) or $time(…At)",
	},
};

export const isoTime: Format = {
	fits: (value) => typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/.test(value),
	words: {
		zh: "应为带时区的时间 YYYY-MM-DDTHH:mm:ss+08:00：用 $iso(…At)",
		en: "must be a time with its zone, YYYY-MM-DDTHH:mm:ss+08:00: use $iso(…At)",
	},
};

/** Also for ids: numbers lose digits. */
export const text = (most: number): Format => ({
	fits: (value) => typeof value === "string" && chars(value) <= most,
	words: { zh: `应为文本，最多 ${most} 字`, en: `must be text of at most ${most} characters` },
});

export const oneOf = (...values: (string | number)[]): Format => ({
	fits: (value) => values.includes(value as string | number),
	words: { zh: `只能是 ${values.join("、")} 之一`, en: `must be one of ${values.join(", ")}` },
});

export const flag: Format = {
	fits: (value) => typeof value === "boolean",
	words: { zh: "应为 true 或 false", en: "must be true or false" },
};

/** ERPs that write their flags as text take both. */
export const looseFlag: Format = { ...flag, fits: (value) => ["true", "false"].includes(String(value)) };

export const zeroOrOne = oneOf(0, 1);

/** A reference to base data: {"FNumber": "A001"}. */
export const reference: Format = {
	fits: (value) =>
		typeof value === "object" &&
		value !== null &&
		Object.entries(value).every(
			([name, number]) => name.toLowerCase() === "fnumber" && (number === null || typeof number === "string"),
		),
	words: { zh: '应为基础资料编码 {"FNumber": "…"}', en: 'must be a reference to base data, {"FNumber": "…"}' },
};

/** What the ERP hands back, or a person reads: any plain value. */
export const plain: Format = {
	fits: (value) => typeof value !== "object",
	words: { zh: "应为单个值，不能是列表或对象", en: "must be one value, no list and no object" },
};
