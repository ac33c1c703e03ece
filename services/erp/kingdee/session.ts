import { hubError } from "../../../config/errors.ts";
import type { ErpAnswer, ErpDriver } from "../driver.ts";
import { asRecord, isSessionLost, parse, textOf, unreadable } from "./answers.ts";
import { post } from "./web-api.ts";

/** Signing in as a third-party app; the session goes along as a cookie. Source: AuthService.LoginByAppSecret. */
export const session: ErpDriver["session"] = {
	signIn: {
		name: "LoginByAppSecret",
		decisive: false,
		request: (connection) => {
			const { acctId, username, appId, appSecret } = connection.secrets;
			const body = { acctId, username, appId, appSecret, lcid: 2052 }; // 2052: answers in Chinese
			return post(connection, "AuthService.LoginByAppSecret", body, "");
		},
		read: readSession,
	},
	isLost: isSessionLost,
};

const signedIn = 1;

function readSession(answer: ErpAnswer): string {
	const { LoginResultType: type, Message: message, KDSVCSessionId: inBody } = asRecord(parse(answer));
	if (typeof type !== "number") throw unreadable();
	if (type !== signedIn) throw hubError("ERP_REFUSED", `LoginResultType ${type} ${textOf(message)}`.trim());
	const inCookie = /(?:^|\n)kdservice-sessionid=([^;\n]+)/.exec(answer.headers["set-cookie"] ?? "")?.[1];
	const id = inCookie ?? textOf(inBody);
	if (!id) throw unreadable();
	return id;
}
