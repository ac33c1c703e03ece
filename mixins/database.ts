/** One mongoose connection for all services of a process. */

import type { ServiceSchema } from "moleculer";
import mongoose, { type Connection } from "mongoose";
import { env } from "../config/env.ts";

const connection: Connection = mongoose.createConnection();
let users = 0;

/** For `connection.model(...)`: models may be made before the connection opens. */
export const database: Connection = connection;

/** For a service that owns collections: opens the connection with the first such service, closes it with the last. */
export const usesDatabase: Partial<ServiceSchema> = {
	async started() {
		users += 1;
		if (users > 1) return void (await connection.asPromise());
		if (!env.mongoUrl) throw new Error("MONGO_URL is not set: start through `npm start` or `npm run serve`");
		await connection.openUri(env.mongoUrl, {
			autoIndex: false,
			autoCreate: false,
			serverSelectionTimeoutMS: 5_000,
			socketTimeoutMS: 30_000,
			maxPoolSize: 40,
		});
	},
	async stopped() {
		users -= 1;
		if (users === 0) await connection.close();
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
