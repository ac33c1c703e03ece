/** A second lock on people's data: what a platform should have masked, and did not, is masked before it is kept. */
import type { Receiver } from "../order/order.ts";

/** A receiver as it may be kept. */
export const maskedReceiver = (receiver: Receiver): Receiver => ({
	...receiver,
	name: maskedName(receiver.name),
	phone: maskedPhone(receiver.phone),
	address: maskedAddress(receiver.address),
});

/** "王小明" -> "王**". Text that carries a mask already stays. */
export const maskedName = (name: string): string =>
	name === "" || name.includes("*") ? name : `${Array.from(name)[0]}**`;

/** "13800001234" -> "*******1234" */
export const maskedPhone = (phone: string): string =>
	phone === "" || phone.includes("*") ? phone : "*".repeat(Math.max(3, phone.length - 4)) + phone.slice(-4);

/** The street and the number say where someone lives; province, city and district are kept apart. */
export const maskedAddress = (address: string): string => (address === "" || address.includes("*") ? address : "****");
