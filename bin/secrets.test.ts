import { randomBytes } from "node:crypto";
import { once } from "node:events";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { env } from "../config/env.ts";
import { decrypt, encrypt, isCurrent } from "../mixins/secret.ts";
import { platformOrder } from "../services/order/order.sample.ts";
import { type FreshDatabase, freshDatabase } from "../test/fresh.ts";
import { type Running, start } from "../test/processes.ts";

const root = path.resolve(import.meta.dirname, "..");
const oldKey = randomBytes(32);
const newKey = randomBytes(32);
const password = "a long password";
const shops = 1_000; // five pages
const services = "user,client,account,audit,secret,shop,connection,order,alert,event,api";

/** A hub that runs, as processes, over a store of its own. */
describe("hub secrets rotate", () => {
	let database: FreshDatabase;
	let hub: Running;

	async function startHub(keys: Record<string, string>): Promise<void> {
		hub = await start(process.execPath, [path.join(root, "bin/host.ts")], /^host (.*)$/, {
			env: { HUB_SERVICES: services, HUB_ADMIN_PASSWORD: password, MONGO_URL: database.url, ...keys },
			timeoutMs: 60_000,
		});
	}
	const bothKeys = { HUB_MASTER_KEY: newKey.toString("base64"), HUB_MASTER_KEY_OLD: oldKey.toString("base64") };
	const url = () => (JSON.parse(hub.said) as { api: string }).api;
	/** The command, until a line of its output, or its end. */
	const command = (until: RegExp, args: readonly string[] = ["rotate"]) =>
		start(process.execPath, [path.join(root, "bin/hub.ts"), "secrets", ...args], until, {
			env: { HUB_URL: url(), HUB_USER: "admin", HUB_PASSWORD: password },
			timeoutMs: 60_000,
		});
	const ended = async ({ child }: Running): Promise<number | null> => {
		if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
		return child.exitCode;
	};
	const signedIn = async (): Promise<string> => {
		const body = JSON.stringify({ username: "admin", password });
		const headers = { "content-type": "application/json" };
		const answer = await fetch(`${url()}/api/v1/auth/login`, { method: "POST", headers, body });
		return ((await answer.json()) as { token: string }).token;
	};
	const me = async (token: string): Promise<number> =>
		(await fetch(`${url()}/api/v1/auth/me`, { headers: { authorization: `Bearer ${token}` } })).status;

	const stored = async (): Promise<{ owner: string; purpose: string; sealed: string }[]> => {
		const of = async (collection: string, purpose: string, pick: (document: never) => string[]) => {
			const documents = await database.db.collection<{ _id: string }>(collection).find().toArray();
			return documents.flatMap((document) =>
				pick(document as never).map((sealed) => ({ owner: document._id, purpose, sealed })),
			);
		};
		const all = await Promise.all([
			of("shops", "shop", ({ app, token }: never) => [(app as { secret: string }).secret, (token as Token).access]),
			of("connections", "connection", ({ secrets }: never) => Object.values(secrets)),
			of("orders", "manual-receiver", ({ platform, receiver }: Seen) =>
				platform === "manual" ? [receiver.cipher] : [],
			),
			of("signing_keys", "signing-key", ({ sealed }: { sealed: string }) => [sealed]),
			of("audit_keys", "audit-chain", ({ sealed }: { sealed: string }) => [sealed]),
		]);
		return all.flat();
	};
	type Token = { access: string };
	type Seen = { platform: string; receiver: { cipher: string } };

	beforeAll(async () => {
		database = await freshDatabase();
		await startHub({ HUB_MASTER_KEY: bothKeys.HUB_MASTER_KEY_OLD });
		env.masterKey = oldKey;
		const seal = (purpose: string, owner: string) => encrypt(purpose, owner, `secret of ${owner}`);
		const ids = Array.from({ length: shops }, (_, at) => `shop-${String(at).padStart(4, "0")}`);
		await database.db.collection<{ _id: string }>("shops").insertMany(
			ids.map((_id) => ({
				_id,
				platform: "taobao",
				sellerId: _id,
				app: { key: "k", secret: seal("shop", _id), signSecret: "" },
				token: { access: seal("shop", _id), refresh: "" },
			})),
		);
		await database.db
			.collection<{ _id: string; secrets: object }>("connections")
			.insertOne({ _id: "erp", secrets: { one: seal("connection", "erp"), two: seal("connection", "erp") } });
		const orders = ["manual", "taobao"].map((platform) => {
			const order = platformOrder({ platform });
			const _id = `${platform}:s:${order.orderNo}`;
			const cipher = platform === "manual" ? seal("manual-receiver", _id) : "the platform's own";
			return { ...order, _id, receiver: { ...order.receiver, cipher, phoneTail: "under the old key" } };
		});
		await database.db.collection<{ _id: string }>("orders").insertMany(orders);
	});
	afterAll(async () => {
		await hub.stop();
		await database.drop();
	});

	it("leaves nothing of the old key after kill -9 of the hub and of itself in the middle, and signs nobody out", async () => {
		const before = await signedIn();
		await hub.stop();
		await startHub(bothKeys);
		expect(await me(before)).toBe(200);

		const first = await command(/^shop: 400 looked at/);
		await hub.stop("SIGKILL");
		expect(await ended(first)).toBe(1);
		env.masterKey = newKey;
		const half = (await stored()).map(({ sealed }) => isCurrent(sealed));
		expect([half.includes(true), half.includes(false)]).toEqual([true, true]);

		await startHub(bothKeys);
		const second = await command(/^shop: 600 looked at/);
		await second.stop("SIGKILL");
		const last = await command(/^(\d+ changed, \d+ of another key left)/);
		expect(last.said).toMatch(/^\d+ changed, 0 of another key left$/);
		expect(await ended(last)).toBe(0);

		// The new key alone.
		env.masterKeyOld = null;
		const all = await stored();
		expect(all).toHaveLength(2 * shops + 2 + 1 + 1 + 1);
		for (const { owner, purpose, sealed } of all) {
			expect(isCurrent(sealed)).toBe(true);
			const plain = decrypt(purpose, owner, sealed);
			if (!["signing-key", "audit-chain"].includes(purpose)) expect(plain).toBe(`secret of ${owner}`);
		}
		await hub.stop();
		await startHub({ HUB_MASTER_KEY: bothKeys.HUB_MASTER_KEY });
		expect(await me(before)).toBe(200);
	}, 120_000);

	it("keeps orders to be found by the last digits of the phone, and leaves what platforms encrypted alone", async () => {
		const [order] = await database.db
			.collection<{ _id: string; receiver: { cipher: string; phoneTail: string } }>("orders")
			.find({ platform: "taobao" })
			.toArray();
		expect(order?.receiver).toMatchObject({
			cipher: "the platform's own",
			phoneTail: expect.stringMatching(/^.{43}$/),
		});
		const headers = { authorization: `Bearer ${await signedIn()}` };
		const found = await fetch(`${url()}/api/v1/orders?phoneTail=1234`, { headers });
		expect(((await found.json()) as { items: { _id: string }[] }).items.map(({ _id }) => _id)).toContain(order?._id);
	});

	it("names what no key opens, and says that something is left", async () => {
		env.masterKey = randomBytes(32);
		const lost = { "app.secret": encrypt("shop", "shop-0007", "x") };
		await database.db.collection<{ _id: string }>("shops").updateOne({ _id: "shop-0007" }, { $set: lost });
		const run = await command(/^0 changed, 1 of another key left/);
		expect(run.output()).toContain("shop: 1 left; no key opens shop-0007");
		expect(await ended(run)).toBe(1);
	});

	it("says how it is used", async () => {
		const run = await command(/usage: hub secrets rotate/, ["destroy"]);
		expect(await ended(run)).toBe(2);
	});
});
