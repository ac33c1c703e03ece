/** Electronic waybills: numbers of a carrier, taken through the platform, with what a print client needs. */
import type { PrintClientName } from "../../config/print-clients.ts";
import type { RawRecord } from "./record.ts";
import type { Steps } from "./steps.ts";

/** A contract with a carrier's branch, as the platform knows it. */
export interface WaybillAccount {
	carrier: string; // our code; the platform's own word where we have none for it
	branchCode: string; // "" where the carrier needs none
	branchName: string;
	accountCode: string; // monthly account or the platform's number of the account; "" where there is none
	left: number | null; // numbers left; null: no limit is told
	sender: WaybillSender[]; // addresses that may be printed
}

export interface WaybillSender {
	province: string;
	city: string;
	district: string;
	town: string;
	address: string;
}

export interface WaybillWish {
	orderNo: string;
	carrier: string; // our code
	branchCode: string;
	accountCode: string;
	sender: WaybillSender & { name: string; phone: string };
	parcelNo: number; // 1 for the first parcel of the order: the same order and number get the same waybill
	goods: { title: string; quantity: number }[];
	weightGram: number | null;
	templateUrl: string; // "" where the platform chooses it, or where it is asked for with `templates`
}

export interface Waybill {
	trackingNo: string;
	carrier: string; // our code
	platformNo: string; // what the platform knows the waybill by, where that is not the tracking number
	/**
	 * What the carrier's print client is given, unchanged: the platform's own text. Ciphertext, never plain. "" where the
	 * platform gave the number and then would not tell it: it can be asked for.
	 */
	printData: string;
}

/** What is known of a waybill when its label is wanted. `templateUrl`: as it was wished for. */
export interface PrintedWaybill extends Pick<WaybillWish, "orderNo" | "carrier" | "templateUrl"> {
	trackingNo: string;
	platformNo: string;
}

export interface WaybillTemplate {
	id: string;
	name: string;
	url: string;
}

export interface WaybillDriver {
	printClient: PrintClientName;
	/**
	 * The platform knows a repetition: the same order and parcel get the same number again. Where that is not promised,
	 * whoever does not know the outcome of `take` must not just call it again.
	 */
	repeatable: boolean;
	accounts(carrier: string): Steps<WaybillAccount[]>;
	templates(carrier: string): Steps<WaybillTemplate[]>;
	/** `order` is the order's document as it is now. */
	take(order: RawRecord, wish: WaybillWish): Steps<Waybill>;
	/** The print data of a waybill taken before. */
	printData(waybill: PrintedWaybill): Steps<string>;
	/** Gives the number back. Throws PLATFORM_REFUSED where the parcel is on its way. */
	cancel(waybill: { trackingNo: string; carrier: string; platformNo: string; orderNo: string }): Steps<void>;
}
