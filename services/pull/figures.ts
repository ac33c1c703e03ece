import { counted, type Figure, figure } from "../../mixins/figure.ts";
import { CursorModel, WindowModel, type WindowState } from "./pull.model.ts";

const unread: WindowState[] = ["OPEN", "GAP", "FAILED"];

export async function pullFigures(now: Date): Promise<Figure[]> {
	const cursors = await CursorModel.find({}, { shopId: 1, kind: 1, list: 1, at: 1 }).limit(2_000).lean();
	const windows = await WindowModel.aggregate([
		{ $match: { state: { $in: unread } } },
		{ $group: { _id: { state: "$state", kind: "$kind" }, count: { $sum: 1 } } },
	]);
	return [
		figure(
			"hub_pull_lag_seconds",
			"How far behind the platform's clock a list of a shop has been read",
			cursors.map(({ shopId: shop, kind, list, at }) => ({
				labels: { shop, kind, list },
				value: Math.max(0, (now.getTime() - at.getTime()) / 1_000),
			})),
		),
		figure("hub_pull_windows", "Windows of the pull ledger that are not read, by state", counted(windows)),
	];
}
