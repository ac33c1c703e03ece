/** What browsers are told about the pages of the editor's server: what they may load, and who may show them. */
import type { RequestHandler } from "express";
import { printClientsAt } from "../../config/print-clients.ts";
import { isSecure, overTlsOnly } from "../../mixins/caller.ts";

type Policy = Record<string, string>;

const toText = (policy: Policy): string =>
	Object.entries(policy)
		.map(([directive, sources]) => `${directive} ${sources}`)
		.join("; ");

/**
 * Node-RED's editor and the dashboard put scripts into their pages and compile templates there ('unsafe-inline',
 * 'unsafe-eval'), and the editor's code fields run in workers made of blobs. Nothing comes from or goes to another
 * place, but pictures of goods, which platforms keep, and labels, which go to the print components of the packing desk.
 * @param printUrl where those are reached; null: on the computer of whoever looks, at their vendors' ports
 */
const appPolicy = (printUrl: string | null): string =>
	toText({
		"default-src": "'self'",
		"script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
		"style-src": "'self' 'unsafe-inline'",
		"img-src": "'self' data: blob: https:",
		"font-src": "'self' data:",
		"connect-src": ["'self'", ...printClientsAt(printUrl).flatMap(({ ws, wss }) => [ws, wss])]
			.filter(Boolean)
			.join(" "),
		"worker-src": "'self' blob:",
		"object-src": "'none'",
		"base-uri": "'self'",
		"form-action": "'self'",
		"frame-ancestors": "'self'",
	});

/** The sign-in: a form and its style. */
const loginPolicy = toText({
	"default-src": "'none'",
	"style-src": "'unsafe-inline'",
	"base-uri": "'none'",
	"form-action": "'self'",
	"frame-ancestors": "'none'",
});

/** @param printUrl of the settings: see `appPolicy` */
export function safeHeaders(printUrl: string | null): RequestHandler {
	const policy = appPolicy(printUrl);
	return (req, res, next) => {
		if (isSecure(req)) res.set(overTlsOnly);
		res.set({
			"Content-Security-Policy": policy,
			"Cross-Origin-Opener-Policy": "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin",
			"Permissions-Policy": "camera=(), geolocation=(), microphone=()",
			"Referrer-Policy": "same-origin",
			"X-Content-Type-Options": "nosniff",
			"X-Frame-Options": "SAMEORIGIN",
		});
		next();
	};
}

/** Also kept by no cache: it may hold what somebody typed. */
export const loginHeaders: RequestHandler = (_req, res, next) => {
	res.set({
		"Cache-Control": "no-store",
		"Content-Security-Policy": loginPolicy,
		"X-Frame-Options": "DENY",
	});
	next();
};
