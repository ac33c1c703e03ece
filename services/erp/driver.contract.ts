/** What every ERP dialect must do, tried against its simulator with real HTTP. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox, type TruthRow, until } from "../../sandbox/testing/running.ts";
import { type Break, type BrokenLine, startLine } from "./broken-line.ts";
import type { Connection, ErpDriver, ErpParcel, Outcome, PushKind } from "./driver.ts";
import { type Asked, errandOf, find, type Sent, send } from "./exchange.ts";
import { exchange } from "./http.ts";
import type { ErpStep } from "./steps.ts";
import { newWalk, walk } from "./walk.ts";

type Document = Record<string, unknown>;

export interface DialectCase {
	driver: ErpDriver;
	connection(sandboxUrl: string): Connection;
	/** A complete document under this number: one line, three pieces for 100 yuan, freight 6 yuan. */
	document(number: string): Document;
	/**
	 * Of each other kind that the dialect has: the same order now with two pieces for 66.66 yuan and no freight · its cancel ·
	 * an after-sale under this number, of the order of the number beside it.
	 */
	documents: {
		change?(number: string): Document;
		cancel?(number: string): Document;
		aftersale?(number: string, orderNumber: string): Document;
	};
	/** The field whose absence the driver itself must name. */
	required: { drop(document: Document): Document; named: string };
	/** What makes the connection's secrets wrong, and the ERP's words for that. */
	wrongSecrets: Record<string, string>;
	wrongSecretWords: string;
}

