/**
 * What the hub asks of a platform. An adapter is pure functions and tables: no network, clock or randomness inside.
 * `http.ts` sends what it builds; `platform-service.ts` turns it into the Moleculer service `platform.<name>`.
 */
import type { PlatformName } from "../../config/platforms.ts";
import type { PlatformOrder } from "../order/order.ts";
import type { RawRecord } from "./record.ts";

/** What of a shop an adapter needs to speak for it. Secrets: never logged, never in an error. */
export interface ShopAccess {
	shopId: string;
	sellerId: string;
	gatewayUrl: string;
	appKey: string;
	appSecret: string;
	accessToken: string;
	refreshToken: string; // "" where the platform gives none
}

/** What a refresh answers. */
export interface FreshToken {
	access: string;
	refresh: string;
	expiresAt: Date;
}

export interface HttpRequest {
	method: "GET" | "POST";
	url: string;
	headers: Record<string, string>;
	body: string;
}

/** The platform's answer as it came. */
export interface HttpAnswer {
	status: number;
	body: string;
	at: Date; // the platform's clock when the call was made, never later; ours where its answer has no Date
}

export interface WindowQuery {
	from: Date; // both ends belong to the window
	to: Date;
}

export interface PageQuery extends WindowQuery {
	page: number; // 1 for the first
}

/** One row of a list: enough to know whether the stored copy is still the newest. */
export interface Listed {
	id: string; // the platform's number
	modifiedAt: Date;
}

export interface PullRules {
	windowMs: number; // longest window that may be asked for
	lagMs: number; // a window ends at least so long ago
	overlapMs: number; // a window starts so long before the end of the one before
	pageSize: number;
	historyMs: number; // how far back the platform answers
}

export interface ShipCall {
	orderNo: string;
	carrier: string; // our code; NONE where nothing is carried
	trackingNo: string; // "" with NONE
	lineIds: string[]; // empty: the whole order
}

export interface ShippedLine {
	carrier: string; // our code; the platform's own word where we have none for it
	trackingNo: string;
	lineId: string;
}

export interface PlatformAdapter {
	name: PlatformName;
	rules: { orders: PullRules; callsPerSecond: number }; // calls per app, shop and method
	carriers: Readonly<Record<string, string>>; // our code -> the platform's
	can: { partShip: boolean; manyParcels: boolean };

	/** How many orders changed in the window. */
	countOrdersRequest(shop: ShopAccess, query: WindowQuery, now: Date): HttpRequest;
	readOrderCount(answer: HttpAnswer): number;
	/** One page, in the platform's own order, which is the newest change first. */
	listOrdersRequest(shop: ShopAccess, query: PageQuery, now: Date): HttpRequest;
	/**
	 * All readers throw PLATFORM_RATE_LIMITED (data.waitMs), PLATFORM_TOKEN_EXPIRED, PLATFORM_MISCONFIGURED,
	 * PLATFORM_REFUSED, PLATFORM_UNREACHABLE (the platform says it is out of order) or PLATFORM_BAD_RESPONSE.
	 */
	readOrderList(answer: HttpAnswer): Listed[];
	orderRequest(shop: ShopAccess, orderNo: string, now: Date): HttpRequest;
	/** The platform's own document, numbers beyond 2^53 kept as text. */
	readOrder(answer: HttpAnswer): RawRecord;
	/** When the document says it changed. Throws PLATFORM_BAD_RECORD. */
	modifiedAt(raw: RawRecord): Date;
	/** Throws PLATFORM_UNKNOWN_STATUS or PLATFORM_BAD_RECORD. */
	toOrder(shopId: string, raw: RawRecord): PlatformOrder;
	/** What the platform knows as shipped, to find out how a doubtful ship call ended. */
	shippedLines(raw: RawRecord): ShippedLine[];
	/** Throws CARRIER_UNKNOWN. */
	shipRequest(shop: ShopAccess, call: ShipCall, now: Date): HttpRequest;
	readShip(answer: HttpAnswer, call: ShipCall): void;
	refreshRequest(shop: ShopAccess, now: Date): HttpRequest;
	readToken(answer: HttpAnswer): FreshToken;
}
