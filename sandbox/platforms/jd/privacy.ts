import { randomUUID } from "node:crypto";
import { beijing } from "../../beijing.ts";
import { ownOrder } from "../shop-call.ts";
import { dayMs } from "./arguments.ts";
import { answered, type Method } from "./call.ts";
import { said } from "./envelope.ts";
import { invalid, JdRefusal } from "./errors.ts";
import { oaidOf } from "./order.ts";

const scenes: ReadonlySet<string> = new Set(["1001", "1002", "1003", "1004", "1005", "1006"]);
const mostAtOnce = 20;

/**
 * The receivers behind OAIDs, with virtual numbers. An OAID of an older address, or of another's order, is left out of
 * the answer. Source: jingdong.jos.order.oaid.decrypt.
 */
const decrypt: Method = (call) =>
	answered("returnType", said.returnType, () => {
		const wish = call.args.part("getReceiverInfoListReqVO");
		wish.needed("orderType");
		wish.needed("appName");
		if (!scenes.has(wish.needed("scenesType"))) throw invalid("scenesType", "不在范围内");
		const wanted = wish.parts("orderInfos");
		if (wanted.length < 1 || wanted.length > mostAtOnce) throw new JdRefusal("6001", `应为1-${mostAtOnce}个订单`);
		const data = wanted.flatMap((each) => {
			const order = ownOrder(call, each.id("orderId"));
			if (!order || oaidOf(order) !== each.needed("oaid")) return [];
			const { name, mobile, province, city, district, town, address } = order.receiver;
			return {
				orderId: BigInt(order.platformOrderId),
				oaid: oaidOf(order),
				customerName: name,
				consMobilePhone: `18477770000-${mobile.slice(-4)}`,
				consMobilePhoneFuzzy: `*******${mobile.slice(-4)}`,
				customerPhone: "",
				privacyProtection: true,
				address: `${province}${city}${district}${town}${address}`,
				expiration: beijing(call.nowMs + 14 * dayMs),
			};
		});
		return { requestId: randomUUID(), data };
	});

export const privacyMethods: Readonly<Record<string, Method>> = { "jingdong.jos.order.oaid.decrypt": decrypt };