export function driverContract(dialect: DialectCase): void {
	const { driver, document, documents, required } = dialect;
	const target = `erp/${driver.dialect}`;
	let sandbox: RunningSandbox;
	let line: BrokenLine;
	let connection: Connection;
	let last = 0;

	beforeAll(async () => {
		sandbox = await runSandbox();
		line = await startLine(sandbox.url);
		connection = { ...dialect.connection(line.url), id: `${driver.dialect}-contract` };
		await sandbox.control("POST", target, { autoShip: false, decide: "agree" });
	});
	afterAll(async () => {
		await line.close();
		await sandbox.end();
	});
	beforeEach(() => sandbox.control("DELETE", "faults"));

	const nextNumber = (): string => `418726354901234${String(++last).padStart(4, "0")}`;
	const errand = (by = connection) => errandOf(driver, by, performance.now());
	const told = (number: string, kind: PushKind = "order"): Document => {
		if (kind === "order") return document(number);
		const made = kind === "aftersale" ? documents.aftersale?.(number, orderOf(number)) : documents[kind]?.(number);
		if (!made) throw new Error(`the case has no document of the kind ${kind}`);
		return made;
	};
	/** An after-sale's order has a number of its own. */
	const orderOf = (number: string): string => `5${number.slice(1)}`;
	const give = (number: string, kind: PushKind = "order"): Promise<Sent> => send(errand(), kind, told(number, kind));
	const look = (number: string, kind: PushKind = "order"): Promise<Asked> =>
		find(errand(), kind, number, told(number, kind));
	const ok: Outcome = { state: "OK", docNo: expect.stringMatching(/./) as unknown as string };
	const fault = (name: string): Promise<unknown> =>
		sandbox.control("POST", "faults", { target, fault: name, times: 1 });
	const inErp = async (number: string, kind: PushKind = "order"): Promise<TruthRow[]> =>
		(await sandbox.truth<TruthRow & { kind: string }>("kind=documents")).filter(
			(row) => row.key === number && row.kind === kind,
		);
	/** What must be there before a document of the kind. */
	const prepare = async (number: string, kind: PushKind): Promise<void> => {
		if (kind === "order") return;
		const { outcome } = await give(kind === "aftersale" ? orderOf(number) : number);
		expect(outcome).toEqual(ok);
	};
	/** As the hub does: asks, and sends only what is not there. */
	const settle = async (number: string, kind: PushKind): Promise<void> => {
		for (let tries = 0; tries < 6; tries += 1) {
			const { found } = await look(number, kind);
			if (found.state === "FOUND") return;
			if (found.state === "NOT_FOUND" && (await give(number, kind)).outcome.state === "OK") return;
		}
		throw new Error(`${kind} ${number} is not settled`);
	};
	const kinds = Object.keys(driver.kinds) as PushKind[];

	describe(`dialect ${driver.dialect}`, () => {
		it("brings an order in, to the fen, and finds it by our number", async () => {
			const number = nextNumber();
			expect(driver.kinds.order.numberOf(document(number), connection.settings)).toBe(number);
			const { outcome, attempts, decided } = await give(number);
			expect(outcome).toEqual(ok);
			expect(decided).toBe(true);
			expect(attempts.at(-1)).toMatchObject({ call: "SEND", outcome: "OK", reason: "" });

			const [row] = await inErp(number);
			expect(row).toMatchObject({ accepted: 1, totalFen: 10_600, lines: [{ quantity: 3, totalFen: 10_000 }] });
			expect((await look(number)).found).toEqual({ state: "FOUND", docNo: (outcome as { docNo: string }).docNo });
		});

		it.each(kinds)("is told that the ERP has no %s of a number, and then that it has", async (kind) => {
			const number = nextNumber();
			await prepare(number, kind);
			const before = await look(number, kind);
			expect(before.found).toEqual({ state: "NOT_FOUND" });
			expect(before.attempts.at(-1)).toMatchObject({ call: "FIND", outcome: "NOT_FOUND" });
			expect((await give(number, kind)).outcome).toEqual(ok);
			expect((await look(number, kind)).found).toMatchObject({ state: "FOUND", docNo: expect.stringMatching(/./) });
		});

		it("refuses to send a document that lacks what the dialect needs, and names it", async () => {
			const refused = await send(errand(), "order", required.drop(document(nextNumber())));
			expect(refused.outcome).toEqual({ state: "REJECTED", reason: expect.stringContaining(required.named) });
			for (const kind of kinds) {
				const { outcome, attempts } = await send(errand(), kind, {});
				expect({ state: outcome.state, attempts }).toEqual({ state: "REJECTED", attempts: [] });
				expect(() => driver.kinds[kind]?.numberOf({}, connection.settings)).toThrow(
					expect.objectContaining({ type: "INVALID" }),
				);
			}
		});

		it("passes on the ERP's own words when it refuses inside HTTP 200", async () => {
			await fault("business-error");
			const { outcome } = await give(nextNumber());
			expect(outcome).toEqual({ state: "REJECTED", reason: expect.stringContaining("库存不足") });
		});

		it("is refused with a wrong secret, and then does not take the document for absent", async () => {
			const wrong = { ...connection, secrets: { ...connection.secrets, ...dialect.wrongSecrets } };
			const number = nextNumber();
			const { outcome } = await send(errand(wrong), "order", document(number));
			expect(outcome).toEqual({
				state: driver.session ? "NOT_SENT" : "REJECTED",
				reason: expect.stringContaining(dialect.wrongSecretWords),
			});
			expect((await find(errand(wrong), "order", number, document(number))).found.state).toBe("UNKNOWN");
		});

		it.each(["status:500", "status:503", "reset", "reset-after-accept", "garbage", "cut-json", "huge:6", "rate-limit"])(
			"never takes an order for sent or refused after %s",
			async (name) => {
				const number = nextNumber();
				await fault(name);
				const { outcome, decided, attempts } = await give(number);
				expect(outcome).toEqual({ state: decided ? "IN_DOUBT" : "NOT_SENT", reason: expect.stringMatching(/./) });
				expect(attempts.at(-1)).toMatchObject({ outcome: outcome.state });
				const rows = await inErp(number);
				if (!decided) expect(rows).toEqual([]);
				await settle(number, "order");
				expect(await inErp(number)).toMatchObject([{ accepted: 1 }]);
			},
		);

		it.each(
			kinds.flatMap((kind) =>
				(["unsent", "unheard", "500", "garbage"] satisfies Break[]).map((how): [PushKind, Break] => [kind, how]),
			),
		)("leaves one %s whichever of its calls ends with %s", async (kind, how) => {
			const plain = nextNumber();
			await prepare(plain, kind);
			const { attempts } = await give(plain, kind);
			for (let at = 0; at < attempts.length; at += 1) {
				const number = nextNumber();
				await prepare(number, kind);
				line.breakAfter(at, how);
				const { outcome, decided } = await give(number, kind);
				expect(outcome.state).toBe(decided ? "IN_DOUBT" : "NOT_SENT");
				if (!decided) expect(await inErp(number, kind)).toEqual([]);
				await settle(number, kind);
				// To tell a change twice does no harm.
				expect(await inErp(number, kind)).toMatchObject([kind === "change" ? {} : { accepted: 1 }]);
			}
		});

		it.each(["status:500", "reset", "garbage", "cut-json", "rate-limit", "business-error"])(
			"does not take a document for absent when the question ends in %s",
			async (name) => {
				const number = nextNumber();
				await give(number);
				await fault(name);
				expect((await look(number)).found.state).toBe("UNKNOWN");
			},
		);

		it.each(["hang", "delay:60000"])("gives up waiting after %s", async (name) => {
			await fault(name);
			const number = nextNumber();
			const { value } = driver.kinds.order.send(document(number)).next() as { value: ErpStep<unknown> };
			const first = driver.session?.signIn ?? value;
			expect(await exchange(first.request(connection, new Date(), ""), 100)).toBe("TIMEOUT");
		});

		it("cannot tell an ERP that nobody runs from one that does not answer", async () => {
			const { origin } = new URL(connection.url);
			const nobody = { ...connection, id: "nobody", url: connection.url.replace(origin, "http://127.0.0.1:1") };
			const { outcome, decided } = await send(errand(nobody), "order", document(nextNumber()));
			expect(outcome).toEqual({ state: decided ? "IN_DOUBT" : "NOT_SENT", reason: "CONNECTION_BROKEN" });
		});

		it("starts no call that might bring a document in when it is late", async () => {
			const number = nextNumber();
			const late = { ...errand(), startBy: performance.now() - 1 };
			const { outcome } = await send(late, "order", document(number));
			expect(outcome).toEqual({ state: "NOT_SENT", reason: "TOO_LATE" });
			expect(await inErp(number)).toEqual([]);
		});
	});

	if (driver.kinds.change)
		describe(`a change told to ${driver.dialect}`, () => {
			it("makes the order what it is now, as often as it is told", async () => {
				const number = nextNumber();
				await prepare(number, "change");
				for (const _ of [1, 2]) expect((await give(number, "change")).outcome).toEqual(ok);
				expect(await inErp(number)).toMatchObject([
					{ accepted: 1, totalFen: 6_666, lines: [{ quantity: 2, totalFen: 6_666 }] },
				]);
			});
		});

	if (driver.kinds.cancel)
		describe(`a cancel told to ${driver.dialect}`, () => {
			it("cancels the order, and says so when told again", async () => {
				const number = nextNumber();
				await prepare(number, "cancel");
				expect((await give(number, "cancel")).outcome).toEqual(ok);
				expect(await inErp(number)).toMatchObject([{ accepted: 1, cancelled: true }]);
				const { outcome } = await give(number, "cancel");
				expect(["OK", "IN_DOUBT"]).toContain(outcome.state);
				expect((await look(number, "cancel")).found.state).toBe("FOUND");
			});

			it("is refused in the ERP's words once the order is picked", async () => {
				const number = nextNumber();
				await prepare(number, "cancel");
				await sandbox.control("POST", target, { decide: "refuse" });
				const { outcome } = await give(number, "cancel");
				await sandbox.control("POST", target, { decide: "agree" });
				expect(outcome).toEqual({ state: "REJECTED", reason: expect.stringMatching(/./) });
				expect(await inErp(number)).toMatchObject([{ cancelled: false }]);
				expect((await look(number, "cancel")).found.state).toBe("NOT_FOUND");
			});
		});

	if (driver.session)
		describe(`a session of ${driver.dialect}`, () => {
			it("that is lost before any of the calls is made anew once, and the call repeated", async () => {
				const { attempts } = await give(nextNumber());
				for (let at = 0; at < attempts.length; at += 1) {
					const number = nextNumber();
					line.before(at, () => fault("expired-token"));
					const again = await give(number);
					expect(again.outcome).toEqual(ok);
					expect(again.attempts.filter(({ outcome }) => outcome === "SESSION_LOST")).toHaveLength(1);
					expect(await inErp(number)).toMatchObject([{ accepted: 1 }]);
				}
			});

			it("is asked for once by many at the same time", async () => {
				const fresh = { ...connection, id: `${connection.id}-fresh` };
				const numbers = Array.from({ length: 4 }, nextNumber);
				const all = await Promise.all(numbers.map((number) => send(errand(fresh), "order", document(number))));
				expect(all.map(({ outcome }) => outcome.state)).toEqual(["OK", "OK", "OK", "OK"]);
				const signIns = all
					.flatMap(({ attempts }) => attempts)
					.filter(({ step }) => step === driver.session?.signIn.name);
				expect(signIns).toHaveLength(1);
			});
		});

	if (driver.parcels)
		describe(`the parcels of ${driver.dialect}`, () => {
			it("are read back with our number, and not again from where reading ended", async () => {
				const number = nextNumber();
				const since = new Date(Date.now() - 1_000);
				await sandbox.control("POST", target, { autoShip: true, afterMs: 0 });
				await give(number);
				const [row] = await until(
					() => inErp(number),
					([row]) => row?.shipping.state === "done",
				);
				await sandbox.control("POST", target, { autoShip: false });
				const read = (from: Date) => {
					const steps = driver.parcels?.(from);
					if (!steps) throw new Error("the dialect reads no parcels");
					return walk(errand(), newWalk("FIND"), steps);
				};
				const seen: ErpParcel[] = [];
				let from = since;
				for (let pages = 0; pages < 5; pages += 1) {
					const { parcels, until: next } = await read(from);
					seen.push(...parcels);
					if (next.getTime() === from.getTime()) break;
					from = next;
				}
				const ours = seen.find((parcel) => parcel.number === number);
				expect(ours).toMatchObject({ trackingNo: row?.shipping.trackingNo, carrier: expect.stringMatching(/./) });
				expect(from.getTime()).toBeGreaterThanOrEqual(since.getTime());
			});
		});
}
