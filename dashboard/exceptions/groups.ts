/** 异常中心: everything that waits for a person, by its kind, the most urgent first. */
import type { HoldReason } from "../../services/order/order.ts";
import type { Colour } from "../colours.ts";
import type { Words } from "../language.ts";
import type { RemedyName } from "./remedies.ts";

export const groupNames = [
	"shop-stopped",
	"recall",
	"REFUND_APPLIED",
	"ship-failed",
	"push-doubtful",
	"push-rejected",
	"push-parked",
	"flow-parked",
	"ADDRESS_CHANGED",
	"CHANGED_AFTER_PUSH",
	"SKU_UNMATCHED",
	"RISK",
	"NO_RECEIVER",
	"MANUAL",
	"ship-waiting",
	"gap",
	"record-parked",
	"stray",
	"flow-raised",
	"shop-expiring",
	"channel",
	"PRESALE_BALANCE",
] as const;
export type GroupName = (typeof groupNames)[number];

export interface Group {
	title: Words;
	help: Words; // what it means, and what to do
	colour: Colour;
	icon: string; // of Material Design Icons
	remedies: readonly RemedyName[]; // the first is the row's own
	hold?: HoldReason; // its rows are read from the held orders
}

const held = (hold: HoldReason, more: Omit<Group, "hold">): Group => ({ ...more, hold });

