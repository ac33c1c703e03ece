import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { type Due, dueFields, dueIndex } from "../../mixins/due.ts";
import type { Offer } from "../product/offers.ts";
import type { LinkPart } from "../sku/sku-link.ts";

/**
 * NEW was not told yet · OK the platform has the number · FAILED it did not take it, or nobody knows: told again by
 * itself · UNSUPPORTED the platform cannot be told · WAITING for a part's stock, a link, or the shop to be switched on.
 */
export const toldStates = ["NEW", "OK", "FAILED", "UNSUPPORTED", "WAITING"] as const;
export type ToldState = (typeof toldStates)[number];

/** What a platform was told of one of its SKUs. `_id` = `<platform>:<shopId>:<productNo>:<platformSkuId>`. */
export interface ToldStock extends Due, Offer {
	parts: LinkPart[]; // what one piece is in the ERP, when that was last looked up
	state: ToldState;
	reason: string;
	quantity: number | null; // the last number that the platform took; null: none yet
	toldAt: Date | null; // when it took it
	/** The last call. `no` is the same for every try of it until it is `done`, and rises with the next call. */
	asked: { quantity: number; no: number; done: boolean };
	tries: number; // in a row that failed
	wish: number; // rises whenever somebody wants the platform to be told
	busy: boolean; // somebody is at it until `nextAt`: of two calls at once the older number could come last
	createdAt: Date;
	updatedAt: Date;
}

const text = { type: String, required: true };
const words = { type: String, default: "" };
const count = { type: Number, default: 0 };

const schema = new Schema<ToldStock>(
	{
		_id: text,
		platform: text,
		shopId: text,
		productNo: text,
		platformSkuId: words,
		outerSku: words,
		parts: [{ _id: false, erpSku: text, quantity: Number }],
		state: { ...text, enum: toldStates },
		reason: words,
		quantity: { type: Number, default: null },
		toldAt: { type: Date, default: null },
		asked: {
			type: new Schema({ quantity: count, no: count, done: { type: Boolean, default: true } }, { _id: false }),
			default: () => ({}),
		},
		tries: count,
		wish: count,
		busy: { type: Boolean, default: false },
		...dueFields,
	},
	{ strict: "throw", minimize: false, timestamps: true, versionKey: false },
);
schema.index(...dueIndex);
schema.index({ createdAt: -1, _id: -1 });
// Each offered filter with the list's order behind it.
for (const filter of ["state", "shopId", "platform"]) schema.index({ [filter]: 1, createdAt: -1, _id: -1 });
schema.index({ "parts.erpSku": 1 });
schema.index({ platformSkuId: 1 });
schema.index({ outerSku: 1 });

export const ToldModel = database.model("told_stock", schema, "told_stocks");

export const toldId = ({ platform, shopId, productNo, platformSkuId }: Offer): string =>
	`${platform}:${shopId}:${productNo}:${platformSkuId}`;
