import { counted, type Figure, figure } from "../../mixins/figure.ts";
import { ShipmentModel, type ShipmentState } from "./shipment.model.ts";

const notShipped: ShipmentState[] = ["WAITING", "PENDING", "SENDING", "FAILED", "HELD"];

export async function shipmentFigures(): Promise<Figure[]> {
	const rows = await ShipmentModel.aggregate([
		{ $match: { state: { $in: notShipped } } },
		{ $group: { _id: { state: "$state", platform: "$platform" }, count: { $sum: 1 } } },
	]);
	return [figure("hub_shipments", "Parcels that the platform has not been told of, by state", counted(rows))];
}
