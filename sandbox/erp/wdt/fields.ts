/** How 旺店通 writes values, and what it says of those it cannot take. */
import { beijingMs } from "../../beijing.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** What is wrong with one row: told in `error_list`, while the others of the batch are taken. */
export class RowProblem extends Error {}

export const fieldsOf = (value: unknown): Fields =>
	typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** Throws RowProblem for a text that is missing, empty or too long. */
export function text(row: Fields, name: string, most: number): string {
	const value = optionalText(row, name, most);
	if (value === "") throw new RowProblem(`${name}不能为空`);
	return value;
}

/** A field that has to be there, and may be empty. */
export function presentText(row: Fields, name: string, most: number): string {
	if (row[name] === undefined) throw new RowProblem(`${name}不能为空`);
	return optionalText(row, name, most);
}

export function optionalText(row: Fields, name: string, most: number): string {
	const value = row[name] ?? "";
	if (typeof value !== "string") throw new RowProblem(`${name}类型错误`);
	if (value.length > most) throw new RowProblem(`${name}长度不能超过${most}`);
	return value;
}

/** One of the codes a field knows. */
export function code(row: Fields, name: string, codes: readonly number[]): number {
	const value = row[name];
	if (value === undefined || value === null) throw new RowProblem(`${name}不能为空`);
	if (typeof value !== "number" || !codes.includes(value)) throw new RowProblem(`${name}取值错误`);
	return value;
}

/** Decimal(19,4), as a number or a text, in ten-thousandths. */
export function decimal(row: Fields, name: string): bigint {
	const value = row[name];
	if (value === undefined || value === null || value === "") throw new RowProblem(`${name}不能为空`);
	const parts = /^(\d{1,15})(?:\.(\d{1,4}))?$/.exec(String(value));
	if (!parts) throw new RowProblem(`${name}格式错误`);
	return BigInt(`${parts[1]}${(parts[2] ?? "").padEnd(4, "0")}`);
}

export const optionalDecimal = (row: Fields, name: string): bigint =>
	row[name] === undefined || row[name] === "" ? 0n : decimal(row, name);

/** A price times a quantity has eight decimals: they are cut off half up. */
export const times = (price: bigint, quantity: bigint): bigint => (price * quantity + 5_000n) / 10_000n;

export const fenOf = (tenThousandths: bigint): number => Number((tenThousandths + 50n) / 100n);

export const piecesOf = (tenThousandths: bigint): number => Number(tenThousandths) / 10_000;

export function time(row: Fields, name: string): string {
	const value = text(row, name, 40);
	if (beijingMs(value) === null) throw new RowProblem(`${name}时间格式错误`);
	return value;
}
