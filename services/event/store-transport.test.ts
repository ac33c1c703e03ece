import { afterAll, beforeAll } from "vitest";
import { env } from "../../config/env.ts";
import { database } from "../../mixins/database.ts";
import { ConsumerModel, EventModel } from "./event.model.ts";
import { StoreTransport } from "./store-transport.ts";
import { transportContract } from "./transport.contract.ts";

beforeAll(async () => {
	await database.openUri(env.mongoUrl as string);
	for (const model of [EventModel, ConsumerModel]) await model.ensureIndexes();
});
afterAll(() => database.close());

transportContract("the store", () => new StoreTransport());
