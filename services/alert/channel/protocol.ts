/** What a way of telling people must be able to do. */
import type { ErpRequest } from "../../erp/driver.ts";

export interface Message {
	title: string;
	lines: string[]; // plain text; nothing in them forms a link, a mention or a tag
	tone: "critical" | "warning" | "over";
}

export interface Target {
	url: string;
	secret: string; // "" without a signature
	from: string; // this and the next: of mail
	to: string[];
}

/** A chat group's robot: one POST of JSON each message. */
export interface RobotProtocol {
	request(target: Target, message: Message, now: Date): ErpRequest;
	/** What the body of an HTTP 200 says: "" when the message was taken, else why not. */
	refusal(answer: Record<string, unknown>): string;
}

export const jsonPost = (url: string, body: object): ErpRequest => ({
	method: "POST",
	url,
	headers: { "content-type": "application/json; charset=utf-8" },
	body: JSON.stringify(body),
});

/** DingTalk's and WeCom's form of answer: {errcode, errmsg}, where 0 is a yes. */
export const errcodeRefusal = ({ errcode, errmsg }: Record<string, unknown>): string =>
	errcode === 0 ? "" : `errcode ${errcode ?? "missing"}: ${String(errmsg ?? "").slice(0, 200)}`;
