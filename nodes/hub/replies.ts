/** How what the editor's pages ask is answered: JSON, or the hub's error in both languages. */
import type { Request, RequestHandler } from "express";
import { Errors } from "moleculer";
import { ruleOf } from "../../config/errors.ts";
import { readable } from "./answers.ts";

/** Who sits at the editor, as the editor's settings put it on a request. */
interface Signed {
	user?: { username: string; shops: "*" | string[] };
}

/** In whose name the hub is asked for them. */
export function metaOf(req: Request): { actor: string; shops: "*" | string[] } {
	const { user } = req as Request & Signed;
	return { actor: `user:${user?.username ?? ""}`, shops: user?.shops ?? [] };
}

/** A step that answers with what `answer` gives, or with {zh, en} of the hub's error under its status. */
export const replies =
	(answer: (req: Request) => unknown): RequestHandler =>
	async (req, res, next) => {
		try {
			res.json(await answer(req));
		} catch (thrown) {
			const err = readable(thrown);
			const rule = ruleOf(err);
			if (!rule || !(err instanceof Errors.MoleculerError)) return next(thrown);
			const detail = err.message.startsWith(`${rule.en}: `) ? err.message.slice(rule.en.length + 2) : "";
			const words = { zh: `${rule.zh}${detail && `：${detail}`}`, en: err.message };
			res.status(err.code).json(words);
		}
	};
