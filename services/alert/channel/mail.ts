/** Mail by SMTP, to a mail server that the address names: smtps://user:password@host, or smtp:// with STARTTLS. */
import net, { isIP } from "node:net";
import nodemailer from "nodemailer";
import { plainHost } from "../../../config/egress-allow.ts";
import { env } from "../../../config/env.ts";
import { checkedLookup, egressRefused, egressRule } from "../../../mixins/egress.ts";
import type { Message, Target } from "./protocol.ts";

const patienceMs = 10_000;
const mayConnect = egressRule(env.egressAllow);

/** Returns "" when the server took it, else why not, without addresses: the server's own words may repeat them. */
export async function sendMail({ url, from, to }: Target, { title, lines }: Message): Promise<string> {
	const { protocol, hostname, port, username, password } = new URL(url);
	const secure = protocol === "smtps:";
	const server = { host: plainHost(hostname), port: Number(port) || (secure ? 465 : 587) };
	const transport = nodemailer.createTransport({
		...server,
		secure,
		requireTLS: !secure && username !== "", // a password never goes in plain text
		...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
		getSocket: (_options, callback) => {
			dial(server).then(
				(connection) => callback(null, { connection }),
				(err: Error) => callback(err),
			);
		},
		connectionTimeout: patienceMs,
		greetingTimeout: patienceMs,
		socketTimeout: patienceMs,
		disableFileAccess: true,
		disableUrlAccess: true,
	});
	try {
		await transport.sendMail({ from, to, subject: title, text: `${lines.join("\n\n")}\n` });
		return "";
	} catch (err) {
		const { code, responseCode } = err as { code?: string; responseCode?: number };
		return ["smtp", code, responseCode].filter(Boolean).join(" ");
	} finally {
		transport.close();
	}
}

/** A connection under the egress rule, once it stands. */
async function dial({ host, port }: { host: string; port: number }): Promise<net.Socket> {
	if (isIP(host) && !mayConnect(host, port, host)) throw egressRefused(host, port);
	const socket = net.connect({ host, port, lookup: checkedLookup(mayConnect, port), timeout: patienceMs });
	const { promise, resolve, reject } = Promise.withResolvers<net.Socket>();
	socket.once("connect", () => resolve(socket));
	socket.once("error", reject);
	socket.once("timeout", () => reject(Object.assign(new Error("no connection in time"), { code: "ETIMEDOUT" })));
	try {
		return await promise;
	} catch (err) {
		socket.destroy();
		throw err;
	} finally {
		socket.removeListener("error", reject);
		socket.setTimeout(0);
	}
}
