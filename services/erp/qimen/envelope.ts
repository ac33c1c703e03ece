import { toBeijing } from "../../../config/beijing.ts";
import type { Connection, ErpRequest } from "../driver.ts";
import { sign } from "./sign.ts";
import { writeRequest } from "./xml.ts";

/** A call of the method "taobao.qimen.<method>": everything but the content stands in the query. */
export function envelope(
	connection: Connection,
	method: string,
	content: Record<string, unknown>,
	now: Date,
): ErpRequest {
	const body = writeRequest(content);
	const params: Record<string, string> = {
		method: `taobao.qimen.${method}`,
		timestamp: toBeijing(now),
		format: "xml",
		app_key: connection.secrets.appKey ?? "",
		v: "2.0",
		sign_method: "md5",
		customerId: connection.secrets.customerId ?? "",
	};
	const query = new URLSearchParams({ ...params, sign: sign(params, body, connection.secrets.secret ?? "") });
	const url = new URL(connection.url);
	url.search = query.toString();
	return { method: "POST", url: url.href, headers: { "content-type": "text/xml;charset=utf-8" }, body };
}
