import express, { type Router } from "express";
import type { ServiceBroker } from "moleculer";
import { typeOf } from "../../config/errors.ts";
import { loginPage } from "./login-page.ts";
import { audience, cookieName, isOwnOrigin } from "./session.ts";

/** Only a path of our own: "//evil.example" and "/\evil.example" would lead away. */
const isOwnPath = (target: unknown): target is string => typeof target === "string" && /^\/(?![/\\])/.test(target);

/** GET /login shows the form, POST signs in and sets the cookie, /logout takes it away. */
export function loginRoutes(broker: ServiceBroker): Router {
	const router = express.Router();
	const home = "/dashboard";
	const cookie = { httpOnly: true, sameSite: "strict", path: "/" } as const;

	router.get("/login", (req, res) => {
		const next = isOwnPath(req.query.next) ? req.query.next : home;
		res.type("html").send(loginPage({ language: req.acceptsLanguages("zh", "en") || "zh", next, failed: null }));
	});

	router.post("/login", express.urlencoded({ extended: false, limit: "4kb" }), async (req, res, goOn) => {
		if (!isOwnOrigin(req)) return void res.status(403).end();
		const { username, password, next } = req.body as Record<string, unknown>;
		const target = isOwnPath(next) ? next : home;
		try {
			const { token, expiresIn } = await broker.call<{ token: string; expiresIn: number }, object>(
				"account.login",
				{ username: String(username ?? ""), password: String(password ?? ""), audience },
				{ meta: { ip: req.socket.remoteAddress } },
			);
			res.cookie(cookieName, token, { ...cookie, maxAge: expiresIn * 1_000 });
			res.redirect(303, target);
		} catch (err) {
			const type = typeOf(err);
			const language = req.acceptsLanguages("zh", "en") || "zh";
			if (type === "BAD_CREDENTIALS" || type === "INVALID" || (err as { code?: number }).code === 422)
				return void res
					.status(401)
					.type("html")
					.send(loginPage({ language, next: target, failed: "credentials" }));
			if (type === "TOO_MANY_REQUESTS")
				return void res
					.status(429)
					.type("html")
					.send(loginPage({ language, next: target, failed: "throttled" }));
			goOn(err);
		}
	});

	router.get("/logout", (_req, res) => {
		res.clearCookie(cookieName, cookie);
		res.redirect(303, "/login");
	});
	return router;
}
