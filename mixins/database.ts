/** One mongoose connection for all services of a process. */

import { setTimeout as pause } from "node:timers/promises";
import type { Service, ServiceSchema } from "moleculer";
import mongoose, { type Connection } from "mongoose";
import { env } from "../config/env.ts";
import { outageOf } from "../config/outage.ts";

const connection: Connection = mongoose.createConnection();
let users = 0;
let opening: Promise<void> | undefined;

/** For `connection.model(...)`: models may be made before the connection opens. */
export const database: Connection = connection;

/** Does what the start needs of the store; waits for one that is not there yet, and says so. */
async function whenStoreAnswers(logger: Service["logger"], work: () => Promise<unknown>): Promise<void> {
	for (;;) {
		try {
			await work();
			return;
		} catch (err) {
			if (outageOf(err) !== "STORE_UNAVAILABLE") throw err;
			logger.warn("waiting for the store", { reason: (err as Error).message });
			await pause(1_000);
		}
	}
}

function open(): Promise<unknown> {
	if (!env.mongoUrl) throw new Error("MONGO_URL is not set: start through `npm start` or `npm run serve`");
	return connection.openUri(env.mongoUrl, {
		autoIndex: false,
		autoCreate: false,
		serverSelectionTimeoutMS: 5_000,
		socketTimeoutMS: 30_000,
		maxPoolSize: 40,
	});
}

/** For a service that owns collections: opens the connection with the first such service, closes it with the last. */
const usesDatabase: Partial<ServiceSchema> = {
	async started() {
		users += 1;
		opening ??= whenStoreAnswers(this.logger, open);
		await opening;
	},
	async stopped() {
		users -= 1;
		if (users > 0) return;
		opening = undefined;
		await connection.close();
	},
};

/** Creates the indexes of a service's own models before it takes its first call. */
export function ownsModels(
	...models: { init(): Promise<unknown>; createCollection(): Promise<unknown>; ensureIndexes(): Promise<void> }[]
): Partial<ServiceSchema> {
	return {
		mixins: [usesDatabase as ServiceSchema],
		async started() {
			for (const model of models) {
				await whenStoreAnswers(this.logger, async () => {
					await model.createCollection();
					await model.ensureIndexes();
				});
			}
		},
	};
}
