import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import type { MarketOrder } from "../market-order.ts";
import { ownOrder } from "../shop-call.ts";
import type { DemoShop } from "../shops.ts";
import type { Arguments } from "./arguments.ts";
import { orderOf, type SellerCall, type SellerMethod } from "./call.ts";
import type { XhsObject } from "./envelope.ts";
import { invalid } from "./errors.ts";
import { openAddressId } from "./order-document.ts";

const mostAtOnce = 100;
const virtualNumberMs = 14 * 24 * 3_600_000;
const kinds = { name: 1, phone: 2, address: 3 } as const;

interface Opened {
	plain: string;
	kind: number; // one of `kinds`
}

/** Receivers as ciphertext, while their orders wait for shipping. Source: order.getOrderReceiverInfo. */
const receiverInfo: SellerMethod = (call) => {
	call.args.neededFlag("isReturn");
	const queries = call.args.objects("receiverQueries", mostAtOnce);
	return { receiverInfos: queries.flatMap((query) => receiverOf(call, query)) };
};

function receiverOf(call: SellerCall, query: Arguments): XhsObject[] {
	const { shop } = call;
	const order = orderOf(call, query.needed("orderId"));
	const { platformOrderId: orderId, status, receiver } = order;
	if (status !== "WAIT_SHIP" && status !== "PART_SHIPPED") return [];
	if (query.needed("openAddressId") !== openAddressId(shop, order)) return [{ orderId, matched: false }];
	const { province, city, district, town, name, mobile, address } = receiver;
	return [
		{
			orderId,
			matched: true,
			receiverProvinceName: province,
			receiverCityName: city,
			receiverDistrictName: district,
			receiverTownName: town,
			receiverName: encrypted(shop, order, name, kinds.name),
			receiverPhone: encrypted(shop, order, mobile, kinds.phone),
			receiverAddress: encrypted(shop, order, address, kinds.address),
			location: "",
		},
	];
}

/** Plain text for ciphertext, against the shop's daily quota. Source: data.batchDecrypt. */
const decrypt: SellerMethod = (call) => ({ dataInfoList: cipherRows(call).map((row) => decryptOne(call, row)) });

/** Masked text for ciphertext, as often as one likes. Source: data.batchDesensitise. */
const desensitise: SellerMethod = (call) => ({
	desensitiseInfoList: cipherRows(call).map((row) => {
		const opened = openedRow(call, row);
		if (!opened) return { ...row, desensitisedData: "", ...notOfOrder };
		return { ...row, desensitisedData: masked(opened), errorCode: 0, errorMsg: "" };
	}),
});

interface CipherRow extends XhsObject {
	dataTag: string; // the order's number
	encryptedData: string;
}

/** What stands in a call that wants ciphertext opened; the rows are answered each by itself. */
function cipherRows({ args }: SellerCall): CipherRow[] {
	const infos = args.objects("baseInfos", mostAtOnce);
	if (!["1", "2", "3", "4"].includes(args.needed("actionType"))) throw invalid("actionType", "取值不在范围内");
	args.needed("appUserId");
	return infos.map((info) => ({ dataTag: info.needed("dataTag"), encryptedData: info.needed("encryptedData") }));
}

const notOfOrder = { errorCode: -2000400, errorMsg: "密文与dataTag不匹配" };

function decryptOne(call: SellerCall, row: CipherRow): XhsObject {
	const { shop, nowMs, decryptions } = call;
	const failed = { ...row, decryptedData: "" };
	if (!decryptions.take(shop.shopId, nowMs)) return { ...failed, errorCode: -2000701, errorMsg: "解密额度已用完" };
	const opened = openedRow(call, row);
	if (!opened) return { ...failed, ...notOfOrder };
	const done = { ...row, errorCode: 0, errorMsg: "" };
	if (opened.kind !== kinds.phone) return { ...done, decryptedData: opened.plain, virtualNumberFlag: false };
	const extension = opened.plain.slice(-4);
	return {
		...done,
		decryptedData: `*******${extension}`,
		virtualNumberFlag: true,
		virtualNumber: `18000000000-${extension}`,
		virtualPhoneNumber: "18000000000",
		virtualExtendNumber: extension,
		expireAt: nowMs + virtualNumberMs,
	};
}

/** "张**", "138****0000", "文三路****". */
function masked({ plain, kind }: Opened): string {
	if (kind === kinds.name) return `${[...plain][0] ?? ""}**`;
	return kind === kinds.phone ? `${plain.slice(0, 3)}****${plain.slice(-4)}` : `${plain.slice(0, 3)}****`;
}

/** Null for what is no ciphertext of an order of this seller. */
function openedRow(call: SellerCall, { dataTag, encryptedData }: CipherRow): Opened | null {
	const order = ownOrder(call, dataTag);
	return order ? openedText(call.shop, order, encryptedData) : null;
}

/** `#index#cipher#type##`; the key is the order's, so that no other order's number opens it. */
function encrypted(shop: DemoShop, order: MarketOrder, plain: string, kind: number): string {
	const cipher = createCipheriv("aes-256-cbc", keyOf(shop, order), ivOf(order, kind));
	const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]).toString("base64");
	const index = createHash("md5").update(plain).digest("base64").slice(0, 12);
	return `#${index}#${body}#${kind}##`;
}

function openedText(shop: DemoShop, order: MarketOrder, text: string): Opened | null {
	const [, index, body = "", kind] = /^#([^#]+)#([^#]+)#([123])##$/.exec(text) ?? [];
	if (index === undefined) return null;
	try {
		const decipher = createDecipheriv("aes-256-cbc", keyOf(shop, order), ivOf(order, Number(kind)));
		const plain = Buffer.concat([decipher.update(body, "base64"), decipher.final()]).toString("utf8");
		return { plain, kind: Number(kind) };
	} catch {
		return null; // of another order, or no ciphertext at all
	}
}

function keyOf({ app }: DemoShop, { platformOrderId }: MarketOrder): Buffer {
	return createHash("sha256").update(`${app.secret}:${platformOrderId}`).digest();
}

function ivOf({ platformOrderId }: MarketOrder, kind: number): Buffer {
	return createHash("md5").update(`${platformOrderId}:${kind}`).digest();
}

export const receiverMethods: Readonly<Record<string, SellerMethod>> = {
	"order.getOrderReceiverInfo": receiverInfo,
	"data.batchDecrypt": decrypt,
	"data.batchDesensitise": desensitise,
};
