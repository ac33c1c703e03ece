/** Before each test file: its own database and keys, set before config/env.ts is read. The database goes afterwards. */
import { randomBytes } from "node:crypto";
import { MongoClient } from "mongodb";
import { afterAll, inject } from "vitest";
import { databaseUrl } from "./fresh.ts";

const name = `hub_${randomBytes(6).toString("hex")}`;
const url = databaseUrl(inject("mongoUrl"), name);

process.env.MONGO_URL = url;
process.env.HUB_MASTER_KEY = randomBytes(32).toString("base64");
process.env.HUB_LOG_LEVEL = "fatal";
for (const port of ["HUB_HTTP_PORT", "HUB_EDITOR_PORT", "HUB_SANDBOX_PORT"]) process.env[port] = "0";
process.env.HUB_EGRESS_ALLOW = "127.0.0.1,::1"; // simulators
delete process.env.NATS_URL;
delete process.env.HUB_SERVICES;

afterAll(async () => {
	const client = await MongoClient.connect(url);
	await client.db(name).dropDatabase();
	await client.close();
});
