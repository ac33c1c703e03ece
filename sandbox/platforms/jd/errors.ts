/** The gateway's own words by code. Source: JOS documentation, error codes. */
const messages = {
	2: ["调用次数超限，请稍后再试", "App Call Limited"],
	4: ["缺少版本参数", "Missing Version"],
	5: ["不支持的版本号", "Unsupported Version"],
	7: ["缺少时间戳参数", "Missing Timestamp"],
	8: ["非法的时间戳参数", "Invalid Timestamp"],
	11: ["缺少签名参数", "Missing Signature"],
	12: ["无效签名", "Invalid Signature"],
	14: ["缺少方法名参数", "Missing Method"],
	15: ["不存在的方法名", "Invalid Method"],
	18: ["缺少access_token参数", "Missing access_token"],
	19: ["无效access_token", "Invalid access_token"],
	20: ["缺少app_key参数", "Missing App Key"],
	21: ["无效app_key", "Invalid App Key"],
	43: ["不支持的请求方式", "Http Action Not Allowed"],
	50: ["业务处理失败(模拟)", "business error"],
	61: ["参数不正确", "Invalid Arguments"],
} as const;

export type JdCode = keyof typeof messages;

/** An answer of kind `error_response`. */
export class JdError extends Error {
	readonly code: JdCode;
	readonly zh: string;
	readonly en: string;

	/** `detail`: what is wrong, after the gateway's own words. */
	constructor(code: JdCode, detail = "") {
		const [zh, en] = messages[code];
		super(en);
		this.code = code;
		this.zh = detail ? `${zh}：${detail}` : zh;
		this.en = en;
	}
}

export const missing = (name: string): JdError => new JdError(61, `缺少${name}`);
export const invalid = (name: string, why: string): JdError => new JdError(61, `${name}${why}`);

/** The API itself says no, inside its own result. `code`: of this sandbox, the documentation has no full list. */
export class JdRefusal extends Error {
	readonly code: string;
	readonly zh: string;

	constructor(code: string, zh: string) {
		super(zh);
		this.code = code;
		this.zh = zh;
	}
}
