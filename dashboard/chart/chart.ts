/** What a chart is made of, wherever it is drawn. */
import type { Colour } from "../colours.ts";

/** A colour of style/colours.css as it is now, light or dark. */
export type Paint = (name: Colour | "text" | "faint" | "line" | "card") => string;

/** The same in figures, for those who do not see it, and for those who want the number. */
export interface ChartTable {
	columns: readonly string[];
	rows: readonly (readonly (string | number)[])[];
}

/** ECharts' own option, with the colours of today's theme. Source: ECharts 6, option manual. */
export type MakeOption = (paint: Paint) => object;
