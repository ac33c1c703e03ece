import { hubError } from "../../../config/errors.ts";
import type { Decision } from "../../aftersale/aftersale.ts";
import type { Decisions, RefusalReason, ReturnAddress } from "../adapter.ts";
import { idNumber } from "../json-text.ts";
import { type RawRecord, requiredText, rows, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { platformCarrier } from "../table.ts";
import { infoOf } from "./aftersale-reader.ts";
import { payloadOf } from "./answer.ts";
import { done, reads, writes } from "./call.ts";
import { carriers } from "./carriers.ts";

const auditMethod = "afterSale.auditReturns";
const receiveMethod = "afterSale.confirmReceive";
const shipMethod = "afterSale.receiveAndShip";
const reasonsMethod = "afterSale.rejectReasons";
const addressesMethod = "common.getAddressRecord";

const waitsForReceipt = "3";
const refundBeforeShip = "5";
const mostAddresses = 200; // of one page

/** What a seller may answer. An exchange is shipped with its receipt; there is no resending on this platform. */
export const decisions: Decisions = {
	actions: {
		/** While goods are on their way back: they are here. Before that: the money goes back at once. */
		AGREE_REFUND: (raw) =>
			text(infoOf(raw), "status") === waitsForReceipt
				? decide(receiveMethod, { returnsId: idOf(raw), action: 1 })
				: decide(auditMethod, { returnsId: idOf(raw), action: 1 }),
		*AGREE_RETURN(raw, { addressId, note }) {
			const sellerAddressRecordId = addressId || (yield* defaultAddress());
			const receiverInfo = { sellerAddressRecordId: idNumber("addressId", sellerAddressRecordId) };
			yield* decide(auditMethod, { returnsId: idOf(raw), action: 2, receiverInfo, ...wordsOf(note) });
		},
		*REFUSE(raw, decision) {
			if (text(infoOf(raw), "returnType") === refundBeforeShip) {
				const why = "a refund before shipping is refused by shipping the order";
				throw hubError("PLATFORM_UNSUPPORTED", why, { what: "REFUSE" });
			}
			const { note } = decision;
			yield* decide(auditMethod, { returnsId: idOf(raw), action: 3, ...reasonOf(decision), ...wordsOf(note) });
		},
		REFUSE_RECEIPT: (raw, decision) =>
			decide(receiveMethod, { returnsId: idOf(raw), action: 2, ...reasonOf(decision) }),
		*SHIP_EXCHANGE(raw, { carrier, trackingNo }) {
			const expressCompanyCode = platformCarrier(carriers, carrier);
			yield* decide(shipMethod, { returnsId: idOf(raw), expressCompanyCode, expressNo: trackingNo });
		},
	},
	reasons,
	addresses,
};

/** Not repeatable: the platform refuses an answer that was given before. */
function* decide(method: string, params: RawRecord): Steps<void> {
	yield* writes(method, params, done(method));
}

/** Why this after-sale may be refused: other reasons before goods come back than after. */
function* reasons(raw: RawRecord): Steps<RefusalReason[]> {
	const rejectReasonType = text(infoOf(raw), "status") === waitsForReceipt ? 2 : 1;
	return yield* reads(reasonsMethod, { returnsId: idOf(raw), rejectReasonType }, (answer) =>
		rows(payloadOf(reasonsMethod, answer, "rejectReasons"), "rejectReasons").map((row) => ({
			code: requiredText(row, "reasonId"),
			text: text(row, "reasonName"),
			needsProof: false,
		})),
	);
}

function* addresses(): Steps<ReturnAddress[]> {
	return yield* reads(addressesMethod, { pageIndex: 1, pageSize: mostAddresses }, (answer) =>
		rows(payloadOf(addressesMethod, answer, "sellerAddressRecordList"), "sellerAddressRecordList")
			.filter((row) => row.active !== false)
			.map((row) => ({
				id: requiredText(row, "sellerAddressRecordId"),
				text: [text(row, "fullAddress") || text(row, "address"), text(row, "contactName")].filter(Boolean).join(" "),
				isDefault: row.aftersaleDefault === true,
			})),
	);
}

function* defaultAddress(): Steps<string> {
	const known = yield* addresses();
	const address = known.find(({ isDefault }) => isDefault) ?? (known.length === 1 ? known[0] : undefined);
	if (!address) throw hubError("INVALID", "the seller has no default return address", { field: "addressId" });
	return address.id;
}

/** The words go along with every reason: one of them ("other") takes none without. */
const reasonOf = ({ reasonCode, note }: Decision): RawRecord => ({
	...(reasonCode && { reason: idNumber("reasonCode", reasonCode) }),
	...(note && { description: note }),
});

/** What the buyer is told. */
const wordsOf = (note: string): RawRecord => (note ? { message: note } : {});

const idOf = (raw: RawRecord): string => requiredText(infoOf(raw), "returnsId");
