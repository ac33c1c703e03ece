import { isManual, purpose } from "./manual.ts";
import { OrderModel } from "./order.model.ts";
import type { Order } from "./order.ts";
import { phoneTailOf } from "./search.ts";

/** What of an order hangs on the master key. The ciphers of platforms are not ours. */
export const sealedOrders = {
	model: OrderModel,
	purpose,
	pathsOf: (order: Order): string[] => (isManual(order) ? ["receiver.cipher"] : []),
	remake: ({ receiver }: Order): Record<string, string> => ({ "receiver.phoneTail": phoneTailOf(receiver.phone) }),
};
