import express, { type Request, type Response, type Router } from "express";
import type { ServiceBroker } from "moleculer";
import { typeOf } from "../../config/errors.ts";
import { loginPage } from "./login-page.ts";
import { audience, cookieName, isOwnOrigin } from "./session.ts";

/** Only a path of our own: "//evil.example" and "/\evil.example" would lead away. */
const isOwnPath = (target: unknown): target is string => typeof target === "string" && /^\/(?![/\\])/.test(target);

/** GET /login shows the form, POST signs in and sets the cookie, as the editor's own form does; /logout takes it away. */
export function loginRoutes(broker: ServiceBroker): Router {
	const router = express.Router();
	const home = "/dashboard";
	const cookie = { httpOnly: true, sameSite: "strict", path: "/" } as const;

	router.get("/login", (req, res) => {
		const next = isOwnPath(req.query.next) ? req.query.next : home;
		res.type("html").send(loginPage({ language: req.acceptsLanguages("zh", "en") || "zh", next, failed: null }));
	});

	const form = express.urlencoded({ extended: false, limit: "4kb" });
	const signIn = async (req: Request, res: Response): Promise<{ token: string; expiresIn: number }> => {
		const { username, password } = req.body as Record<string, unknown>;
		const tokens = await broker.call<{ token: string; expiresIn: number }, object>(
			"account.login",
			{ username: String(username ?? ""), password: String(password ?? ""), audience },
			{ meta: { ip: req.socket.remoteAddress } },
		);
		res.cookie(cookieName, tokens.token, { ...cookie, maxAge: tokens.expiresIn * 1_000 });
		return tokens;
	};

	router.post("/login", form, async (req, res, goOn) => {
		if (!isOwnOrigin(req)) return void res.status(403).end();
		const { next } = req.body as Record<string, unknown>;
		const target = isOwnPath(next) ? next : home;
		try {
			await signIn(req, res);
			res.redirect(303, target);
		} catch (err) {
			const failed = refusalOf(err);
			if (!failed) return goOn(err);
			const language = req.acceptsLanguages("zh", "en") || "zh";
			res
				.status(statuses[failed])
				.type("html")
				.send(loginPage({ language, next: target, failed }));
		}
	});

	// The editor's own form, which keeps the token in the page. Its WebSocket can show one as a cookie only.
	router.post("/auth/token", form, async (req, res, goOn) => {
		try {
			const { token, expiresIn } = await signIn(req, res);
			res.json({ access_token: token, expires_in: expiresIn, token_type: "Bearer" });
		} catch (err) {
			const failed = refusalOf(err);
			if (!failed) return goOn(err);
			res.status(statuses[failed]).json({ error: "invalid_grant" });
		}
	});

	router.get("/logout", (_req, res) => {
		res.clearCookie(cookieName, cookie);
		res.redirect(303, "/login");
	});
	return router;
}

const statuses = { credentials: 401, throttled: 429 } as const;

/** Null for what is no refusal. */
function refusalOf(err: unknown): keyof typeof statuses | null {
	const type = typeOf(err);
	if (type === "TOO_MANY_REQUESTS") return "throttled";
	return type === "BAD_CREDENTIALS" || (err as { code?: number }).code === 422 ? "credentials" : null;
}
