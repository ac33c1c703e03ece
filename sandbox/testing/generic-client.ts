import { createHmac } from "node:crypto";
import { generic } from "../erp/generic/simulator.ts";

const { key = "", secret = "" } = generic.credentials;

export interface GenericAnswer {
	code: number;
	message: string;
	data?: { docNo?: string; docNos?: string[]; version?: number; cancelled?: boolean; shipped?: boolean };
}

/** A signed call. `headers` replace the right ones. */
export async function callGeneric(
	url: string,
	method: "GET" | "POST" | "PUT",
	path: string,
	body?: object,
	headers: Record<string, string> = {},
): Promise<GenericAnswer> {
	const text = body ? JSON.stringify(body) : "";
	const timestamp = String(Math.floor(Date.now() / 1000));
	const signature = createHmac("sha256", secret).update(`${timestamp}\n${text}`).digest("hex");
	const right = { authorization: `Bearer ${key}`, "x-timestamp": timestamp, "x-signature": signature };
	const response = await fetch(`${url}/erp/generic${path}`, {
		method,
		headers: { ...right, ...headers },
		body: body && text,
	});
	return (await response.json()) as GenericAnswer;
}

/** An order with all that is required: two lines and freight, 78.05 in all. */
export function genericOrder(orderNo: string, hubOrderId = ""): Record<string, unknown> {
	return {
		orderNo,
		hubOrderId,
		shopNo: "SHOP01",
		placedAt: "2026-03-18T08:40:01+08:00",
		receiver: {
			name: "王**",
			mobile: "*******1234",
			province: "广东省",
			city: "深圳市",
			district: "南山区",
			address: "****",
		},
		lines: [
			{ sku: "CUP-BK-500", quantity: 2, amount: "62.15" },
			{ sku: "LID-STD", quantity: 1, amount: 9.9 },
		],
		freight: "6.00",
		total: "78.05",
	};
}

/** A return of one piece with all that is required, 31.08. */
export function genericAftersale(aftersaleNo: string, orderNo: string): Record<string, unknown> {
	return {
		aftersaleNo,
		orderNo,
		version: 1,
		type: "RETURN_REFUND",
		status: "APPLIED",
		refund: "31.08",
		lines: [{ sku: "CUP-BK-500", quantity: 1, refund: "31.08" }],
	};
}
