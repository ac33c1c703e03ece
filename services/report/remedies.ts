/** What is wrong, and what a person does about it, in both languages. */
import type { TroubleState } from "./troubles.ts";

export interface Words {
	zh: string;
	en: string;
}

export interface Remedy {
	what: Words;
	remedy: Words;
}

const row = (what: [zh: string, en: string], remedy: [zh: string, en: string]): Remedy => ({
	what: { zh: what[0], en: what[1] },
	remedy: { zh: remedy[0], en: remedy[1] },
});

export const remedies: Readonly<Record<TroubleState, Remedy>> = {
	TOKEN_EXPIRED: row(
		["授权已失效，店铺停止拉单", "The authorisation has ended: the shop is not pulled"],
		["请卖家重新授权，或填写新的密钥", "Have the seller authorise the app again, or enter new keys"],
	),
	DISABLED: row(
		["店铺已停用", "The shop is switched off"],
		["需要时在店铺页启用", "Switch it on under shops when it is wanted again"],
	),
	"shop.token-expiring": row(
		["授权即将到期", "The authorisation ends soon"],
		["在到期前请卖家重新授权", "Have the seller authorise the app again before that"],
	),
	"window.gap": row(
		["拉取有缺口", "A stretch of time was not read"],
		[
			"中枢会自动补拉；长时间未补上时手工补拉该时段",
			"The hub reads it again by itself; if it stays, pull that range by hand",
		],
	),
	"window.failed": row(
		["拉取多次失败", "Reading failed several times"],
		["按原因处理平台的问题后补拉该时段", "See to what the platform says, then pull that range"],
	),
	"pull.behind": row(
		["拉取落后", "The pull is behind"],
		[
			"检查平台状态、网络与限流；恢复后会自动追上",
			"Check the platform, the network and its limits; it catches up by itself",
		],
	),
	REJECTED: row(
		["ERP 拒绝了单据", "The ERP refused a document"],
		["按 ERP 的原因改正后重发", "Correct what the ERP names, then send it again"],
	),
	IN_DOUBT: row(
		["ERP 是否收到未知", "The ERP may or may not have it"],
		["中枢会向 ERP 查证；也可立即查证", "The hub asks the ERP; you may have it asked now"],
	),
	PARKED: row(
		["单据被搁置", "A document was held back"],
		["查看原因，改正映射或流程后重推", "Read the reason, correct the mapping or the flow, then push again"],
	),
	"recall.waiting": row(
		["等待 ERP 拦截", "An ERP has not given an order back"],
		["到 ERP 确认订单未发出，并检查撤单流程", "See in the ERP that it does not leave, and check the recall flow"],
	),
	SHIP_FAILED: row(
		["发货回传失败", "The platform refused a parcel"],
		["按平台的原因改正后重新回传", "Correct what the platform names, then tell it again"],
	),
	"shipment.waiting": row(
		["包裹等待回传", "A parcel waits to be told of"],
		["检查发货流程，或手工回传", "Check the shipping flow, or let the parcel go by hand"],
	),
	"flow.raised": row(
		["流程告警", "A flow raised an alert"],
		["按流程的说明处理，然后结束告警", "Do what the flow says, then settle the alert"],
	),
	"parcel.stray": row(
		["无主包裹", "A parcel that no order takes"],
		["核对单号与快递公司；订单到达后会自动匹配", "Check its number and carrier; it is tried again by itself"],
	),
	"record.parked": row(
		["平台记录无法读取", "A record could not be taken"],
		["查看原因；改正后在死信中重试", "Read the reason; try it again among the parked ones"],
	),
	"delivery.parked": row(
		["事件无法处理", "An event could not be handled"],
		["改正流程后在死信中重放", "Correct the flow, then replay it among the parked ones"],
	),
	"channel.failed": row(
		["告警渠道发送失败", "An alert channel does not work"],
		["检查渠道的地址与密钥并发送测试", "Check its address and secret, and send a test"],
	),
};
