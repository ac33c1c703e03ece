/** What the drop-downs of the nodes' dialogs offer, from the hub as it is now. Without secrets and people's data. */
import { carriers } from "../../config/carriers.ts";
import { type PlatformName, platforms } from "../../config/platforms.ts";
import { erpStates, flags, heldByHand, holds, statuses, type Words } from "../../config/words.ts";
import { decisionActions } from "../../services/aftersale/aftersale.ts";
import { wanted } from "../../services/aftersale/decision.ts";
import { revealPurposes } from "../../services/platform/adapter.ts";
import { answers } from "../aftersale-decide/answers.ts";
import { operations } from "../platform-call/operations.ts";
import { purposes } from "../reveal/purposes.ts";
import { hubBroker } from "./broker.ts";
import { subjects } from "./subjects.ts";

/** One row of a drop-down, in both languages. */
export interface Choice extends Words {
	value: string;
	zh: string;
	en: string;
	fields?: readonly string[]; // of the dialog, that this choice needs; left out: nothing hangs on it
}

const same = (value: string, text: string): Choice => ({ value, zh: text, en: text });

/** As the table has them. */
const rowsOf = (table: Readonly<Record<string, Words>>): Choice[] =>
	Object.entries(table).map(([value, { zh, en }]) => ({ value, zh, en }));

async function listed<Row>(action: string): Promise<Row[]> {
	return (await hubBroker().call<{ items: Row[] }, object>(action, {})).items;
}

/** Name of a drop-down -> its rows. */
export const choices = {
	async shops(): Promise<Choice[]> {
		const shops = await listed<{ _id: string; name: string; platform: PlatformName }>("shop.all");
		return shops.map(({ _id, name, platform }) => {
			const words = platforms[platform];
			return { value: _id, zh: `${name}（${words.zh}，${_id}）`, en: `${name} (${words.en}, ${_id})` };
		});
	},
	async connections(): Promise<Choice[]> {
		const connections = await listed<{ _id: string; name: string; dialect: string }>("connection.all");
		return connections.map(({ _id, name, dialect }) => same(_id, `${name} (${dialect}, ${_id})`));
	},
	async platforms(): Promise<Choice[]> {
		return rowsOf(platforms);
	},
	async carriers(): Promise<Choice[]> {
		return rowsOf(carriers);
	},
	async subjects(): Promise<Choice[]> {
		return rowsOf(subjects);
	},
	async statuses(): Promise<Choice[]> {
		return rowsOf(statuses);
	},
	async erpStates(): Promise<Choice[]> {
		return rowsOf(erpStates);
	},
	async holds(): Promise<Choice[]> {
		return rowsOf(holds);
	},
	async heldByHand(): Promise<Choice[]> {
		return rowsOf(heldByHand);
	},
	async flags(): Promise<Choice[]> {
		return rowsOf(flags);
	},
	async answers(): Promise<Choice[]> {
		return decisionActions.map((value) => ({ value, ...answers[value], fields: wanted[value] }));
	},
	async purposes(): Promise<Choice[]> {
		return revealPurposes.map((value) => ({ value, ...purposes[value] }));
	},
	async operations(): Promise<Choice[]> {
		return Object.entries(operations).map(([value, { zh, en, fields }]) => ({ value, zh, en, fields }));
	},
	/** Those that have numbers to take. */
	async waybillCarriers(): Promise<Choice[]> {
		return (await choices.carriers()).filter(({ value }) => value !== "NONE");
	},
} satisfies Record<string, () => Promise<Choice[]>>;

export const isChoice = (name: string): name is keyof typeof choices => Object.hasOwn(choices, name);
