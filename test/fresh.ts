import { randomBytes } from "node:crypto";
import { type Db, MongoClient } from "mongodb";
import { inject } from "vitest";

/** The URL of one database of a server: the path part replaced, the options kept. */
export function databaseUrl(serverUrl: string, name: string): string {
	const [, server, query = ""] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*(\?.*)?$/.exec(serverUrl) ?? [];
	if (!server) throw new Error("the store's URL is not a MongoDB URL");
	return `${server}/${name}${query}`;
}

export interface FreshDatabase {
	url: string;
	name: string;
	client: MongoClient;
	db: Db;
	drop(): Promise<void>; // and disconnects
}

/** A database of a new name on the store under test. Drop it in `afterAll`. */
export async function freshDatabase(): Promise<FreshDatabase> {
	const name = `fresh_${randomBytes(6).toString("hex")}`;
	const url = databaseUrl(inject("mongoUrl"), name);
	const client = await MongoClient.connect(url);
	const db = client.db(name);
	const drop = async (): Promise<void> => {
		await db.dropDatabase();
		await client.close();
	};
	return { url, name, client, db, drop };
}
