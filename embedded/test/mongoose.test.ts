/** What mongoose sends, and reads out of answers. Runs against any MongoDB (MONGO_URL). */
import mongoose, { Schema } from "mongoose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../test/fresh.ts";

interface Line {
	sku: string;
	quantity: number;
	shippedQty?: number;
}

interface Order {
	_id: string;
	platform: string;
	no: string;
	status: string;
	totalFen: number;
	placedAt: Date;
	lines: Line[];
	holds: { reason: string; at: Date }[];
	outbox: { id: string; subject: string }[];
	version: number;
}

const line = new Schema<Line>({ sku: String, quantity: Number, shippedQty: Number }, { _id: false });
const schema = new Schema<Order>(
	{
		_id: String,
		platform: { type: String, required: true },
		no: { type: String, required: true },
		status: { type: String, enum: ["WAIT_SHIP", "SHIPPED", "CLOSED"] },
		totalFen: { type: Number, validate: Number.isSafeInteger },
		placedAt: Date,
		lines: [line],
		holds: [{ _id: false, reason: String, at: Date }],
		outbox: [{ _id: false, id: String, subject: String }],
		version: { type: Number, default: 0 },
	},
	{ strict: "throw", timestamps: true, optimisticConcurrency: true },
);
schema.index({ platform: 1, no: 1 }, { unique: true });
schema.index({ "outbox.id": 1 }, { sparse: true });
schema.index({ status: 1, placedAt: -1 });

let database: FreshDatabase;
let connection: mongoose.Connection;
let OrderModel: mongoose.Model<Order>;

beforeAll(async () => {
	database = await freshDatabase();
	connection = await mongoose.createConnection(database.url).asPromise();
	OrderModel = connection.model<Order>("Order", schema);
	await OrderModel.init();
});
beforeEach(() => OrderModel.deleteMany({}));
afterAll(async () => {
	await connection.close();
	await database.drop();
});

const order = (no: string, more: Partial<Order> = {}): Partial<Order> => ({
	_id: `pdd:${no}`,
	platform: "pdd",
	no,
	status: "WAIT_SHIP",
	totalFen: 1990,
	placedAt: new Date("2026-01-02T03:04:05Z"),
	lines: [{ sku: "A", quantity: 2 }],
	...more,
});

