import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { subjects } from "./subjects.ts";

const services = path.join(import.meta.dirname, "../../services");

/**
 * The subjects that stand in the services' sources where events are made: "hub.window.gap", or "hub.order." where the
 * verb is put in, which the types of the table look after.
 */
function published(): Set<string> {
	const files = readdirSync(services, { recursive: true, encoding: "utf8" });
	const sources = files.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
	const found = sources.flatMap((file) => {
		const text = readFileSync(path.join(services, file), "utf8");
		const made = text.matchAll(/(?:pending\(\s*|\bsubject: )["`](hub\.(?:[a-z-]+\.)?(?:[a-z-]+(?=")|(?=\$)))/g);
		return [...made].map(([, subject = ""]) => subject);
	});
	return new Set(found);
}

/** Word to a source of records that one is to be tried again, made as "hub.<source>.replayed": between services only. */
const internal = "hub.";

describe("the table of subjects", () => {
	it("has every subject that the services publish", () => {
		const rows = Object.keys(subjects);
		const missing = [...published()].filter((subject) =>
			subject.endsWith(".") ? !rows.some((row) => row.startsWith(subject)) : !rows.includes(subject),
		);
		expect(missing).toEqual([]);
	});

	it("has none that nothing publishes", () => {
		const made = published();
		made.delete(internal);
		const unknown = Object.keys(subjects).filter((row) => !made.has(row) && !made.has(row.replace(/[^.]+$/, "")));
		expect(unknown).toEqual([]);
		expect(made.size).toBeGreaterThan(6);
	});
});
