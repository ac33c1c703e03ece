/** What went wrong, as a person reads it. */
import { Problem } from "../api.ts";
import { PrintProblem } from "../print/link.ts";
import type { Words } from "../print/protocol.ts";
import { said } from "../print/words.ts";

/** The hub's own words come in the language of whoever asked. */
export function wordsOf(err: unknown): Words {
	if (err instanceof PrintProblem) return err.words;
	if (err instanceof Problem && err.detail) return said(`${err.message} · ${err.detail}`);
	return said(err instanceof Error ? err.message : String(err));
}
