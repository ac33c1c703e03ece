/**
 * Every optional (platform) package that the lock file names must have an entry of its own, or `npm ci` fails with
 * "Missing: … from lock file" on the next machine. npm drops such entries without a word when a registry lacks them.
 */
import { readFileSync } from "node:fs";
import path from "node:path";

interface Lock {
	packages: Record<string, { optionalDependencies?: Record<string, string>; resolved?: string }>;
}

/** @returns what is wrong, one line each */
export function lockProblems(lock: Lock): string[] {
	const { packages } = lock;
	/** Where npm would find `name` from the package at `where`: nearest folder first. */
	const found = (where: string, name: string): boolean => {
		for (let at = where; ; at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/") - 1))) {
			if (packages[`${at ? `${at}/` : ""}node_modules/${name}`]) return true;
			if (!at) return false;
		}
	};
	const problems: string[] = [];
	for (const [where, { optionalDependencies = {}, resolved }] of Object.entries(packages)) {
		for (const name of Object.keys(optionalDependencies)) {
			if (!found(where, name)) problems.push(`${where || "package.json"} names ${name}, which the lock file lacks`);
		}
		if (resolved?.startsWith("http")) problems.push(`${where} names the registry it came from`);
	}
	return problems;
}

export function checkLock(): string[] {
	const file = path.resolve(import.meta.dirname, "../package-lock.json");
	return lockProblems(JSON.parse(readFileSync(file, "utf8")) as Lock);
}
