import express, { type Request, type Response, type Router } from "express";
import type { ServiceBroker } from "moleculer";
import { typeOf } from "../../config/errors.ts";
import { callerAddress, isSecure } from "../../mixins/caller.ts";
import { loginHeaders } from "./headers.ts";
import { loginPage } from "./login-page.ts";
import {
	audience,
	cookieName,
	cookieToken,
	isLocal,
	isOwnOrigin,
	offeredToken,
	offerToken,
	signOut,
} from "./session.ts";

/** Only a path of our own: "//evil.example" and "/\evil.example" would lead away. */
const isOwnPath = (target: unknown): target is string => typeof target === "string" && /^\/(?![/\\])/.test(target);

/** GET /login shows the form, POST signs in and sets the cookie, as the editor's own form does; /logout takes it away. */
export function loginRoutes(broker: ServiceBroker): Router {
	const router = express.Router();
	const home = "/dashboard";
	const page = (req: Request, next: string, failed: Failure | null): string => {
		const needsHttps = !isLocal(req) && !isSecure(req);
		return loginPage({ language: req.acceptsLanguages("zh", "en") || "zh", next, failed, needsHttps });
	};

	router.get("/login", loginHeaders, (req, res) => {
		const next = isOwnPath(req.query.next) ? req.query.next : home;
		res.type("html").send(page(req, next, null));
	});

	const form = express.urlencoded({ extended: false, limit: "4kb" });
	const signIn = async (req: Request, res: Response): Promise<{ token: string; expiresIn: number }> => {
		const { username, password } = req.body as Record<string, unknown>;
		const tokens = await broker.call<{ token: string; expiresIn: number }, object>(
			"account.login",
			{ username: String(username ?? ""), password: String(password ?? ""), audience },
			{ meta: { ip: callerAddress(req) } },
		);
		res.cookie(cookieName, tokens.token, { ...cookieFor(req), maxAge: tokens.expiresIn * 1_000 });
		return tokens;
	};

	router.post("/login", loginHeaders, form, async (req, res, goOn) => {
		if (!isOwnOrigin(req)) return void res.status(403).end();
		const { next } = req.body as Record<string, unknown>;
		const target = isOwnPath(next) ? next : home;
		try {
			await signIn(req, res);
			res.redirect(303, target);
		} catch (err) {
			const failed = refusalOf(err);
			if (!failed) return goOn(err);
			res
				.status(statuses[failed])
				.type("html")
				.send(page(req, target, failed));
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

	// The editor's own way out, before its page goes to /logout.
	router.post("/auth/revoke", async (req, res, goOn) => {
		try {
			offerToken(req);
			const ended = await signOut(broker, offeredToken(req) ?? "", callerAddress(req));
			if (!ended) return void res.status(401).end();
			res.clearCookie(cookieName, cookieFor(req));
			res.json({ redirect: "/logout" });
		} catch (err) {
			goOn(err);
		}
	});

	router.get("/logout", async (req, res, goOn) => {
		try {
			// A page of elsewhere could lead here, to sign somebody out.
			if (req.headers["sec-fetch-site"] !== "cross-site") {
				await signOut(broker, cookieToken(req) ?? "", callerAddress(req));
				res.clearCookie(cookieName, cookieFor(req));
			}
			res.redirect(303, "/login");
		} catch (err) {
			goOn(err);
		}
	});
	return router;
}

/** Never over a bare wire: browsers keep it from there, and do not send it. */
const cookieFor = (req: Request) => ({ httpOnly: true, sameSite: "strict", secure: !isLocal(req), path: "/" }) as const;

const statuses = { credentials: 401, throttled: 429 } as const;

type Failure = keyof typeof statuses;

/** Null for what is no refusal. */
function refusalOf(err: unknown): Failure | null {
	const type = typeOf(err);
	if (type === "TOO_MANY_REQUESTS") return "throttled";
	return type === "BAD_CREDENTIALS" || (err as { code?: number }).code === 422 ? "credentials" : null;
}
