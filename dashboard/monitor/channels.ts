/** Alert channels: where people are told of alerts beside the dashboard, and what is asked for to make one. Pure. */
import type { ChannelView } from "../../services/alert/channel/channel.ts";
import type { Words } from "../language.ts";

/** As the gateway shows it: times are text. Its address and secret are never shown. */
export type Channel = Omit<ChannelView, "createdAt" | "updatedAt">;
export type ChannelKind = Channel["kind"];

export const channelKinds: Readonly<
	Record<ChannelKind, { words: Words; address: Words; example: string; secret: Words | null }>
> = {
	dingtalk: {
		words: ["钉钉群机器人", "DingTalk robot"],
		address: ["Webhook 地址", "Webhook address"],
		example: "https://oapi.dingtalk.com/robot/send?access_token=…",
		secret: ["加签密钥（SEC…，用关键词 OrderHub 时留空）", "Signing secret (SEC…; empty with the keyword OrderHub)"],
	},
	wecom: {
		words: ["企业微信群机器人", "WeCom robot"],
		address: ["Webhook 地址", "Webhook address"],
		example: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…",
		secret: null,
	},
	feishu: {
		words: ["飞书群机器人", "Feishu robot"],
		address: ["Webhook 地址", "Webhook address"],
		example: "https://open.feishu.cn/open-apis/bot/v2/hook/…",
		secret: ["签名校验密钥（未启用则留空）", "Signing secret (empty where it is not used)"],
	},
	mail: {
		words: ["邮件", "Mail"],
		address: ["邮件服务器", "Mail server"],
		example: "smtps://user:password@host:465",
		secret: null,
	},
};

/** What is filled in. Empty lists want everything. */
export interface ChannelForm {
	name: string;
	kind: ChannelKind;
	url: string;
	secret: string;
	from: string;
	to: string; // addresses, with anything between them
	levels: Channel["levels"];
	kinds: Channel["kinds"];
	shops: string[];
	language: Channel["language"];
}

export const emptyForm = (language: Channel["language"]): ChannelForm => ({
	...{ name: "", kind: "dingtalk", url: "", secret: "", from: "", to: "" },
	...{ levels: [], kinds: [], shops: [], language },
});

export const formOf = ({ name, kind, from, to, levels, kinds, shops, language }: Channel): ChannelForm => ({
	...{ name, kind, url: "", secret: "", from, to: to.join(", ") },
	...{ levels: [...levels], kinds: [...kinds], shops: [...shops], language },
});

/** The body of POST, and of PATCH where the channel is there already: what is left empty of its secrets then stays. */
export function bodyOf({ kind, url, secret, from, to, ...same }: ChannelForm, exists: boolean): object {
	const mail = kind === "mail" && { from: from.trim(), to: to.split(/[\s,，;；]+/).filter(Boolean) };
	const secrets = { ...(url.trim() && { url: url.trim() }), ...(secret.trim() && { secret: secret.trim() }) };
	return { ...same, name: same.name.trim(), ...(!exists && { kind }), ...secrets, ...mail };
}
