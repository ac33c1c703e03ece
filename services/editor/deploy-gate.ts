/** A deploy that would send one order to two ERPs, or breaks golden cases: refused in production, told of elsewhere. */
import type { RequestHandler } from "express";
import type { Logger } from "moleculer";
import { errorTypes } from "../../config/errors.ts";
import { brokenCases, brokenWords } from "./broken-cases.ts";
import { doublePushes, doubleWords } from "./double-pushes.ts";
import { escapeHtml } from "./escape-html.ts";
import type { FlowNode } from "./flow-files.ts";

/** Lines, in both languages. */
export interface Told {
	zh: string;
	en: string;
}

interface Gate {
	production: boolean;
	logger: Logger;
	/** Tells everybody who has the editor open. */
	tell(told: Told): void;
}

const refusals = ["ORDERS_TWICE", "CASES_BROKEN"] as const;
type Refusal = (typeof refusals)[number];

/** @throws ORDERS_TWICE or CASES_BROKEN in production: Node-RED gives the deploy's caller code, status and message */
export async function checkDeploy(flows: readonly FlowNode[], gate: Gate): Promise<void> {
	const double = doublePushes(flows);
	if (double.length) {
		refuseOrTell("ORDERS_TWICE", doubleWords(double), gate);
		gate.logger.warn("a deploy brings orders to two ERPs", { rows: double });
	}
	const broken = await brokenCases(flows);
	if (broken.length) {
		refuseOrTell("CASES_BROKEN", brokenWords(broken), gate);
		const cases = broken.map(({ place, name }) => `${place} › ${name}`);
		gate.logger.warn("a deploy breaks golden cases", { cases });
	}
}

function refuseOrTell(code: Refusal, told: Told, { production, tell }: Gate): void {
	if (production) throw Object.assign(new Error(told.en), { code, status: errorTypes[code].status });
	tell(told);
}

/**
 * Puts a refusal into the caller's language. Node-RED's editor shows the whole answer, as HTML: it gets the words alone;
 * any other caller gets JSON.
 */
export const refusalWords: RequestHandler = (req, res, next) => {
	const json = res.json.bind(res);
	res.json = (body: { code?: string; message?: string } | undefined) => {
		const code = refusals.find((each) => each === body?.code);
		if (!code) return json(body);
		const { zh, en } = errorTypes[code];
		const lines = body?.message?.slice(en.length) ?? "";
		const message = (req.acceptsLanguages("zh", "en") === "en" ? en : zh) + lines;
		return req.xhr ? res.type("text").send(escapeHtml(message).replaceAll("\n", "<br>")) : json({ code, message });
	};
	next();
};
