import { type Channel, ChannelModel } from "./channel.model.ts";

export type FailingChannel = Pick<Channel, "_id" | "name" | "reason">;

/** Once or twice is a passing matter. */
const failures = 3;

export const failingChannels = (): Promise<FailingChannel[]> =>
	ChannelModel.find({ status: "ACTIVE", failures: { $gte: failures } }, { name: 1, reason: 1 })
		.limit(200)
		.lean<FailingChannel[]>();
