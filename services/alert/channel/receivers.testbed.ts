/** Chat robots and a mail server as strict as the real ones, written from their documents. For tests. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import net, { type AddressInfo } from "node:net";
import { createInterface } from "node:readline";

export interface Receiver {
	url: string; // to write to
	taken: string[]; // the text of each message
	/** Answers that come before the robot looks at anything: {status, body} or "reset". */
	faults: ({ status: number; body: string } | "reset")[];
	stop(): Promise<void>;
}

export const robotSecret = "SEC0123456789abcdef";
const perMinute = 20;
const hourMs = 3_600_000;

type Robot = "dingtalk" | "wecom" | "feishu";
interface Call {
	query: URLSearchParams;
	body: Record<string, unknown>;
}

/** "" for a right signature. */
const proofs: Record<Robot, (call: Call) => string> = {
	dingtalk({ query }) {
		const timestamp = query.get("timestamp") ?? "";
		const wanted = createHmac("sha256", robotSecret).update(`${timestamp}\n${robotSecret}`).digest("base64");
		return fresh(Number(timestamp)) && same(query.get("sign"), wanted) ? "" : "sign not match";
	},
	wecom: ({ query }) => (query.get("key") === "robot-key" ? "" : "invalid webhook url"),
	feishu({ body: { timestamp, sign } }) {
		const wanted = createHmac("sha256", `${timestamp}\n${robotSecret}`).digest("base64");
		const inTime = typeof timestamp === "string" && fresh(Number(timestamp) * 1_000);
		return inTime && same(sign, wanted) ? "" : "sign match fail or timestamp is not within one hour";
	},
};

/** The text of a message of the robot's form; null for any other. */
const texts: Record<Robot, (body: Record<string, unknown>) => string | null> = {
	dingtalk({ msgtype, markdown }) {
		const { title, text } = (markdown ?? {}) as Record<string, unknown>;
		return msgtype === "markdown" && isText(title) && isText(text) && Buffer.byteLength(text) <= 20_000 ? text : null;
	},
	wecom({ msgtype, markdown }) {
		const { content } = (markdown ?? {}) as Record<string, unknown>;
		return msgtype === "markdown" && isText(content) && Buffer.byteLength(content) <= 4_096 ? content : null;
	},
	feishu({ msg_type, card }) {
		const { header, elements } = (card ?? {}) as {
			header?: { title?: { tag?: string; content?: string } };
			elements?: { tag?: string; text?: { tag?: string; content?: string } }[];
		};
		const whole =
			header?.title?.tag === "plain_text" && elements?.every(({ tag, text }) => tag === "div" && text?.content);
		if (msg_type !== "interactive" || !whole || Buffer.byteLength(JSON.stringify(card)) > 20_000) return null;
		return [header.title?.content, ...(elements ?? []).map(({ text }) => text?.content)].join("\n");
	},
};

const answers: Record<Robot, (refusal: string) => object> = {
	dingtalk: (refusal) => (refusal ? { errcode: 310000, errmsg: refusal } : { errcode: 0, errmsg: "ok" }),
	wecom: (refusal) => (refusal ? { errcode: 93000, errmsg: refusal } : { errcode: 0, errmsg: "ok" }),
	feishu: (refusal) =>
		refusal
			? { code: 19021, msg: refusal, data: {} }
			: { StatusCode: 0, StatusMessage: "success", code: 0, msg: "success" },
};

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const fresh = (at: number): boolean => Math.abs(Date.now() - at) < hourMs;
const same = (given: unknown, wanted: string): boolean =>
	typeof given === "string" &&
	given.length === wanted.length &&
	timingSafeEqual(Buffer.from(given), Buffer.from(wanted));

/** A robot that is told {errcode} for a wrong signature, a wrong form and more than 20 messages a minute. */
export async function startRobot(robot: Robot): Promise<Receiver> {
	const taken: string[] = [];
	const faults: Receiver["faults"] = [];
	const calls: number[] = [];
	const server = createServer(async (req, res) => {
		const chunks: Buffer[] = [];
		for await (const chunk of req) chunks.push(chunk as Buffer);
		const fault = faults.shift();
		if (fault === "reset") return void req.socket.destroy();
		if (fault) return void res.writeHead(fault.status).end(fault.body);
		const { searchParams: query } = new URL(req.url ?? "/", "http://robot");
		const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, unknown>;
		const json = /^application\/json/.test(req.headers["content-type"] ?? "");
		const text = json && req.method === "POST" ? texts[robot](body) : null;
		calls.push(Date.now());
		const busy = calls.filter((at) => at > Date.now() - 60_000).length > perMinute;
		const refusal =
			proofs[robot]({ query, body }) || (busy ? "too many messages" : "") || (text === null ? "form" : "");
		if (!refusal && text !== null) taken.push(text);
		res.setHeader("content-type", "application/json").end(JSON.stringify(answers[robot](refusal)));
	});
	const port = await listening(server);
	const paths = {
		dingtalk: "/robot/send?access_token=t0ken",
		wecom: "/cgi-bin/webhook/send?key=robot-key",
		feishu: "/hook/1",
	};
	return { url: `http://127.0.0.1:${port}${paths[robot]}`, taken, faults, stop: () => closed(server) };
}

/** A mail server that offers neither TLS nor a login. `taken`: whole messages, with their envelopes' lines before them. */
export async function startMailServer(): Promise<Omit<Receiver, "faults">> {
	const taken: string[] = [];
	const server = net.createServer((socket) => {
		const say = (line: string): void => void socket.write(`${line}\r\n`);
		let message: string[] | null = null;
		let envelope: string[] = [];
		say("220 mail.test");
		socket.on("error", () => socket.destroy());
		createInterface({ input: socket }).on("line", (line) => {
			if (message) {
				if (line !== ".") return void message.push(line);
				taken.push([...envelope, ...message].join("\n"));
				[message, envelope] = [null, []];
				return say("250 queued");
			}
			const verb = line.slice(0, 4).toUpperCase();
			if (verb === "MAIL" || verb === "RCPT") envelope.push(line);
			if (verb === "DATA") message = [];
			if (verb === "QUIT") return void socket.end("221 bye\r\n");
			say(verb === "DATA" ? "354 go on" : verb === "EHLO" ? "250 mail.test" : "250 ok");
		});
	});
	const port = await listening(server);
	return { url: `smtp://127.0.0.1:${port}`, taken, stop: () => closed(server) };
}

async function listening(server: net.Server): Promise<number> {
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	return (server.address() as AddressInfo).port;
}

async function closed(server: net.Server | Server): Promise<void> {
	server.close();
	if ("closeAllConnections" in server) server.closeAllConnections();
	await once(server, "close");
}
