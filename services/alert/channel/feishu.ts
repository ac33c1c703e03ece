/**
 * 飞书 custom bot. With 签名校验, `timestamp` (seconds) and `sign` go into the body; `sign` is the Base64 of the HMAC-SHA256 of
 * nothing, with timestamp + "\n" + secret as its key; the platform takes them for an hour. At most 100 messages a minute and
 * 5 a second, of 20 KB each. The answer says {code: 0}, that of the older form {StatusCode: 0}.
 * Source: open.feishu.cn, client-docs/bot-v3/add-custom-bot; agreed on by several published clients. Not tried against the
 * real service.
 */
import { createHmac } from "node:crypto";
import { jsonPost, type Message, type RobotProtocol } from "./protocol.ts";

const colours: Readonly<Record<Message["tone"], string>> = { critical: "red", warning: "orange", over: "green" };

export const feishu: RobotProtocol = {
	request({ url, secret }, { title, lines, tone }, now) {
		const timestamp = String(Math.floor(now.getTime() / 1_000));
		const card = {
			header: { title: { tag: "plain_text", content: title }, template: colours[tone] },
			elements: lines.map((content) => ({ tag: "div", text: { tag: "plain_text", content } })),
		};
		const proof = secret && { timestamp, sign: sign(timestamp, secret) };
		return jsonPost(url, { ...proof, msg_type: "interactive", card });
	},
	refusal({ code, StatusCode, msg }) {
		const said = code ?? StatusCode;
		return said === 0 ? "" : `code ${said ?? "missing"}: ${String(msg ?? "").slice(0, 200)}`;
	},
};

const sign = (timestamp: string, secret: string): string =>
	createHmac("sha256", `${timestamp}\n${secret}`).digest("base64");
