/** For tests: the routes that an Express server answers, each with an address that leads to it. */
import express, { type Application } from "express";

export interface LiveRoute {
	method: string;
	path: string;
}

/** A layer of Express 4's stack. */
interface Layer {
	regexp: RegExp & { fast_slash?: boolean };
	route?: { path: string | RegExp; methods: Record<string, boolean> };
	handle: { stack?: Layer[] };
}

const isApplication = (part: unknown): part is Application => typeof part === "function" && "lazyrouter" in part;

/**
 * Remembers from now on which applications are mounted, for Express forgets it: an application that is mounted in
 * another hides its routes from it.
 * @returns the routes of them all, and of `root`
 */
export function watchMounts(): (root: Application) => LiveRoute[] {
	const { application } = express as unknown as { application: { use(...parts: unknown[]): unknown } };
	const { use } = application;
	const mounted = new Set<Application>();
	application.use = function (...parts: unknown[]) {
		for (const part of parts.flat()) if (isApplication(part)) mounted.add(part);
		return use.apply(this, parts);
	};
	return (root) => {
		application.use = use;
		return [root, ...mounted].flatMap((app) => {
			const { _router: router } = app as unknown as { _router?: { stack: Layer[] } };
			return routesOf(router?.stack ?? [], app.path());
		});
	};
}

function routesOf(stack: readonly Layer[], prefix: string): LiveRoute[] {
	return stack.flatMap(({ regexp, route, handle }): LiveRoute[] => {
		if (!route) return handle.stack && regexp.fast_slash ? routesOf(handle.stack, prefix) : [];
		const methods = Object.keys(route.methods).map((method) => method.toUpperCase());
		const sample = sampleOf(route.path);
		if (!regexp.test(sample)) throw new Error(`${sample} does not lead to ${regexp}`);
		return methods.map((method) => ({ method, path: (prefix + sample).replace(/\/+/g, "/") }));
	});
}

/** An address that the pattern takes: x for whatever may be anything. */
const sampleOf = (pattern: string | RegExp): string =>
	typeof pattern === "string"
		? pattern
				.replace(/:\w+\(([^|)]+)[^)]*\)/g, "$1") // :scope(node|flow)
				.replace(/:\w+|\*/g, "x")
		: pattern.source
				.replace("(?:$|\\/(.*))", "")
				.replaceAll("[^\\/]+", "x")
				.replace(/\((\?:)?@x\\\/\)\?/g, "") // a scope before the name of a module
				.replace(/\.[*+]/g, "x")
				.replace(/\\\/\?/g, "")
				.replaceAll("\\/", "/")
				.replace(/[$^()]|\?:/g, "");
