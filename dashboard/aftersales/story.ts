/** What an entry of the timeline tells beside its title, line by line. Pure but for the language. */
import { subjects } from "../../nodes/hub/subjects.ts";
import { carrierName, time, yuan } from "../format.ts";
import { inWords, told, type Words } from "../language.ts";
import type { Entry } from "./aftersale.ts";
import { actions, conditions, decisionStates, erpStates, statuses, types } from "./words.ts";

type Table = Readonly<Record<string, { zh: string; en: string }>>;
const wordOf =
	(table: Table) =>
	(value: unknown): string => {
		const row = table[String(value)];
		return row ? told(row) : String(value);
	};

interface Field {
	words: Words;
	show: (value: unknown) => string;
}

const asText = (value: unknown): string => (value === null || value === "" ? "—" : String(value));
const asTime = (value: unknown): string => time(value as string | null);
const asYuan = (value: unknown): string => (typeof value === "number" ? yuan(value) : "—");

const fields: Readonly<Record<string, Field>> = {
	type: { words: ["类型", "Type"], show: wordOf(types) },
	status: { words: ["状态", "State"], show: (value) => (value === null ? "—" : wordOf(statuses)(value)) },
	rawStatus: { words: ["平台状态", "Platform's state"], show: asText },
	refundFen: { words: ["退款金额", "Amount"], show: asYuan },
	deadline: { words: ["期限", "Deadline"], show: asTime },
	refusal: { words: ["拒绝说明", "Refusal"], show: asText },
	returnParcel: { words: ["退货运单", "Return parcel"], show: asText },
	action: { words: ["处理", "Answer"], show: wordOf(actions) },
	state: { words: ["进度", "Progress"], show: wordOf(decisionStates) },
	reason: { words: ["说明", "Words"], show: asText },
	carrier: { words: ["快递", "Carrier"], show: (value) => carrierName(String(value)) },
	trackingNo: { words: ["运单号", "Tracking number"], show: asText },
	quantity: { words: ["件数", "Pieces"], show: asText },
	condition: { words: ["质量", "Condition"], show: wordOf(conditions) },
	erp: { words: ["ERP", "ERP"], show: wordOf(erpStates) },
	docNo: { words: ["ERP 单号", "ERP document"], show: asText },
};

export interface Change {
	field: string;
	text: string; // "a → b", or the fact
}

export function changesOf({ change }: Pick<Entry, "change">): Change[] {
	return Object.entries(change).flatMap(([name, value]) => {
		const field = fields[name];
		if (!field) return [];
		const text = Array.isArray(value) ? `${field.show(value[0])} → ${field.show(value[1])}` : field.show(value);
		return text === "—" ? [] : [{ field: inWords(field.words), text }];
	});
}

export function titleOf({ what }: Pick<Entry, "what">): string {
	const words = (subjects as Table)[`hub.${what}`];
	return words ? told(words).replace(/^after-sale: /, "") : what;
}
