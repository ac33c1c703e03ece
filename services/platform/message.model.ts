import { type Model, Schema } from "mongoose";
import { database } from "../../mixins/database.ts";

/** A message of a platform that was taken, kept so that the same one is known when it comes again. */
export interface SeenMessage {
	_id: string; // <shopId>:<the message's id>
	seenAt: Date;
}

/** Which process listens at the message server for an app, and until when that holds unless renewed. */
export interface SocketLease {
	_id: string; // app key and address
	by: string;
	until: Date;
}

export interface MessageModels {
	seen: Model<SeenMessage>;
	leases: Model<SocketLease>;
}

/** Longer than any platform takes a message of its own for a new one. */
export const rememberMs = 60 * 24 * 3_600_000;

const needed = { type: String, required: true };
const date = { type: Date, required: true };
const options = { strict: "throw", versionKey: false } as const;

/** Collections `messages_<platform>` and `message_leases_<platform>`. */
export function messageModels(platform: string): MessageModels {
	const seen = new Schema<SeenMessage>({ _id: needed, seenAt: date }, options);
	seen.index({ seenAt: 1 }, { expireAfterSeconds: rememberMs / 1_000 });
	const leases = new Schema<SocketLease>({ _id: needed, by: needed, until: date }, options);
	return {
		seen: database.model<SeenMessage>(`messages_${platform}`, seen, `messages_${platform}`),
		leases: database.model<SocketLease>(`message_leases_${platform}`, leases, `message_leases_${platform}`),
	};
}
