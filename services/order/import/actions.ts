import { Readable } from "node:stream";
import type { ServiceSchema } from "moleculer";
import type { HubContext } from "../../../mixins/actor.ts";
import { contentTypes } from "../../../mixins/table/cell.ts";
import { csvWriter } from "../../../mixins/table/csv-line.ts";
import { tableFileParams } from "../../../mixins/table/file.ts";
import { workbookWriter } from "../../../mixins/table/workbook.ts";
import { templateRows } from "./columns.ts";
import { importOrders, type OrderImport } from "./import.ts";

interface Template {
	format: "csv" | "xlsx";
	language: "zh-CN" | "en-US";
}

/** Manual orders by file. */
export const importActions: NonNullable<ServiceSchema["actions"]> = {
	/** Makes manual orders of a table's rows, those of one order number one order. Safe to repeat. Returns ImportedOrders. */
	import: {
		timeout: 180_000,
		params: {
			$$strict: true,
			...tableFileParams,
			shopId: "string|min:1|max:60|optional",
			dryRun: { type: "boolean", default: false },
		},
		handler: (ctx: HubContext<OrderImport>) => importOrders(ctx),
	},
	/** A table to fill in, as a file. */
	importTemplate: {
		params: {
			$$strict: true,
			format: { type: "enum", values: ["csv", "xlsx"], default: "xlsx" },
			language: { type: "enum", values: ["zh-CN", "en-US"], default: "zh-CN" },
		},
		handler(ctx: HubContext<Template>): Readable {
			const { format, language } = ctx.params;
			const writer = format === "csv" ? csvWriter() : workbookWriter();
			const rows = templateRows(language === "zh-CN" ? "zh" : "en");
			ctx.meta.$responseType = contentTypes[format];
			ctx.meta.$responseHeaders = { "Content-Disposition": `attachment; filename="orders-template.${format}"` };
			return Readable.from([...writer.write(rows), ...writer.end()], { objectMode: false });
		},
	},
};
