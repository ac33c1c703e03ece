import type { ShipmentView } from "../../shipment/desk.ts";
import { source, time, word } from "./column.ts";
import { shipmentStates } from "./words.ts";

export const shipments = source<ShipmentView, ShipmentView>(
	"shipment.list",
	{
		platform: { zh: "平台", en: "Platform", cell: ({ platform }) => platform },
		shopId: { zh: "店铺", en: "Shop", cell: ({ shopId }) => shopId },
		orderNo: { zh: "订单号", en: "Order no", cell: ({ orderNo }) => orderNo },
		carrier: { zh: "快递公司", en: "Carrier", cell: ({ carrier }) => carrier },
		trackingNo: { zh: "运单号", en: "Tracking number", cell: ({ trackingNo }) => trackingNo },
		state: { zh: "状态", en: "State", cell: ({ state }, language) => word(shipmentStates, state, language) },
		reason: { zh: "说明", en: "Reason", cell: ({ reason }) => reason },
		shipDeadline: { zh: "发货截止", en: "Ship by", cell: ({ shipDeadline }) => time(shipDeadline) },
		by: { zh: "操作者", en: "By", cell: ({ by }) => by },
		createdAt: { zh: "登记时间", en: "Told at", cell: ({ createdAt }) => time(createdAt) },
		updatedAt: { zh: "更新时间", en: "Updated at", cell: ({ updatedAt }) => time(updatedAt) },
	},
	(shipment) => [shipment],
);
