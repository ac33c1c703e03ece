/** The page's own words; those of operations come with the document. */
const words = {
	zh: {
		search: "搜索接口：路径、名称、说明",
		nothing: "没有匹配的接口",
		signedOut: "未登录",
		signedIn: "已登录",
		signIn: "登录",
		signOut: "退出",
		username: "账号",
		password: "密码",
		orToken: "或粘贴令牌",
		useToken: "使用令牌",
		roles: "角色",
		anyone: "无需令牌",
		programs: "程序权限",
		parameters: "参数",
		body: "请求体",
		answers: "响应",
		tryOut: "调试",
		send: "发送请求",
		sending: "请求中…",
		answered: "响应结果",
		failed: "请求没有得到响应",
		notJson: "请求体不是合法的 JSON",
		required: "必填",
		byDefault: "默认",
		missing: "以下服务当前不可用，其接口未列出：",
		unavailable: "无法读取接口文档",
		choose: "请在左侧选择一个接口。",
		noValue: "（不传）",
		length: "长度",
		entries: "项数",
	},
	en: {
		search: "Search: path, name, words",
		nothing: "Nothing matches",
		signedOut: "Not signed in",
		signedIn: "Signed in",
		signIn: "Sign in",
		signOut: "Sign out",
		username: "User name",
		password: "Password",
		orToken: "or paste a token",
		useToken: "Use the token",
		roles: "Roles",
		anyone: "Without a token",
		programs: "Scopes of programs",
		parameters: "Parameters",
		body: "Body",
		answers: "Answers",
		tryOut: "Try it",
		send: "Send",
		sending: "Sending…",
		answered: "The answer",
		failed: "The request got no answer",
		notJson: "The body is not JSON",
		required: "required",
		byDefault: "default",
		missing: "These services are away now, and their operations left out: ",
		unavailable: "The document cannot be read",
		choose: "Choose an operation on the left.",
		noValue: "(not sent)",
		length: "length",
		entries: "entries",
	},
};

let language = navigator.language.startsWith("zh") ? "zh" : "en";

export const languageNow = () => language;
export function speak(wanted) {
	language = wanted;
	document.documentElement.lang = wanted === "zh" ? "zh-CN" : "en";
}
export const say = (key) => words[language][key];

/** The words of something in the document. */
export const summaryOf = (operation) => (language === "zh" ? operation["x-summary-zh"] : operation.summary);
export const descriptionOf = (thing) => (language === "zh" && thing["x-description-zh"]) || thing.description;
export const chapterName = (tag) => (language === "zh" ? tag["x-name-zh"] : tag.description);

/** An element with its properties and children; texts are texts, never markup. */
export function element(name, properties = {}, ...children) {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(properties)) {
		if (key in made) made[key] = value;
		else made.setAttribute(key, value);
	}
	made.append(...children.filter((child) => child !== null));
	return made;
}
