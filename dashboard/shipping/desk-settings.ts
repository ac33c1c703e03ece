/** How this desk prints, kept in its browser: what is stuck on a parcel here, and by which printer. */
import { reactive, watch } from "vue";
import type { PrintClientName } from "../../config/print-clients.ts";

export interface DeskSettings {
	carrier: string; // our code
	weightGram: number | null;
	sender: Record<SenderField, string>;
	printers: Partial<Record<PrintClientName, string>>;
	accounts: Record<string, string>; // by shop and carrier: an account's key
	templates: Record<string, string>; // by shop and carrier: a template's url
}

/** Name and phone are needed; without a province it is the address of the waybill account. */
export const senderFields = ["name", "phone", "province", "city", "district", "town", "address"] as const;
export type SenderField = (typeof senderFields)[number];

const kept = "hub.print-desk";

const usual = (): DeskSettings => ({
	carrier: "ZTO",
	weightGram: null,
	sender: { name: "", phone: "", province: "", city: "", district: "", town: "", address: "" },
	printers: {},
	accounts: {},
	templates: {},
});

export const settings = reactive<DeskSettings>({ ...usual(), ...JSON.parse(localStorage.getItem(kept) ?? "{}") });
watch(settings, (now) => localStorage.setItem(kept, JSON.stringify(now)));

export const placeOf = (shopId: string, carrier: string): string => `${shopId} ${carrier}`;

export const accountKey = ({ branchCode, accountCode }: { branchCode: string; accountCode: string }): string =>
	JSON.stringify([branchCode, accountCode]);

/** How numbers are taken now. `shopId` "": of several shops, each by its own first account. */
export function takingWish(shopId: string): object {
	const { carrier, weightGram, sender, accounts, templates } = settings;
	const place = placeOf(shopId, carrier);
	const [branchCode, accountCode] = JSON.parse(accounts[place] || '["",""]') as [string, string];
	const given = Object.entries(sender).filter(([, text]) => text.trim() !== "");
	return {
		...{ carrier, branchCode, accountCode, templateUrl: templates[place] ?? "" },
		...(weightGram && { weightGram }),
		sender: Object.fromEntries(given.map(([field, text]) => [field, text.trim()])),
	};
}
