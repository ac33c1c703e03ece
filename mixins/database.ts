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

/** Waits for a store that is not there yet, and says so. */
async function open(logger: Service["logger"]): Promise<void> {
	const url = env.mongoUrl;
	if (!url) throw new Error("MONGO_URL is not set: start through `npm start` or `npm run serve`");
	for (;;) {
		try {
			await connection.openUri(url, {
				autoIndex: false,
				autoCreate: false,
				serverSelectionTimeoutMS: 5_000,
				socketTimeoutMS: 30_000,
				maxPoolSize: 40,
			});
			return;
		} catch (err) {
			if (outageOf(err) !== "STORE_UNAVAILABLE") throw err;
			logger.warn("waiting for the store", { reason: (err as Error).message });
			await pause(1_000);
		}
	}
}

/** For a service that owns collections: opens the connection with the first such service, closes it with the last. */
export const usesDatabase: Partial<ServiceSchema> = {
	async started() {
		users += 1;
		opening ??= open(this.logger);
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
				await model.createCollection();
				await model.ensureIndexes();
			}
		},
	};
}
