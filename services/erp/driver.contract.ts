/** What every ERP dialect must do, tried against its simulator with real HTTP. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox, type TruthRow } from "../../sandbox/testing/running.ts";
import type { Connection, ErpDriver, ErpRequest } from "./driver.ts";
import { find, send } from "./exchange.ts";
import { exchange } from "./http.ts";

export interface DialectCase {
	driver: ErpDriver;
	connection(sandboxUrl: string): Connection;
	/** A complete document under this number: one line, three pieces for 100 yuan, freight 6 yuan. */
	document(number: string): Record<string, unknown>;
	/** The field whose absence the driver itself must name. */
	required: { drop(document: Record<string, unknown>): Record<string, unknown>; named: string };
	/** The ERP's words when the signature is wrong. */
	wrongSecretWords: string;
}

export function driverContract({
	driver,
	connection: connect,
	document,
	required,
	wrongSecretWords,
}: DialectCase): void {
	const target = `erp/${driver.dialect}`;
	let sandbox: RunningSandbox;
	let connection: Connection;
	let last = 0;

	beforeAll(async () => {
		sandbox = await runSandbox();
		connection = connect(sandbox.url);
		await sandbox.control("POST", `erp/${driver.dialect}`, { autoShip: false });
	});
	afterAll(() => sandbox.end());
	beforeEach(() => sandbox.control("DELETE", "faults"));

	const nextNumber = (): string => `418726354901234${String(++last).padStart(4, "0")}`;
	const requestFor = (number: string): ErpRequest =>
		driver.sendRequest(connection, "order", document(number), new Date());
	const fault = (name: string): Promise<unknown> =>
		sandbox.control("POST", "faults", { target, fault: name, times: 1 });
	const inErp = async (number: string): Promise<TruthRow[]> =>
		(await sandbox.truth("kind=documents")).filter(({ key }) => key === number);

	describe(`dialect ${driver.dialect}`, () => {
		it("brings a document in, to the fen, and finds it by our number", async () => {
			const number = nextNumber();
			expect(driver.numberOf("order", document(number))).toBe(number);
			const { outcome, attempt } = await send(driver, requestFor(number));
			expect(outcome).toEqual({ state: "OK", docNo: expect.stringMatching(/./) });
			expect(attempt).toMatchObject({ call: "SEND", outcome: "OK", status: 200, reason: "" });

			const [row] = await inErp(number);
			expect(row).toMatchObject({ accepted: 1, totalFen: 10_600, lines: [{ quantity: 3, totalFen: 10_000 }] });
			const { found } = await find(driver, connection, "order", number);
			expect(found).toEqual({ state: "FOUND", docNo: (outcome as { docNo: string }).docNo });
		});

		it("is told that the ERP has no document of a number", async () => {
			const { found, attempt } = await find(driver, connection, "order", nextNumber());
			expect(found).toEqual({ state: "NOT_FOUND" });
			expect(attempt).toMatchObject({ call: "FIND", outcome: "NOT_FOUND", status: 200 });
		});

		it("refuses to send a document that lacks what the dialect needs, and names it", () => {
			const incomplete = required.drop(document(nextNumber()));
			expect(() => driver.sendRequest(connection, "order", incomplete, new Date())).toThrow(
				expect.objectContaining({ type: "INVALID", message: expect.stringContaining(required.named) }),
			);
			expect(() => driver.numberOf("order", {})).toThrow(expect.objectContaining({ type: "INVALID" }));
		});

		it("passes on the ERP's own words when it refuses inside HTTP 200", async () => {
			await fault("business-error");
			const { outcome } = await send(driver, requestFor(nextNumber()));
			expect(outcome).toEqual({ state: "REJECTED", reason: expect.stringContaining("库存不足") });
		});

		it("is refused with a wrong secret, and then does not take the document for absent", async () => {
			const secrets = { ...connection.secrets, secret: "wrong" };
			const number = nextNumber();
			const request = driver.sendRequest({ ...connection, secrets }, "order", document(number), new Date());
			const { outcome } = await send(driver, request);
			expect(outcome).toEqual({ state: "REJECTED", reason: expect.stringContaining(wrongSecretWords) });
			const { found } = await find(driver, { ...connection, secrets }, "order", number);
			expect(found.state).toBe("UNKNOWN");
		});

		it.each([
			["status:500", "HTTP 500", 0],
			["status:503", "HTTP 503", 0],
			["reset", "CONNECTION_BROKEN", 0],
			["reset-after-accept", "CONNECTION_BROKEN", 1],
			["garbage", "ANSWER_UNREADABLE", 0],
			["cut-json", "ANSWER_UNREADABLE", 1],
			["huge:6", "ANSWER_TOO_LARGE", 0],
			["rate-limit", "too many calls", 0],
		])("is in doubt after %s", async (name, reason, documents) => {
			const number = nextNumber();
			await fault(name);
			const { outcome, attempt } = await send(driver, requestFor(number));
			expect(outcome).toEqual({ state: "IN_DOUBT", reason: expect.stringContaining(reason) });
			expect(attempt).toMatchObject({ outcome: "IN_DOUBT", reason: expect.stringContaining(reason) });

			expect(await inErp(number)).toHaveLength(documents);
			const { found } = await find(driver, connection, "order", number);
			expect(found.state).toBe(documents ? "FOUND" : "NOT_FOUND");
		});

		it.each(["status:500", "reset", "garbage", "cut-json", "rate-limit", "business-error"])(
			"does not take a document for absent when the question ends in %s",
			async (name) => {
				const number = nextNumber();
				await send(driver, requestFor(number));
				await fault(name);
				expect((await find(driver, connection, "order", number)).found.state).toBe("UNKNOWN");
			},
		);

		it.each(["hang", "delay:60000"])("gives up waiting after %s", async (name) => {
			await fault(name);
			expect(await exchange(requestFor(nextNumber()), 100)).toBe("TIMEOUT");
		});

		it("cannot tell an ERP that nobody runs from one that does not answer", async () => {
			const { host } = new URL(connection.url);
			const request = requestFor(nextNumber());
			expect(await exchange({ ...request, url: request.url.replace(host, "127.0.0.1:1") })).toBe("CONNECTION_BROKEN");
		});
	});
}
