/** What stands in the audit, in words. A kind that is not here shows its own name; the test keeps the table whole. */
import { purposes } from "../../nodes/reveal/purposes.ts";
import type { Words } from "../language.ts";

export const deeds: Readonly<Record<string, Words>> = {
	"account.login": ["登录", "Signed in"],
	"account.login-failed": ["登录失败", "Failed to sign in"],
	"account.logout": ["退出登录", "Signed out"],
	"account.refresh-reused": ["旧的登录凭据被再次使用", "A used refresh token came again"],
	"account.rotateKeys": ["更换令牌签名密钥", "Changed the key that signs tokens"],
	"order.reveal": ["查看收件人明文", "Saw a receiver in plain"],
	"waybill.printData": ["读取面单打印数据", "Read a waybill's print data"],
	"shop.create": ["新增店铺", "Added a shop"],
	"shop.update": ["修改店铺", "Changed a shop"],
	"platform.authorize": ["发起店铺授权", "Asked a seller to let the app in"],
	"platform.authorised": ["店铺授权完成", "A seller let the app in"],
	"connection.create": ["新增 ERP 连接", "Added an ERP connection"],
	"connection.update": ["修改 ERP 连接", "Changed an ERP connection"],
	"flow.deploy": ["部署流程", "Deployed flows"],
	"rule.create": ["新增审单规则", "Added a rule"],
	"rule.update": ["修改审单规则", "Changed a rule"],
	"rule.remove": ["删除审单规则", "Removed a rule"],
	"event.replay": ["重新投递死信", "Sent a parked message again"],
	"event.discard": ["丢弃死信", "Discarded a parked message"],
	"replay.start": ["开始回放", "Started a replay"],
	"replay.push": ["推送回放差异", "Pushed what a replay found different"],
	"alert.settle": ["人工处理告警", "Settled an alert by hand"],
	"alert-channel.create": ["新增告警渠道", "Added an alert channel"],
	"alert-channel.update": ["修改告警渠道", "Changed an alert channel"],
	"alert-channel.remove": ["删除告警渠道", "Removed an alert channel"],
	"user.create": ["新增用户", "Added a user"],
	"user.update": ["修改用户", "Changed a user"],
	"client.create": ["新增接口程序", "Added a program"],
	"client.update": ["修改接口程序", "Changed a program"],
	"client.rotateSecret": ["更换接口程序密钥", "Changed a program's secret"],
	"secret.rotate": ["更换主密钥", "Changed the master key"],
	"export.start": ["导出订单等数据", "Started an export"],
	"export.cancel": ["停止导出", "Stopped an export"],
	"export.file": ["下载导出文件", "Took an exported file"],
	"audit.export": ["导出审计记录", "Exported the audit"],
};

export const deedWords = (what: string): Words => deeds[what] ?? [what, what];

/** What a person needs to look at twice. */
export const isGrave = (what: string): boolean => what === "account.login-failed" || what === "account.refresh-reused";

/** Why somebody signed in or failed to, as services/account/sign-in-audit.ts writes it. */
const signIns: Readonly<Record<string, Words>> = {
	"hub-api": ["接口", "the API"],
	"hub-editor": ["看板与流程编辑器", "dashboard and flow editor"],
	BAD_CREDENTIALS: ["账号或密码不正确", "wrong name or password"],
	TOO_MANY_REQUESTS: ["尝试过于频繁", "too many tries"],
};

/** Settings that are named when they are given, as mixins/audited.ts writes them. */
const fields: Readonly<Record<string, Words>> = {
	name: ["名称", "name"],
	username: ["用户名", "user name"],
	password: ["密码", "password"],
	roles: ["角色", "roles"],
	shops: ["可见店铺", "shops"],
	scopes: ["权限范围", "scopes"],
	disabled: ["停用", "disabled"],
	secret: ["密钥", "secret"],
	overlapHours: ["旧密钥保留时间", "hours the old secret is kept"],
	platform: ["平台", "platform"],
	sellerId: ["卖家编号", "seller id"],
	app: ["应用密钥", "app keys"],
	token: ["令牌", "token"],
	gatewayUrl: ["网关地址", "gateway address"],
	authUrl: ["授权地址", "consent page"],
	messageUrl: ["消息地址", "message server"],
	pull: ["拉取设置", "pulling"],
	shipMode: ["发货方式", "shipping"],
	revealPerDay: ["每日明文额度", "plain receivers a day"],
	status: ["状态", "status"],
	reason: ["原因", "reason"],
	note: ["说明", "note"],
	dialect: ["ERP 类型", "kind of ERP"],
	url: ["地址", "address"],
	settings: ["设置", "settings"],
	secrets: ["密钥", "secrets"],
	shopId: ["店铺", "shop"],
	redirectUri: ["回调地址", "where to come back"],
	from: ["开始时间", "start"],
	to: ["结束时间", "end"],
	orderIds: ["订单", "orders"],
	candidate: ["试运行版本", "what is tried"],
	baseline: ["对照版本", "what it is held against"],
	what: ["数据", "of what"],
	query: ["条件", "filters"],
	format: ["格式", "format"],
	columns: ["列", "columns"],
	language: ["语言", "language"],
};

/** Those whose purpose is the names of what was given. */
const changes = /\.(create|update|rotateSecret|start|cancel|file|authorize|replay|discard)$/;

/** The purpose of an entry in words; what is not known is shown as it is. */
export function purposeWords(what: string, purpose: string): Words {
	const asIs: Words = [purpose, purpose];
	if (what.startsWith("account.")) return signIns[purpose] ?? asIs;
	if (what === "order.reveal" && Object.hasOwn(purposes, purpose)) {
		const { zh, en } = purposes[purpose as keyof typeof purposes];
		return [zh, en];
	}
	if (!changes.test(what)) return asIs;
	const names = purpose.split(", ").map((name): Words => fields[name] ?? [name, name]);
	return [names.map(([zh]) => zh).join("、"), names.map(([, en]) => en).join(", ")];
}
