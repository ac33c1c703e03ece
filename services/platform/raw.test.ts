import type { ServiceBroker } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ownsModels } from "../../mixins/database.ts";
import { startBroker } from "../../test/broker.ts";
import { keepRaw, rawModels } from "./raw.ts";

const models = rawModels("test", "orders");
let broker: ServiceBroker;

const at = (second: number): Date => new Date(1_700_000_000_000 + second * 1_000);
const keep = (state: string, modified: number, fetched: number) =>
	keepRaw(models, {
		shopId: "s1",
		id: "1",
		modifiedAt: at(modified),
		fetchedAt: at(fetched),
		raw: { state, $odd: { "a.b": 1 } },
	});
const current = async () => JSON.parse((await models.current.findById("s1:1").lean())?.document ?? "null").state;
const versions = async () =>
	(await models.versions.find().sort({ modifiedAt: 1 }).lean()).map(({ document }) => JSON.parse(document).state);

beforeAll(async () => {
	broker = await startBroker({ name: "raw-owner", mixins: [ownsModels(models.current, models.versions)] });
});
afterEach(async () => {
	await models.current.deleteMany({});
	await models.versions.deleteMany({});
});
afterAll(() => broker?.stop());

describe("raw documents", () => {
	it("are kept as they came, whatever their keys", async () => {
		await keep("first", 1, 5);
		const { document, ...rest } = (await models.current.findById("s1:1").lean()) ?? {};
		expect(document).toBe('{"state":"first","$odd":{"a.b":1}}');
		expect(rest).toMatchObject({ shopId: "s1", id: "1", modifiedAt: at(1), fetchedAt: at(5) });
	});

	it("move aside for a newer version", async () => {
		await keep("first", 1, 5);
		await keep("second", 2, 6);
		await keep("third", 2, 7); // the same second, read later
		expect(await current()).toBe("third");
		expect(await versions()).toEqual(["first", "second"]);
	});

	it("do not give way to an older version, and stay when the same comes again", async () => {
		await keep("second", 2, 6);
		await keep("first", 1, 7);
		await keep("second", 2, 8);
		expect(await current()).toBe("second");
		expect(await versions()).toEqual([]);
		expect((await models.current.findById("s1:1").lean())?.fetchedAt).toEqual(at(8));
	});

	it("end with the newest when many are kept at once", async () => {
		await Promise.all(Array.from({ length: 12 }, (_, n) => keep(`v${n}`, n, n)));
		expect(await current()).toBe("v11");
	});
});
