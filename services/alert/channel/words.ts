import type { AlertKind } from "../alert.model.ts";
import type { ChannelLanguage } from "./channel.model.ts";

interface Words {
	levels: Readonly<Record<"critical" | "warning", string>>;
	over: string;
	kinds: Readonly<Record<AlertKind, string>>;
	digest(raised: number, over: number): string;
	more(count: number): string;
	times(count: number): string;
	test: { title: string; line: string };
}

/** What channels say. Every title begins with OrderHub, which a robot may be told to ask for (自定义关键词). */
export const wordsOf: Readonly<Record<ChannelLanguage, Words>> = {
	"zh-CN": {
		levels: { critical: "严重", warning: "警告" },
		over: "已恢复",
		kinds: {
			"shop.token-expired": "店铺授权已失效",
			"shop.token-expiring": "店铺授权将到期",
			"pull.behind": "拉取滞后",
			"window.failed": "拉取失败",
			"window.gap": "数据缺口",
			"recall.refused": "ERP 拒绝撤回",
			"recall.waiting": "待 ERP 撤回",
			"shipment.waiting": "包裹待放行",
			"parcel.stray": "包裹无单可归",
			"record.parked": "数据未收录",
			"delivery.parked": "事件已搁置",
			"channel.failed": "告警渠道不可用",
			"flow.raised": "流程告警",
		},
		digest: (raised, over) => `OrderHub：${raised} 条告警，${over} 条已恢复`,
		more: (count) => `另有 ${count} 条，请查看工作台`,
		times: (count) => `（${count} 次）`,
		test: { title: "OrderHub：测试消息", line: "此告警渠道可以正常使用" },
	},
	"en-US": {
		levels: { critical: "critical", warning: "warning" },
		over: "over",
		kinds: {
			"shop.token-expired": "a shop's authorisation has ended",
			"shop.token-expiring": "a shop's authorisation is ending",
			"pull.behind": "pulling is behind",
			"window.failed": "a pull failed",
			"window.gap": "a gap in the data",
			"recall.refused": "the ERP will not give an order back",
			"recall.waiting": "the ERP still has an order",
			"shipment.waiting": "a parcel waits for a flow",
			"parcel.stray": "a parcel without an order",
			"record.parked": "a record was not taken",
			"delivery.parked": "an event was parked",
			"channel.failed": "an alert channel does not work",
			"flow.raised": "an alert of a flow",
		},
		digest: (raised, over) => `OrderHub: ${raised} alerts, ${over} over`,
		more: (count) => `and ${count} more: see the dashboard`,
		times: (count) => ` (${count} times)`,
		test: { title: "OrderHub: a test", line: "This alert channel works" },
	},
};
