import { beijing } from "../beijing.ts";
import { sign } from "../erp/qimen/sign.ts";
import { qimen } from "../erp/qimen/simulator.ts";

const { appKey = "", secret = "", customerId = "" } = qimen.credentials;

/** A signed call; `changes` are made after signing. The answer's XML. */
export async function callQimen(
	url: string,
	method: string,
	content: string,
	changes: Record<string, string> = {},
): Promise<string> {
	const body = `<?xml version="1.0" encoding="utf-8"?><request>${content}</request>`;
	const params: Record<string, string> = {
		method: `taobao.qimen.${method}`,
		timestamp: beijing(Date.now()),
		format: "xml",
		app_key: appKey,
		v: "2.0",
		sign_method: "md5",
		customerId,
	};
	const signed = { ...params, sign: sign(Object.entries(params), body, secret), ...changes };
	const response = await fetch(`${url}/erp/qimen?${new URLSearchParams(signed)}`, { method: "POST", body });
	return response.text();
}

/** A delivery order with all that is required: one line of three pieces for 100.00 and 6.00 freight. */
export function deliveryOrder(code: string, hubOrderId = ""): string {
	const person =
		"<name>王**</name><mobile>13900000000</mobile><province>浙江省</province><city>杭州市</city><detailAddress>*</detailAddress>";
	return `<deliveryOrder><deliveryOrderCode>${code}</deliveryOrderCode><orderType>JYCK</orderType>
		<warehouseCode>OTHER</warehouseCode><createTime>2026-01-02 03:04:05</createTime>
		<placeOrderTime>2026-01-02 03:04:05</placeOrderTime><operateTime>2026-01-02 03:04:05</operateTime>
		<shopNick>店铺</shopNick><logisticsCode>ZTO</logisticsCode><freight>6.00</freight>
		<senderInfo>${person}</senderInfo><receiverInfo>${person}</receiverInfo>
		<extendProps><hubOrderId>${hubOrderId}</hubOrderId></extendProps></deliveryOrder>
		<orderLines><orderLine><sourceOrderCode>T${code}</sourceOrderCode><ownerCode>O1</ownerCode>
		<itemCode>CUP-BK-500</itemCode><planQty>3</planQty><actualPrice>33.333333</actualPrice></orderLine></orderLines>`;
}
