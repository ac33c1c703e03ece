import type { PushRow } from "../../erp/push-desk.ts";
import { source, time, word } from "./column.ts";
import { pushKinds, pushStates } from "./words.ts";

export const pushes = source<PushRow, PushRow>(
	"erp.list",
	{
		connectionId: { zh: "ERP 连接", en: "ERP connection", cell: ({ connectionId }) => connectionId },
		kind: { zh: "单据类型", en: "Kind", cell: ({ kind }, language) => word(pushKinds, kind, language) },
		shopId: { zh: "店铺", en: "Shop", cell: ({ shopId }) => shopId },
		orderNo: { zh: "订单号", en: "Order no", cell: ({ orderNo }) => orderNo },
		number: { zh: "推送单号", en: "Our number", cell: ({ number }) => number },
		docNo: { zh: "ERP 单号", en: "ERP document", cell: ({ docNo }) => docNo },
		state: { zh: "状态", en: "State", cell: ({ state }, language) => word(pushStates, state, language) },
		reason: { zh: "说明", en: "Reason", cell: ({ reason }) => reason },
		sends: { zh: "发送次数", en: "Sends", cell: ({ sends }) => sends },
		createdAt: { zh: "创建时间", en: "Created at", cell: ({ createdAt }) => time(createdAt) },
		updatedAt: { zh: "更新时间", en: "Updated at", cell: ({ updatedAt }) => time(updatedAt) },
	},
	(push) => [push],
);
