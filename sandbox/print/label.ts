/** What stands on a label. */
import type { Market } from "../platforms/market.ts";
import type { Receiver } from "../platforms/people.ts";
import type { Waybills } from "../platforms/waybills.ts";
import { type Sealed, unseal } from "./seal.ts";

export interface Label {
	carrier: string; // as people call it
	trackingNo: string;
	platform: string;
	shopId: string;
	orderId: string;
	receiver: Receiver;
	goods: string[];
	notes: string[]; // what the seller adds in the custom part
}

const carrierNames: Readonly<Record<string, string>> = {
	SF: "顺丰速运",
	ZTO: "中通快递",
	YTO: "圆通速递",
	STO: "申通快递",
	YUNDA: "韵达快递",
	JTSD: "极兔速递",
	EMS: "EMS",
	POSTB: "邮政快递包裹",
	DBKD: "德邦快递",
	JD: "京东快递",
};

/** Reads print data as a component with the platform's key does. */
export class LabelReader {
	readonly #waybills: Waybills;
	readonly #market: Market;

	constructor(waybills: Waybills, market: Market) {
		this.#waybills = waybills;
		this.#market = market;
	}

	/** null: the text was not sealed by that platform, or the number is not known (any more). */
	unsealed(platform: string, text: string): Label | null {
		const sealed = unseal(text);
		return sealed?.platform === platform ? this.ofNumber(sealed) : null;
	}

	ofNumber({ platform, trackingNo }: Sealed): Label | null {
		const waybill = this.#waybills.ofPlatform(platform, trackingNo);
		const order = waybill && this.#market.order(platform, waybill.orderId);
		if (!waybill || !order) return null;
		const { shopId, orderId, carrier } = waybill;
		const goods = order.lines.filter(({ closed }) => !closed);
		return {
			carrier: carrierNames[carrier] ?? carrier,
			...{ trackingNo, platform, shopId, orderId },
			receiver: order.receiver,
			goods: goods.map(({ title, spec, quantity }) => `${title} ${spec} ×${quantity}`),
			notes: [],
		};
	}
}

/** Every text in the seller's own part, however deep. */
export function notesIn(data: unknown): string[] {
	if (typeof data === "string") return data === "" ? [] : [data];
	if (typeof data !== "object" || data === null) return [];
	return Object.values(data).flatMap(notesIn);
}
