/** Beijing's wall clock as a field of the browser has it: "2026-11-11T00:00". */
import { fromBeijing, toBeijing } from "../config/beijing.ts";

/** -> an ISO instant; "" for what is no time. */
export const instantOf = (field: string): string =>
	fromBeijing(`${field.replace("T", " ")}${field.length === 16 ? ":00" : ""}`)?.toISOString() ?? "";

/** An instant -> what the field shows, to the minute. */
export const fieldOf = (at: Date): string => toBeijing(at).slice(0, 16).replace(" ", "T");
