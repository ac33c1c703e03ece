import { exchange } from "../../erp/http.ts";
import type { ChannelKind } from "./channel.model.ts";
import { dingtalk } from "./dingtalk.ts";
import { feishu } from "./feishu.ts";
import { sendMail } from "./mail.ts";
import type { Message, RobotProtocol, Target } from "./protocol.ts";
import { wecom } from "./wecom.ts";

const robots: Readonly<Record<Exclude<ChannelKind, "mail">, RobotProtocol>> = { dingtalk, wecom, feishu };

/** Returns "" when the message was taken, else why not; no address or secret is in it. Never throws for the network. */
export async function sendMessage(kind: ChannelKind, target: Target, message: Message, now: Date): Promise<string> {
	if (kind === "mail") return sendMail(target, message);
	const { request, refusal } = robots[kind];
	const answer = await exchange(request(target, message, now));
	if (typeof answer === "string") return answer;
	if (answer.status !== 200) return `http ${answer.status}`;
	const said = objectOf(answer.body);
	return said ? refusal(said) : "the answer is no JSON object";
}

function objectOf(text: string): Record<string, unknown> | null {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
	} catch {
		return null;
	}
}
