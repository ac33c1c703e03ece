/** Where a platform sends the seller's browser back to: `GET /api/v1/oauth/callback?code=…&state=…`. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ServiceBroker } from "moleculer";
import { ruleOf, typeOf } from "../../config/errors.ts";
import { languageOf } from "./problem.ts";

const texts = {
	zh: { done: "店铺授权成功，可以关闭此页面。", failed: "店铺授权失败，请回到系统重新发起授权。" },
	en: {
		done: "The shop is authorised. You may close this page.",
		failed: "The shop was not authorised. Start again from the hub.",
	},
} as const;

/** Answers with a page for the seller. False when the call is for somebody else. */
export async function answerConsent(
	broker: ServiceBroker,
	req: IncomingMessage,
	res: ServerResponse,
	path: string,
): Promise<boolean> {
	const url = URL.parse(req.url ?? "", "http://hub");
	if (url?.pathname !== path || req.method !== "GET") return false;
	const words = texts[languageOf(req.headers["accept-language"])];
	try {
		const code = url.searchParams.get("code") ?? "";
		const state = url.searchParams.get("state") ?? "";
		await broker.call("platform.authorised", { code, state });
		send(res, 200, words.done);
	} catch (err) {
		const type = typeOf(err) ?? "INVALID";
		broker.getLogger("api").warn("shop not authorised", { type, reason: (err as Error).message });
		send(res, ruleOf(err)?.status ?? 400, `${words.failed} (${type})`);
	}
	return true;
}

function send(res: ServerResponse, status: number, text: string): void {
	const body = `<!doctype html><meta charset="utf-8"><title>OrderHub</title><p>${text}</p>`;
	res.writeHead(status, { "content-type": "text/html; charset=utf-8", "content-length": Buffer.byteLength(body) });
	res.end(body);
}
