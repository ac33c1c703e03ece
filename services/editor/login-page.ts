import { escapeHtml } from "./escape-html.ts";

const words = {
	zh: {
		lang: "zh-CN",
		title: "订单集成枢纽",
		username: "账号",
		password: "密码",
		submit: "登录",
		credentials: "账号或密码不正确",
		throttled: "尝试次数过多，请稍后再试",
		needsHttps: "请通过 https:// 打开本页；在 http:// 下，浏览器不会保持登录状态",
	},
	en: {
		lang: "en-US",
		title: "OrderHub",
		username: "User name",
		password: "Password",
		submit: "Sign in",
		credentials: "Wrong name or password",
		throttled: "Too many attempts, try again later",
		needsHttps: "Open this page over https://: over http:// a browser does not stay signed in",
	},
} as const;

interface LoginView {
	language: string; // "zh" or "en"
	next: string; // path to go to afterwards
	failed: "credentials" | "throttled" | null;
	needsHttps: boolean; // it is open over a bare wire
}

/** The sign-in page: no script, no request to anywhere else. */
export function loginPage({ language, next, failed, needsHttps }: LoginView): string {
	const say = language === "en" ? words.en : words.zh;
	return `<!doctype html>
<html lang="${say.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say.title}</title>
<style>
	* { box-sizing: border-box; }
	body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f3f5f7; color: #1c2024;
		font: 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
	form { width: min(360px, 92vw); padding: 32px; background: #fff; border: 1px solid #d9d9e0; border-radius: 6px; }
	h1 { margin: 0 0 20px; font-size: 20px; color: #1f3b4d; }
	label { display: block; margin-top: 14px; font-size: 14px; }
	input { width: 100%; margin-top: 4px; padding: 9px 10px; font: inherit; border: 1px solid #8b8d98; border-radius: 4px; }
	button { width: 100%; margin-top: 22px; padding: 10px; font: inherit; color: #fff; background: #0d74ce; border: 0;
		border-radius: 4px; cursor: pointer; }
	:focus-visible { outline: 2px solid #0d74ce; outline-offset: 2px; }
	.failed { margin: 0; padding: 8px 10px; font-size: 14px; color: #8a1c1c; background: #fdecec; border-radius: 4px; }
</style>
</head>
<body>
<form method="post" action="/login">
	<h1>${say.title}</h1>
	${failed ? `<p class="failed" role="alert">${say[failed]}</p>` : ""}
	${needsHttps ? `<p class="failed" role="note">${say.needsHttps}</p>` : ""}
	<input type="hidden" name="next" value="${escapeHtml(next)}">
	<label>${say.username}<input name="username" autocomplete="username" required autofocus></label>
	<label>${say.password}<input name="password" type="password" autocomplete="current-password" required></label>
	<button>${say.submit}</button>
</form>
</body>
</html>
`;
}
