import { counted, type Figure, figure } from "../../mixins/figure.ts";
import { AlertModel } from "./alert.model.ts";

export async function alertFigures(): Promise<Figure[]> {
	const rows = await AlertModel.aggregate([
		{ $match: { state: "OPEN" } },
		{ $group: { _id: { kind: "$kind", level: "$level" }, count: { $sum: 1 } } },
	]);
	return [figure("hub_alerts_open", "Alerts that are open, by kind", counted(rows))];
}
