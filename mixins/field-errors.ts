/** What is wrong with which field, in words of both languages. */
export type Language = "en" | "zh";

export interface FieldError {
	field: string; // "lines[0].quantity"
	code: string; // one of `words` below
	expected?: unknown;
	message?: string;
}

/** One finding of the parameter validator, as it comes through the broker. */
export interface Finding {
	type: string; // the validator's name of the broken rule
	field?: string;
	actual?: unknown; // what was sent: may be a password, so never shown
	expected?: unknown;
	action?: string;
}

/** `{expected}` stands for the rule's limit. */
const words: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
	required: { en: "is required", zh: "必填" },
	unknown: { en: "is not known here", zh: "未知字段" },
	tooShort: { en: "must have at least {expected} characters", zh: "长度不得少于 {expected}" },
	tooLong: { en: "must have at most {expected} characters", zh: "长度不得超过 {expected}" },
	tooSmall: { en: "must be at least {expected}", zh: "不得小于 {expected}" },
	tooLarge: { en: "must be at most {expected}", zh: "不得大于 {expected}" },
	tooFew: { en: "must have at least {expected} entries", zh: "不得少于 {expected} 项" },
	tooMany: { en: "must have at most {expected} entries", zh: "不得超过 {expected} 项" },
	notOneOf: { en: "must be one of: {expected}", zh: "必须是以下之一：{expected}" },
	notUnique: { en: "must not repeat an entry", zh: "不得有重复项" },
	notText: { en: "must be text", zh: "必须是文本" },
	empty: { en: "must not be empty", zh: "不得为空" },
	notNumber: { en: "must be a number", zh: "必须是数字" },
	notInteger: { en: "must be a whole number", zh: "必须是整数" },
	notBoolean: { en: "must be true or false", zh: "必须是 true 或 false" },
	notDate: { en: "must be a time such as 2026-01-31T08:00:00Z", zh: "必须是时间，例如 2026-01-31T08:00:00Z" },
	notList: { en: "must be a list", zh: "必须是列表" },
	notObject: { en: "must be an object", zh: "必须是对象" },
	wrong: { en: "is not right", zh: "不正确" },
};

/** The validator's rules (fastest-validator, messages.js) -> our codes. What is not listed is "wrong". */
const codes: Readonly<Record<string, string>> = {
	required: "required",
	forbidden: "unknown",
	string: "notText",
	stringEmpty: "empty",
	stringMin: "tooShort",
	stringMax: "tooLong",
	stringEnum: "notOneOf",
	enumValue: "notOneOf",
	equalValue: "notOneOf",
	number: "notNumber",
	numberMin: "tooSmall",
	numberMax: "tooLarge",
	numberInteger: "notInteger",
	boolean: "notBoolean",
	date: "notDate",
	array: "notList",
	arrayEmpty: "empty",
	arrayMin: "tooFew",
	arrayMax: "tooMany",
	arrayUnique: "notUnique",
	object: "notObject",
	record: "notObject",
};

export function fieldErrors(findings: readonly Finding[]): FieldError[] {
	return findings.flatMap(({ type, field = "", actual, expected }): FieldError[] => {
		// One finding of this rule names all the fields that have no place in their object.
		if (type === "objectStrict") {
			const inside = field ? `${field}.` : "";
			return String(actual)
				.split(", ")
				.map((name) => ({ field: inside + name, code: "unknown" }));
		}
		const code = codes[type] ?? "wrong";
		return [words[code]?.en.includes("{expected}") ? { field, code, expected } : { field, code }];
	});
}

/** The same errors, each with its message. */
export function inWords(errors: readonly FieldError[], language: Language): (FieldError & { message: string })[] {
	return errors.map((error) => {
		const message = words[error.code]?.[language] ?? words.wrong?.[language] ?? "";
		return { ...error, message: error.message ?? message.replace("{expected}", String(error.expected)) };
	});
}
