/**
 * 钉钉 custom robot. With 加签, `timestamp` (ms) and `sign` = Base64(HMAC-SHA256(secret, timestamp + "\n" + secret)) go into
 * the query; the platform takes them for an hour. At most 20 messages a minute, then the robot is shut for ten.
 * Source: open.dingtalk.com, custom robot access and its security settings; agreed on by several published clients.
 * Not tried against the real service.
 */
import { createHmac } from "node:crypto";
import { errcodeRefusal, jsonPost, type RobotProtocol } from "./protocol.ts";

export const dingtalk: RobotProtocol = {
	request({ url, secret }, { title, lines }, now) {
		const signed = new URL(url);
		if (secret) {
			const timestamp = String(now.getTime());
			signed.searchParams.set("timestamp", timestamp);
			signed.searchParams.set("sign", sign(timestamp, secret));
		}
		const text = [`#### ${title}`, ...lines.map((line) => `- ${line}`)].join("\n");
		return jsonPost(signed.href, { msgtype: "markdown", markdown: { title, text } });
	},
	refusal: errcodeRefusal,
};

const sign = (timestamp: string, secret: string): string =>
	createHmac("sha256", secret).update(`${timestamp}\n${secret}`).digest("base64");
