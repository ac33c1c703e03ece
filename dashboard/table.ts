/** What a table of the dashboard has for columns. */
import type { Words } from "./language.ts";

export interface Column {
	key: string;
	title: Words;
	width: number; // px
	sticky?: "left" | "right";
	align?: "right";
	phone?: boolean; // also on a narrow screen, where the rest is seen in the row's detail
	off?: boolean; // not shown until somebody chooses it
	fixed?: boolean; // cannot be taken away
}