describe("mongoose", () => {
	it("makes its collections and indexes, and finds them in sync", async () => {
		const { toCreate, toDrop } = await OrderModel.diffIndexes();
		expect([toCreate, toDrop]).toEqual([[], []]);
		expect(await OrderModel.syncIndexes()).toEqual([]);
	});

	it("saves, reads back and saves again", async () => {
		const created = await OrderModel.create(order("1"));
		created.lines.push({ sku: "B", quantity: 1 });
		created.status = "SHIPPED";
		await created.save();
		const read = await OrderModel.findById("pdd:1").orFail();
		expect(read.toObject()).toMatchObject({ status: "SHIPPED", lines: [{ sku: "A" }, { sku: "B" }], __v: 1 });
		expect(read.get("createdAt")).toBeInstanceOf(Date);
	});

	it("notices when somebody else saved in between", async () => {
		await OrderModel.create(order("1"));
		const [mine, theirs] = [await OrderModel.findById("pdd:1").orFail(), await OrderModel.findById("pdd:1").orFail()];
		theirs.totalFen = 1;
		await theirs.save();
		mine.totalFen = 2;
		await expect(mine.save()).rejects.toThrow(mongoose.Error.VersionError);
	});

	it("reports a duplicate key with the fields it is about", async () => {
		await OrderModel.create(order("1"));
		await expect(OrderModel.create({ ...order("1"), _id: "other" })).rejects.toMatchObject({
			code: 11000,
			keyValue: { platform: "pdd", no: "1" },
		});
	});

	it("upserts what is newer and loses against what is newer", async () => {
		const save = (totalFen: number, version: number) =>
			OrderModel.updateOne(
				{ _id: "pdd:7", platform: "pdd", no: "7", version: { $lte: version } },
				{ $set: { totalFen, version }, $push: { outbox: { id: `e${version}`, subject: "order.changed" } } },
				{ upsert: true, runValidators: true },
			);
		expect((await save(100, 2)).upsertedCount).toBe(1);
		expect((await save(200, 3)).modifiedCount).toBe(1);
		await expect(save(50, 1)).rejects.toMatchObject({ code: 11000 });
		expect(await OrderModel.findById("pdd:7").lean()).toMatchObject({
			totalFen: 200,
			outbox: [{ id: "e2" }, { id: "e3" }],
		});
	});

	it("relays and empties an outbox", async () => {
		await OrderModel.create(
			order("1", {
				outbox: [
					{ id: "a", subject: "s" },
					{ id: "b", subject: "s" },
				],
			}),
			order("2"),
		);
		const waiting = await OrderModel.find({ "outbox.id": { $exists: true } }).lean();
		expect(waiting.map(({ _id }) => _id)).toEqual(["pdd:1"]);
		await OrderModel.updateOne({ _id: "pdd:1" }, { $pull: { outbox: { id: "a" } } });
		await OrderModel.updateOne({ _id: "pdd:1" }, { $pull: { outbox: { id: { $in: ["b"] } } } });
		expect(await OrderModel.countDocuments({ "outbox.id": { $exists: true } })).toBe(0);
	});

	it("sets a hold once, and changes the line that matches", async () => {
		await OrderModel.create(
			order("1", {
				lines: [
					{ sku: "A", quantity: 2 },
					{ sku: "B", quantity: 1 },
				],
			}),
		);
		const hold = { reason: "REFUND_APPLIED", at: new Date() };
		const once = { _id: "pdd:1", "holds.reason": { $ne: "REFUND_APPLIED" } };
		expect((await OrderModel.updateOne(once, { $push: { holds: hold } })).modifiedCount).toBe(1);
		expect((await OrderModel.updateOne(once, { $push: { holds: hold } })).modifiedCount).toBe(0);
		await OrderModel.updateOne({ _id: "pdd:1", "lines.sku": "B" }, { $set: { "lines.$.shippedQty": 1 } });
		expect(await OrderModel.findOne({ "holds.reason": "REFUND_APPLIED" }).lean()).toMatchObject({
			lines: [{ sku: "A" }, { sku: "B", shippedQty: 1 }],
		});
	});

	it("writes in bulk and reads with a cursor", async () => {
		await OrderModel.bulkWrite(
			Array.from({ length: 300 }, (_, i) => ({
				updateOne: { filter: { _id: `pdd:${i}` }, update: { $set: order(`${i}`, { totalFen: i }) }, upsert: true },
			})) as never,
			{ ordered: false },
		);
		let total = 0;
		for await (const { totalFen } of OrderModel.find().sort({ _id: 1 }).lean().cursor({ batchSize: 50 }))
			total += totalFen;
		expect(total).toBe((299 * 300) / 2);
	});

	it("aggregates with its own casting out of the way", async () => {
		await OrderModel.create([order("1"), order("2", { status: "CLOSED" }), order("3", { totalFen: 10 })]);
		const totals = await OrderModel.aggregate([
			{ $match: { platform: "pdd" } },
			{ $group: { _id: "$status", orders: { $sum: 1 }, totalFen: { $sum: "$totalFen" } } },
			{ $sort: { _id: 1 } },
		]);
		expect(totals).toEqual([
			{ _id: "CLOSED", orders: 1, totalFen: 1990 },
			{ _id: "WAIT_SHIP", orders: 2, totalFen: 2000 },
		]);
	});

	it("populates from another collection", async () => {
		const Parcel = connection.model(
			"Parcel",
			new Schema({ order: { type: String, ref: "Order" }, trackingNo: String }),
		);
		await OrderModel.create(order("1"));
		await Parcel.create({ order: "pdd:1", trackingNo: "SF1" });
		const parcel = await Parcel.findOne().populate<{ order: Order }>("order").orFail();
		expect(parcel.order.no).toBe("1");
	});
});
