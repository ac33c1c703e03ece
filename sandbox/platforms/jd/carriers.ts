import { type Carrier, carrierProblem } from "../carriers.ts";
import { JdRefusal } from "./errors.ts";

/** The companies the demo seller has signed up with: 京东's number and name. `code`: as ERPs and buyers name them. */
const companies: readonly { id: string; code: Carrier; name: string }[] = [
	{ id: "467", code: "SF", name: "顺丰快递" },
	{ id: "1499", code: "ZTO", name: "中通快递" },
	{ id: "463", code: "YTO", name: "圆通快递" },
	{ id: "470", code: "STO", name: "申通快递" },
	{ id: "1327", code: "YUNDA", name: "韵达快递" },
	{ id: "465", code: "EMS", name: "邮政EMS" },
	{ id: "2170", code: "POSTB", name: "邮政快递包裹" },
	{ id: "3046", code: "DBKD", name: "德邦快递" },
	{ id: "2087", code: "JD", name: "京东快递" },
];

/** 厂家自送: the seller drives by itself, without a number. */
const ownDelivery = "1274";

export interface Sent {
	carrier: string;
	trackingNo: string;
}

/** @throws JdRefusal for a company nobody has, or a number that cannot be one of it */
export function checkParcel({ carrier, trackingNo }: Sent): Sent {
	if (carrier === ownDelivery) return { carrier, trackingNo: "" };
	const problem = carrierProblem(companies.find(({ id }) => id === carrier)?.code, trackingNo);
	if (problem === "CARRIER") throw new JdRefusal("2001010", "物流公司不存在或未签约");
	if (problem === "TRACKING_NO") throw new JdRefusal("2001011", "运单号不符合物流公司规则");
	return { carrier, trackingNo };
}

/** How service orders name a company that buyers know by another code. */
export const companyName = (code: string): string => companies.find((company) => company.code === code)?.name ?? code;
