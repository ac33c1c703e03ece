import type { Aftersale, MarketOrder } from "../market-order.ts";
import { agreeRefund, agreeReturn, agreeToSend, refuse, shipExchange, shipResend } from "../seller-actions.ts";
import { ownAftersale } from "../shop-call.ts";
import { answered, type Call, checkOperator, type Method } from "./call.ts";
import { checkParcel, type Sent } from "./carriers.ts";
import { said } from "./envelope.ts";
import { JdRefusal } from "./errors.ts";
import { versionOf } from "./statuses.ts";

/** The first level of the tree of reasons, for agreeing and refusing alike. */
const reasons: readonly { code: string; name: string }[] = [
	{ code: "1001", name: "商品性能故障" },
	{ code: "1002", name: "商品缺件或与描述不符" },
	{ code: "1003", name: "商品已使用，影响二次销售" },
	{ code: "1004", name: "超出售后服务期限" },
	{ code: "1005", name: "其他" },
];

/** The seller's addresses; `full_area_id`: province, city, district, town. */
const addresses = [
	{ id: 881001, full_address: "广东深圳市南山区粤海街道科苑路15号B座1楼", full_area_id: "19-1607-3155-62117" },
	{ id: 881002, full_address: "浙江杭州市余杭区五常街道文一西路969号", full_area_id: "15-1213-3038-59931" },
];

type Act = (call: Call, order: MarketOrder, aftersale: Aftersale) => void;

/** A write on one service order, refused for a version that is no longer the newest. */
function action(act: Act): Method {
	return (call) =>
		answered("result", said.service, () => {
			checkOperator(call);
			const { args } = call;
			const found = ownAftersale(call, `S${args.id("serviceId")}`);
			if (found?.order.platformOrderId !== args.id("orderId")) throw new JdRefusal("4001", "服务单不存在");
			if (args.int("sysVersion", 0, 1e9) !== versionOf(found.aftersale)) {
				throw new JdRefusal("4002", "服务单版本号不正确，请重新获取");
			}
			act(call, found.order, found.aftersale);
		});
}

/** The goods go to an address given in full. Source: asc.audit.send. */
const send = action(({ args, market }, order, aftersale) => {
	for (const name of [
		"approveNotes",
		"returnContactName",
		"returnContactTel",
		"returnZipcode",
		"returnDetailAddress",
	]) {
		args.needed(name);
	}
	for (const name of ["returnProvince", "returnCity", "returnCounty"]) args.int(name, 1, 1e9);
	args.int("returnAddressType", 0, 99);
	args.ids("applyDetailIdList");
	reasonOf(args.needed("approveReasonCid1"));
	agreeReturn(market, order, aftersale);
});

const auditRefuse = action(({ args, market }, order, aftersale) => {
	reasonOf(args.needed("approveReasonCid1"));
	if (aftersale.status !== "APPLIED") throw new JdRefusal("4003", "当前状态不允许该操作");
	refuse(market, order, aftersale, args.needed("approveNotes"));
});

/** What was missing is sent, without anything coming back. Source: asc.audit.reissue. */
const reissue = action(({ args, market }, order, aftersale) => {
	args.needed("approveNotes");
	reasonOf(args.needed("approveReasonCid1"));
	shipResend(market, order, aftersale, parcelOf({ args }));
});

/** The goods are here: 京东 pays a return at once, an exchange or a repair goes on. Source: asc.receive.register. */
const register = action(({ args, market }, order, aftersale) => {
	for (const name of "packingState qualityState invoiceRecord judgmentReason accessoryOrGift appearanceState".split(
		" ",
	)) {
		args.int(name, 0, 999);
	}
	for (const name of ["receivePin", "receiveName", "receiveRemark"]) args.needed(name);
	if (aftersale.status !== "WAIT_SELLER_RECEIVE") throw new JdRefusal("4003", "当前状态不允许该操作");
	if (aftersale.type === "RETURN_REFUND") agreeRefund(market, order, aftersale);
	else agreeToSend(market, order, aftersale);
});

/** The goods came back, but not as they should. Source: asc.process.close. */
const close = action(({ args, market }, order, aftersale) => {
	reasonOf(args.needed("refuseReason"));
	if (aftersale.status !== "WAIT_SELLER_RECEIVE") throw new JdRefusal("4003", "当前状态不允许该操作");
	refuse(market, order, aftersale, args.text("refuseRemark") ?? args.needed("refuseReasonName"));
});

/** The seller sends the replacement itself, after the goods were registered. Source: asc.process.offline.change. */
const offlineChange = action(({ args, market }, order, aftersale) => {
	args.int("opFlag", 0, 9);
	args.needed("wareType");
	if (aftersale.status !== "WAIT_SELLER_SHIP") throw new JdRefusal("4003", "当前状态不允许该操作");
	shipExchange(market, order, aftersale, parcelOf({ args }));
});

function parcelOf({ args }: Pick<Call, "args">): Sent {
	args.needed("shipWayName");
	return checkParcel({ carrier: args.id("shipWayId"), trackingNo: args.needed("expressCode") });
}

function reasonOf(code: string): void {
	if (!reasons.some((reason) => reason.code === code)) throw new JdRefusal("4004", "原因不存在");
}

const reasonList: Method = (call) =>
	answered("result", said.service, () => {
		checkOperator(call);
		return { data: reasons.map((reason) => ({ ...reason, hasChild: false })) };
	});

/** 0: spare parts' warehouse, 1: the seller's own after-sales, 2: all. Source: vender.returnaddress.query. */
const returnAddresses: Method = ({ args, shop }) =>
	answered("returnAddressResult", said.snake, () => {
		const type = args.int("address_type", 0, 2);
		const rows = type === 0 ? [] : addresses;
		const contact = { contact: "售后部", phone: "0755-86000000", zip_code: "518000", address_type: 1 };
		return {
			total_count: rows.length,
			return_address_s: rows.map((row) => ({ ...row, ...contact, vender_id: shop.sellerId })),
		};
	});

export const serviceActionMethods: Readonly<Record<string, Method>> = {
	"jingdong.asc.audit.send": send,
	"jingdong.asc.audit.refuse": auditRefuse,
	"jingdong.asc.audit.reissue": reissue,
	"jingdong.asc.audit.reason.list": reasonList,
	"jingdong.asc.receive.register": register,
	"jingdong.asc.process.close": close,
	"jingdong.asc.process.offline.change": offlineChange,
	"jingdong.vender.returnaddress.query": returnAddresses,
};
