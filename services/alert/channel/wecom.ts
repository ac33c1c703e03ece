/**
 * 企业微信 group robot. The key in the address is all the proof there is. Markdown of at most 4096 bytes, at most 20 messages
 * a minute (errcode 45009 beyond). Source: developer.work.weixin.qq.com, path/91770. Not tried against the real service.
 */
import { errcodeRefusal, jsonPost, type Message, type RobotProtocol } from "./protocol.ts";

const colours: Readonly<Record<Message["tone"], string>> = { critical: "warning", warning: "warning", over: "info" };

export const wecom: RobotProtocol = {
	request({ url }, { title, lines, tone }) {
		const heading = `<font color="${colours[tone]}">${title}</font>`;
		const content = [heading, ...lines.map((line) => `> ${line}`)].join("\n");
		return jsonPost(url, { msgtype: "markdown", markdown: { content } });
	},
	refusal: errcodeRefusal,
};
