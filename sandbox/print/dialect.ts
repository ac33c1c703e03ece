/** What the components have in common, whatever protocol they speak. */
import type { Label } from "./label.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** A component's printers and its knowledge of the platform, for one command. */
export interface PrintDesk {
	printers: readonly string[];
	/** null: it cannot be decrypted. */
	unsealed(text: string): Label | null;
	/** A number in the open, where the platform does not seal print data. */
	ofNumber(trackingNo: string): Label | null;
	print(printer: string, documentID: string, label: Label): void;
	/** The address at which the label can be looked at. */
	preview(printer: string, label: Label): string;
	/** Asks the platform with the call that the caller signed: whether it gave the shop's key. */
	mayAsk(query: string): boolean;
	/** Sends one more frame when the printer has worked for a while. */
	later(push: () => object): void;
	/** The printer has no paper left: a fault, whenever it strikes. */
	isOutOfPaper(): boolean;
}

export interface PrintDialect {
	client: string;
	platform: string; // whose print data it can read
	/** The answer to one command. @throws PrintRefusal */
	answer(request: Fields, desk: PrintDesk): object;
	/** How a refusal is told. `request`: null where the frame was no JSON object. */
	refused(request: Fields | null, message: string): object;
	/** Forgets what it was asked to print. */
	reset(): void;
}

/** In the component's own words. */
export class PrintRefusal extends Error {}

export const outOfPaper = "打印机缺纸";

export function fieldsIn(value: unknown): Fields {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** @throws PrintRefusal */
export function neededText(record: Fields, name: string): string {
	const value = text(record[name]);
	if (value === "") throw new PrintRefusal(`缺少参数${name}`);
	return value;
}

/** @throws PrintRefusal */
export function printerOf({ printers }: PrintDesk, wanted: unknown): string {
	const name = text(wanted) || (printers[0] ?? "");
	if (!printers.includes(name)) throw new PrintRefusal(`打印机${name}不存在`);
	return name;
}
