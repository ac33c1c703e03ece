/**
 * What the hub asks of a platform. An adapter is pure functions and tables: no network, clock or randomness inside.
 * `calls.ts` makes the calls its steps ask for; `platform-service.ts` turns it into the Moleculer service
 * `platform.<name>`. What a platform cannot do is simply not there, and answers PLATFORM_UNSUPPORTED.
 */
import type { PlatformName } from "../../config/platforms.ts";
import type { Decision, DecisionAction, PlatformAftersale } from "../aftersale/aftersale.ts";
import type { MemoFlag, PlatformOrder } from "../order/order.ts";
import type { PlatformProduct } from "../product/product.ts";
import type { HookDriver, SocketDriver } from "./messages.ts";
import type { RawRecord } from "./record.ts";
import type { Steps } from "./steps.ts";
import type { WaybillDriver } from "./waybill.ts";

/** What of a shop an adapter needs to speak for it. Secrets: never logged, never in an error. "": the platform has none. */
export interface ShopAccess {
	shopId: string;
	sellerId: string; // the platform's number of the seller
	gatewayUrl: string;
	authUrl: string; // the page where a seller lets the app in
	messageUrl: string; // the platform's message server, where the hub connects to one
	appKey: string;
	appSecret: string;
	signSecret: string; // where calls are signed with another secret than the app's
	messageToken: string;
	messageKey: string;
	accessToken: string;
	refreshToken: string;
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

/** One row of a list: enough to know whether the stored copy is still the newest. */
export interface Listed {
	id: string; // the platform's number
	modifiedAt: Date | null; // null where the list does not tell
	/** The document itself, where the list carries it as whole as `get` would: it is not asked for again. */
	raw?: RawRecord;
}

export interface PullRules {
	windowMs: number; // longest window that may be asked for; `untimed` for a list that knows no time
	lagMs: number; // a window ends at least so long ago
	overlapMs: number; // a window starts so long before the end of the one before: what the platform lists late
	pageSize: number;
	historyMs: number; // how far back the platform answers
	mostRows: number; // of one window; one with more is cut in two
	/**
	 * What is still open is read again so often, since some of its changes move no time (a memo, an address).
	 * Null where every change is listed.
	 */
	rereadOpenMs: number | null;
}

/** A list that is always read whole. Finite, since rules travel as JSON. */
export const untimed = 100 * 365 * 24 * 3_600_000;

/** One of a platform's lists of one kind of document. Most kinds have one, "changed". */
export type List = NumberedList | CursorList;

interface AnyList {
	name: string; // as in the ledger: "changed", "unpaid", "refunds", "services"
	rules: PullRules;
	/** Its rows say nothing of when they changed: what was read after the window's end is known to be read. */
	stampless?: true;
}

/** Pages by number, 1 for the first. Read from the last to the first, then counted again: see `list-window.ts`. */
export interface NumberedList extends AnyList {
	way: "numbered";
	count(window: WindowQuery): Steps<number>;
	page(window: WindowQuery, page: number): Steps<Listed[]>;
}

/** Pages chained by the platform's own cursor; "" asks for the first. `next` is null after the last. */
export interface CursorList extends AnyList {
	way: "cursor";
	page(window: WindowQuery, cursor: string): Steps<{ rows: Listed[]; next: string | null }>;
}

/** One kind of document: how it is listed, fetched and read. */
export interface Documents<T> {
	lists: readonly [List, ...List[]];
	/** The platform's own document, numbers beyond 2^53 kept as text. */
	get(id: string): Steps<RawRecord>;
	/** When the document says it changed. Throws PLATFORM_BAD_RECORD. */
	modifiedAt(raw: RawRecord): Date;
	/** Our words for it. Throws PLATFORM_UNKNOWN_STATUS or PLATFORM_BAD_RECORD. */
	read(shopId: string, raw: RawRecord): T;
}

export interface ShipCall {
	orderNo: string;
	carrier: string; // our code; NONE where nothing is carried
	trackingNo: string; // "" with NONE
	/** What is in the parcel; empty: all that is left of the order. A whole line where the platform splits by lines. */
	lines: { lineId: string; quantity: number }[];
	/** The platform was told of another parcel of this order before. */
	further: boolean;
	requestId: string; // the same for every try to tell of one parcel
}

export interface ShippedLine {
	carrier: string; // our code; the platform's own word where we have none for it
	trackingNo: string;
	lineId: string;
}

export interface Shipping {
	parts: "none" | "lines" | "quantities"; // what one parcel may hold less than the whole order
	manyParcels: boolean; // may one order go in several parcels?
	carriers: Readonly<Record<string, string>>; // our code -> the platform's
	/** Throws CARRIER_UNKNOWN. */
	ship(call: ShipCall): Steps<void>;
	/** What the platform knows as shipped, to find out how a doubtful ship call ended. From the order's own document. */
	shippedLines(raw: RawRecord): ShippedLine[];
}

export interface Remark {
	orderNo: string;
	text: string;
	flag: MemoFlag; // "": none, or as it was where the platform has no "none"
}

/** Why a seller may refuse an after-sale, in the platform's words. */
export interface RefusalReason {
	code: string;
	text: string;
	needsProof: boolean; // a picture must come along
}

/** One of the seller's addresses. Business data of the seller, not of a buyer. */
export interface ReturnAddress {
	id: string;
	text: string; // one line for a person to choose by
	isDefault: boolean;
}

export interface Decisions {
	/** By what the seller answers; `raw` is the after-sale's document as it is now. Throws PLATFORM_REFUSED. */
	actions: Partial<Record<DecisionAction, (raw: RawRecord, decision: Decision) => Steps<void>>>;
	reasons?(raw: RawRecord): Steps<RefusalReason[]>;
	addresses?(): Steps<ReturnAddress[]>;
}

export interface StockLevel {
	productNo: string;
	platformSkuId: string;
	quantity: number; // what shall be on sale
	requestId: string; // the same for every try
}

/** A buyer's address in plain text. Never stored, never logged. */
export interface PlainReceiver {
	name: string;
	phone: string; // "18477770000-1234" where the number is a virtual one
	address: string; // without province, city and district
	province: string;
	city: string;
	district: string;
	town: string;
	phoneExpiresAt: Date | null; // of a virtual number
}

export const revealPurposes = ["print", "push", "view", "service"] as const;
export type RevealPurpose = (typeof revealPurposes)[number];

/** What a refresh answers. */
export interface FreshToken {
	access: string;
	refresh: string; // "": as before
	expiresAt: Date;
}

/** What a seller's consent answers. */
export interface Grant extends FreshToken {
	sellerId: string; // "" where the platform does not tell
	sellerName: string;
}

export interface Tokens {
	leadMs: number; // renewed so long before its end
	/** Can the token be renewed without a person? */
	renewable(shop: ShopAccess): boolean;
	refresh(): Steps<FreshToken>;
	/** Absent where the app's own key is all it takes. `redirectUri` gets `code` and `state` back. */
	authorizeUrl?(shop: ShopAccess, redirectUri: string, state: string): string;
	exchange?(code: string, redirectUri: string): Steps<Grant>;
}

export interface PlatformAdapter {
	name: PlatformName;
	/** Calls a second of one app and shop: by `Step.method`, and for those not named. Below what the platform allows. */
	rates: { usual: number; methods: Readonly<Record<string, number>> };
	orders: Documents<PlatformOrder>;
	aftersales: Documents<PlatformAftersale>;
	products: Documents<PlatformProduct>;
	shipping: Shipping;
	tokens: Tokens;
	decisions: Decisions;
	remark?(remark: Remark): Steps<void>;
	setStock?(level: StockLevel): Steps<void>;
	/** `raw` is the order's document as it is now. */
	reveal?(raw: RawRecord, purpose: RevealPurpose): Steps<PlainReceiver>;
	waybills?: WaybillDriver;
	hook?: HookDriver; // the platform calls the hub
	socket?: SocketDriver; // the hub listens at the platform's message server
}
