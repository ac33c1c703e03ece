import type { PlainReceiver, RevealPurpose } from "../adapter.ts";
import { optionalEpochMs, type RawRecord, requiredText, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { askReceiver, decrypted } from "./receiver.ts";

/** Why somebody looks -> `actionType`. */
const actionTypes: Readonly<Record<RevealPurpose, string>> = {
	view: "1",
	print: "2",
	push: "3", // handed on to a third party
	service: "4", // anything else
};

/** Where an order goes, in plain text. The ciphertexts are asked for anew: the address may have changed. */
export function* reveal(order: RawRecord, purpose: RevealPurpose): Steps<PlainReceiver> {
	const { place, cipher } = yield* askReceiver(order);
	const { name, phone, address } = yield* decrypted(requiredText(order, "orderId"), cipher, actionTypes[purpose]);
	const virtual = phone.virtualNumberFlag === true;
	return {
		name: text(name, "decryptedData"),
		phone: text(phone, virtual ? "virtualNumber" : "decryptedData"),
		address: text(address, "decryptedData"),
		province: text(place, "receiverProvinceName"),
		city: text(place, "receiverCityName"),
		district: text(place, "receiverDistrictName"),
		town: text(place, "receiverTownName"),
		phoneExpiresAt: virtual ? optionalEpochMs(phone, "expireAt") : null,
	};
}