export const groups: Readonly<Record<GroupName, Group>> = {
	"shop-stopped": {
		title: ["店铺授权失效", "Shops not authorised"],
		help: [
			"不再拉单和发货。请店主重新授权。",
			"Nothing is pulled or shipped. Let the seller authorise the shop again.",
		],
		colour: "red",
		icon: "storefront-remove-outline",
		remedies: ["seeShop"],
	},
	recall: {
		title: ["ERP 未撤回", "Not given back by the ERP"],
		help: [
			"订单已退款、关闭或改址，但 ERP 尚未撤回单据，货可能发出。请在 ERP 里拦下。",
			"These were refunded, closed or changed, and the ERP still has them: the goods may leave. Stop them in the ERP.",
		],
		colour: "red",
		icon: "undo-variant",
		remedies: ["seeOrder"],
	},
	REFUND_APPLIED: held("REFUND_APPLIED", {
		title: ["退款拦截", "Held for a refund"],
		help: [
			"买家申请了退款，不会推送、打单和发货。在售后单里同意或拒绝；买家撤销后自动放行。",
			"The buyer asked for a refund: nothing is pushed, printed or shipped. Answer the after-sale; when the buyer takes it back the order goes on by itself.",
		],
		colour: "red",
		icon: "cash-refund",
		remedies: ["seeAftersale"],
	}),
	"ship-failed": {
		title: ["发货失败", "Shipping refused"],
		help: [
			"平台拒绝了发货。按原因处理后重试，或换快递公司再发。",
			"The platform refused the parcel. See to the reason and try again, or ship by another carrier.",
		],
		colour: "red",
		icon: "truck-remove-outline",
		remedies: ["retryShipment", "otherCarrier"],
	},
	"push-doubtful": {
		title: ["推送疑似", "Pushes in doubt"],
		help: [
			"推送后没有收到明确结果。先向 ERP 查证，避免重复建单。",
			"The ERP gave no clear answer. Ask it first, so that no document is made twice.",
		],
		colour: "purple",
		icon: "magnify",
		remedies: ["verifyPush", "retryPush"],
	},
	"push-rejected": {
		title: ["ERP 拒绝", "Refused by the ERP"],
		help: [
			"ERP 拒绝了单据。按原因改正（如补建货品）后重推。",
			"The ERP refused the document. Put right what it says, then push again.",
		],
		colour: "red",
		icon: "upload-off-outline",
		remedies: ["retryPush", "verifyPush"],
	},
	"push-parked": {
		title: ["推送搁置", "Pushes parked"],
		help: [
			"推送前被拦下（映射出错或人工搁置）。改正后重推。",
			"These were stopped before they were sent: a mapping failed, or somebody parked them. Put it right, then push again.",
		],
		colour: "orange",
		icon: "tray-alert",
		remedies: ["retryPush", "verifyPush"],
	},
	"flow-parked": {
		title: ["流程搁置", "Parked by a flow"],
		help: [
			"流程没能处理这些订单。改正流程或映射后重新推单。",
			"A flow could not handle these orders. Put the flow or its mapping right, then offer them again.",
		],
		colour: "orange",
		icon: "sitemap-outline",
		remedies: ["repush"],
	},
	ADDRESS_CHANGED: held("ADDRESS_CHANGED", {
		title: ["推送后改地址", "Address changed after push"],
		help: [
			"ERP 里可能还是旧地址。与 ERP 核对后放行。",
			"The ERP may still have the old address. Compare, then release.",
		],
		colour: "orange",
		icon: "map-marker-alert-outline",
		remedies: ["release"],
	}),
	CHANGED_AFTER_PUSH: held("CHANGED_AFTER_PUSH", {
		title: ["推送后有变更", "Changed after push"],
		help: [
			"商品或数量在推送后变了。与 ERP 核对后放行。",
			"Goods or pieces changed after the push. Compare with the ERP, then release.",
		],
		colour: "orange",
		icon: "file-compare",
		remedies: ["release"],
	}),
	SKU_UNMATCHED: held("SKU_UNMATCHED", {
		title: ["SKU 未匹配", "SKU unmatched"],
		help: [
			"平台 SKU 在 ERP 里没有对应。关联后，同样的订单会一起放行。",
			"The ERP has nothing for this SKU. Link it: all orders that wait for it go on.",
		],
		colour: "orange",
		icon: "link-off",
		remedies: ["linkSku", "rematch"],
	}),
	RISK: held("RISK", {
		title: ["风险订单", "Risk"],
		help: ["平台或规则认为有风险。核实后放行。", "The platform or a rule sees a risk. Look into it, then release."],
		colour: "red",
		icon: "shield-alert-outline",
		remedies: ["release"],
	}),
	NO_RECEIVER: held("NO_RECEIVER", {
		title: ["无收件人", "No receiver"],
		help: [
			"平台没有给出可用的收件信息，补全后自动放行。长时间不变请检查店铺的解密权限。",
			"The platform gave no usable receiver; the order goes on when it does. If that takes long, look at the shop's permission to decrypt.",
		],
		colour: "orange",
		icon: "account-question-outline",
		remedies: ["seeOrder"],
	}),
	MANUAL: held("MANUAL", {
		title: ["人工或规则拦截", "Held by hand or a rule"],
		help: ["有人或审单规则拦下了订单。核对后放行。", "A person or a rule stopped the order. Look at it, then release."],
		colour: "orange",
		icon: "hand-back-left-outline",
		remedies: ["release"],
	}),
	"ship-waiting": {
		title: ["包裹待放行", "Parcels waiting"],
		help: [
			"包裹在等流程放行，已等待很久或临近发货时限。可直接告知平台。",
			"A flow should let the parcel go, and has not for long, or its deadline is near. It can be told to the platform now.",
		],
		colour: "orange",
		icon: "package-variant-closed",
		remedies: ["sendParcel"],
	},
	gap: {
		title: ["拉取缺口", "Gaps of the pull"],
		help: [
			"有时间段没有读全，可能漏单。集成中心会自动补拉；反复失败请看店铺页的原因。",
			"Some time was not read whole, and orders may be missing. It is read again by itself; if that fails, see the shop's page.",
		],
		colour: "orange",
		icon: "timeline-alert-outline",
		remedies: ["pullAgain"],
	},
	"record-parked": {
		title: ["单据与消息搁置", "Records and messages parked"],
		help: [
			"有平台单据无法读取，或有消息处理失败。改正后重放。",
			"A platform's record could not be taken, or a message not handled. Put the cause right, then replay.",
		],
		colour: "orange",
		icon: "tray-full",
		remedies: ["replayParked"],
	},
	stray: {
		title: ["无主包裹", "Parcels without an order"],
		help: [
			"ERP 已发货，但没有订单能接收。原因消除后自动重试（如补上快递公司、订单到达）。",
			"The ERP shipped it, and no order can take it. It is tried again by itself, and goes when its cause goes.",
		],
		colour: "orange",
		icon: "package-variant-remove",
		remedies: [],
	},
	"flow-raised": {
		title: ["流程告警", "Raised by flows"],
		help: ["流程里的告警。处理后结束。", "An alert of a flow. See to it, then settle it."],
		colour: "orange",
		icon: "bell-alert-outline",
		remedies: ["settle"],
	},
	"shop-expiring": {
		title: ["授权将到期", "Authorisation ends soon"],
		help: ["到期后停止拉单和发货。请提前重新授权。", "Then nothing is pulled or shipped. Authorise the shop before."],
		colour: "orange",
		icon: "clock-alert-outline",
		remedies: ["seeShop"],
	},
	channel: {
		title: ["告警渠道失败", "Alert channels failing"],
		help: [
			"告警没有送达。请管理员在系统页检查渠道。",
			"Alerts do not arrive. An administrator should look at the channel on the system page.",
		],
		colour: "orange",
		icon: "message-alert-outline",
		remedies: [],
	},
	PRESALE_BALANCE: held("PRESALE_BALANCE", {
		title: ["待付尾款", "Balance due"],
		help: [
			"预售尾款付清后自动放行，无需处理。",
			"The order goes on when the buyer has paid the balance. Nothing is to be done.",
		],
		colour: "grey",
		icon: "cash-clock",
		remedies: ["seeOrder"],
	}),
};
